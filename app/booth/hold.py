"""A gesture that is held, which starts a round once it has been for long enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.booth.scene import Moment

# A gesture that is held to start a round may falter for so long.
FALTER_S = 0.25


@dataclass(frozen=True, slots=True)
class Hold:
    """A gesture that has been decided on since a time, and last at another."""

    gesture: str
    since_s: float
    seen_s: float

    @property
    def lasts_s(self) -> float:
        """For how long it has been seen."""
        return self.seen_s - self.since_s


def follow(held: Hold | None, moment: Moment, gestures: Sequence[str]) -> Hold | None:
    """What is held now, of ``gestures``; it may falter for a moment."""
    now_s = moment.now_s
    if held is not None and now_s - held.seen_s <= FALTER_S:
        return replace(held, seen_s=now_s) if moment.gesture == held.gesture else held
    if moment.gesture is None or moment.gesture not in gestures:
        return None
    return Hold(moment.gesture, now_s, now_s)
