"""The events of the last second, as they came, in bounded memory. Knows no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.events import join_events

KEPT_US = 1_000_000
# 16 MB; of faster streams, less than a second is there.
MOST_EVENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class PixelReading:
    """What one pixel did: ``rate`` in events a second, ``age_us`` and ``is_on`` of its last event.

    Both are none if there was none in the time that is kept.
    """

    rate: float
    age_us: int | None = None
    is_on: bool | None = None


class RecentEvents:
    """Of a slow stream, the last ``least`` events stay, too; time that goes back empties it."""

    def __init__(self) -> None:
        self._parts: deque[np.ndarray] = deque()
        self.size = self.least = 0
        self.is_cut = False  # there were more events than fit

    def add(self, parts: Iterable[np.ndarray]) -> None:
        """Add event arrays in order of time, and forget what is too old or too much."""
        events = join_events([part for part in parts if part.size])
        if not events.size:
            return
        if self._parts and events["t"][0] < self._parts[-1]["t"][-1]:
            self.clear()
        self._parts.append(events)
        self.size += events.size
        self._forget()

    def _forget(self) -> None:
        while len(self._parts) > 1:
            too_many = self.size > MOST_EVENTS
            if not too_many and not self._is_old():
                return
            self.size -= self._parts.popleft().size
            self.is_cut = too_many

    def _is_old(self) -> bool:
        oldest = self._parts[0]
        is_spare = self.size - oldest.size >= self.least
        return is_spare and bool(oldest["t"][-1] < self._parts[-1]["t"][-1] - KEPT_US)

    def clear(self) -> None:
        """Forget everything."""
        self._parts.clear()
        self.size, self.is_cut = 0, False

    def since(self, t_us: int) -> np.ndarray:
        """The events (N,) at ``t_us`` and later."""
        taken: list[np.ndarray] = []
        for events in reversed(self._parts):
            if events["t"][0] < t_us:
                taken.append(events[np.searchsorted(events["t"], t_us) :])
                break
            taken.append(events)
        return join_events(taken[::-1])

    def last(self, count: int) -> np.ndarray:
        """The newest events (N,), ``count`` or all there are."""
        taken: list[np.ndarray] = []
        for events in reversed(self._parts):
            taken.append(events[max(events.size - count, 0) :])
            count -= taken[-1].size
            if not count:
                break
        return join_events(taken[::-1])

    def at_pixel(self, x: int, y: int, now_us: int) -> PixelReading:
        """What the pixel did in the second before ``now_us``, or in as much of it as is kept."""
        from_us = now_us - KEPT_US
        if self.is_cut:
            from_us = max(from_us, int(self._parts[0]["t"][0]))
        events = self.since(from_us)
        own = events[(events["x"] == x) & (events["y"] == y)]
        rate = own.size * 1e6 / max(now_us - from_us, 1)
        if not own.size:
            return PixelReading(rate)
        return PixelReading(rate, max(now_us - int(own["t"][-1]), 0), bool(own["p"][-1]))
