"""How long a child may say nothing before it is given up.

Slow is not damaged: a drive may need half a minute to wake, and a busy machine takes its time. Only
what waits for a camera or a server hangs inside a library, and is helped by a new start.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.sources.contract import FileSpec, SourceSpec

# The performer compiles on its first run, which may take minutes on a busy machine.
LOAD_LIMIT_S = 100.0
# The child's own limits, which matter when its parent is gone, come after its parent's.
_LATER_S = 3.0


@dataclass(frozen=True, slots=True)
class Patience:
    """``open_s`` is for opening the source, ``silent_s`` for each step while it plays."""

    open_s: float
    silent_s: float

    @property
    def child_start_s(self) -> float:
        """After so long without having opened its source, a child ends by itself."""
        return LOAD_LIMIT_S + self.open_s + _LATER_S

    @property
    def child_silent_s(self) -> float:
        """After so long in one step, a child ends by itself."""
        return self.silent_s + _LATER_S


LIVE = Patience(open_s=2.5, silent_s=2.0)
RECORDING = Patience(open_s=60.0, silent_s=40.0)


def patience_with(spec: SourceSpec) -> Patience:
    """The limits for a source."""
    return RECORDING if isinstance(spec, FileSpec) else LIVE
