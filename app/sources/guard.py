"""What a damaged file or a faulty sensor says must not reach anything downstream.

Events outside the sensor crash dv-processing's filters and index out of arrays; timestamps that
jump break every slicer. So each source passes its events through one guard.
"""

from __future__ import annotations

import numpy as np

from app.events import Resolution

# Sensors deliver events up to about 0.1 s late; anything beyond this is damage or a new clock.
CLOCK_RESET_US = 1_000_000


class EventGuard:
    """Keeps events inside the sensor and in time order, and counts what it left out."""

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._newest_us: int | None = None
        self._outside = 0
        self._late = 0
        self._steps_back = 0
        self._clock_resets = 0

    def forget_time(self) -> None:
        """Accept any time next: the reader has moved to another place."""
        self._newest_us = None

    def clean(self, events: np.ndarray) -> tuple[np.ndarray, bool]:
        """Return the usable events of (N,) EVENT_DTYPE, ordered, and whether the clock is new.

        Disorder within the batch is sorted. Events older than what an earlier call returned are
        left out, unless the whole batch lies more than a second back: then the sensor's clock
        has begun anew. The array is returned as it is when there is nothing to do.
        """
        events = self._inside(events)
        times = events["t"]
        if not times.size:
            return events, False
        steps_back = int(np.count_nonzero(times[1:] < times[:-1]))
        if steps_back:
            self._steps_back += steps_back
            events = self._sorted(events)
        restarted = self._is_new_clock(int(events["t"][-1]))
        if restarted:
            self._clock_resets += 1
            self._newest_us = None
        events = self._not_late(events)
        if events.size:
            self._newest_us = int(events["t"][-1])
        return events, restarted

    def note(self) -> str | None:
        """Everything left out or put right so far, in words, or none."""
        parts = [
            (f"events outside the {self._resolution} sensor left out", self._outside),
            ("events with a wrong time left out", self._late),
            ("steps back in time put in order", self._steps_back),
            ("new beginnings of the clock", self._clock_resets),
        ]
        return "; ".join(f"{what}: {count}" for what, count in parts if count) or None

    def _inside(self, events: np.ndarray) -> np.ndarray:
        # As unsigned numbers, negative coordinates are too large as well.
        x, y, p = events["x"].view(np.uint16), events["y"].view(np.uint16), events["p"]
        width, height = self._resolution.width, self._resolution.height
        if not events.size or (
            x.max() < width
            and y.max() < height
            and p.view(np.uint8).max() <= 1
            and events["t"].min() >= 0
        ):
            return events
        good = (x < width) & (y < height) & (p.view(np.uint8) <= 1) & (events["t"] >= 0)
        self._outside += int(events.size - np.count_nonzero(good))
        return events[good]

    def _sorted(self, events: np.ndarray) -> np.ndarray:
        """Order events by time, without the few whose time is a second off the many."""
        times = events["t"]
        ahead = times - np.minimum.accumulate(times[::-1])[::-1] > CLOCK_RESET_US
        behind = np.maximum.accumulate(times) - times > CLOCK_RESET_US
        wrong = ahead if np.count_nonzero(ahead) <= np.count_nonzero(behind) else behind
        self._late += int(np.count_nonzero(wrong))
        kept = events[~wrong]
        return kept[np.argsort(kept["t"], kind="stable")]

    def _is_new_clock(self, last_us: int) -> bool:
        return self._newest_us is not None and last_us < self._newest_us - CLOCK_RESET_US

    def _not_late(self, events: np.ndarray) -> np.ndarray:
        if self._newest_us is None or events["t"][0] >= self._newest_us:
            return events
        late = int(np.searchsorted(events["t"], self._newest_us, side="left"))
        self._late += late
        return events[late:]
