"""The way to a place in a recording that was sought."""

from __future__ import annotations

from dataclasses import dataclass

from app.events import EventSlice
from app.recognition.slicer import TICK_US

# So much before a place that is looked at in peace is read first: it fills the vote's window and
# most of the two seconds of spikes on the screen, and no network remembers for as long.
LEAD_US = 1_500_000


@dataclass(frozen=True, slots=True)
class Way:
    """Read from ``from_us`` on, as fast as possible up to ``to_us``.

    While a recording plays, what was sought comes first and the rest follows by itself. While it
    is held, picture, spikes and vote of a place come of the time before it, which leads there.
    """

    from_us: int
    to_us: int

    @staticmethod
    def to(t_us: int, start_us: int, *, led: bool) -> Way:
        """The way to ``t_us``, which may begin at ``start_us`` at the earliest."""
        to_us = t_us // TICK_US * TICK_US if led else t_us
        return Way(max(to_us - LEAD_US, start_us) if led else t_us, to_us)

    @property
    def leads(self) -> bool:
        return self.from_us < self.to_us

    def ends_before(self, slice_: EventSlice) -> bool:
        """Whether nothing of this slice lies before the place."""
        return slice_.t_start_us >= self.to_us

    def ends_with(self, slice_: EventSlice) -> bool:
        """Whether this slice reaches the place."""
        return slice_.t_end_us >= self.to_us
