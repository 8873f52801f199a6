"""What is worth knowing of a source, in one line."""

from __future__ import annotations


def joined(*notes: str | None) -> str | None:
    """All that there are, or none."""
    return "; ".join(note for note in notes if note) or None
