"""How long a child may say nothing before it is given up.

Slow is not damaged: a drive may need half a minute to wake, a camera's set-up some seconds, and a
busy machine takes its time. Only what reads from a camera or a server hangs inside a library, and
is helped by a new start.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.sources.contract import CameraSpec, FileSpec, PerformerSpec, SourceSpec

# The performer compiles on its first run, which may take minutes on a busy machine.
LOAD_LIMIT_S = 100.0
# The child's own limits, which matter when its parent is gone, come after its parent's.
_LATER_S = 3.0


@dataclass(frozen=True, slots=True)
class Patience:
    """``open_s`` is for opening the source, ``silent_s`` for each step while it plays.

    A source that opens its device anew has ``open_s`` for that as well.
    """

    open_s: float
    silent_s: float

    def step_s(self, is_opening: bool) -> float:
        """How long the next step may take."""
        return max(self.open_s, self.silent_s) if is_opening else self.silent_s

    @property
    def child_start_s(self) -> float:
        """After so long without having opened its source, a child ends by itself."""
        return LOAD_LIMIT_S + self.open_s + _LATER_S

    def child_silent_s(self, is_opening: bool) -> float:
        """After so long in one step, a child ends by itself."""
        return self.step_s(is_opening) + _LATER_S


LIVE = Patience(open_s=2.5, silent_s=2.0)
# dv-processing loads the logic of some cameras, and sets hundreds of values one by one.
CAMERA = Patience(open_s=30.0, silent_s=2.0)
RECORDING = Patience(open_s=60.0, silent_s=40.0)


def patience_with(spec: SourceSpec) -> Patience:
    """The limits for a source."""
    match spec:
        case FileSpec() | PerformerSpec():  # which a busy machine makes slow, and nothing hangs
            return RECORDING
        case CameraSpec():
            return CAMERA
        case _:
            return LIVE
