"""How parts of the window tell the user something."""

from __future__ import annotations

from collections.abc import Callable

# A sentence for the banner, and whether it is about a failure.
Say = Callable[[str, bool], None]
