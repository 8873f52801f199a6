"""What a damaged file or a faulty sensor says must not reach anything downstream.

Events outside the sensor crash dv-processing's filters and index out of arrays; timestamps that
jump break every slicer. So each source passes its events through one guard.
"""

from __future__ import annotations

import numpy as np

from app.events import Resolution, empty_events, join_events
from app.sources.formats.clock import CLOCK_RESET_US, LAST_US, are_inside, runs

# A few events this far from all others have a wrong time: a bit that flipped, a trigger at time 0.
FAR_US = 600_000_000
_STRAY_EVENTS = 8
# A run of strays is so many times shorter than the run beside it.
_STRAY_RATIO = 10


class EventGuard:
    """Keeps events inside the sensor and in time order, and counts what it left out.

    Sensors deliver events up to about 0.1 s late; more than a second is damage or a new clock.
    With ``looks_ahead`` the first few events wait, too, for what comes after them.
    """

    def __init__(self, resolution: Resolution, *, looks_ahead: bool = False) -> None:
        self._resolution = resolution
        self._looks_ahead = looks_ahead
        self._newest_us: int | None = None
        # A few events far ahead of all before, until the next ones tell whether time goes on there.
        self._waiting = empty_events()
        self._outside = 0
        self._late = 0
        self._steps_back = 0
        self._clock_resets = 0

    def forget_time(self) -> None:
        """Accept any time next: the reader has moved to another place."""
        self._newest_us = None
        self._waiting = empty_events()

    def rest(self) -> np.ndarray:
        """What still waits when no more comes, if there was nothing before it."""
        waiting, self._waiting = self._waiting, empty_events()
        if self._newest_us is None:
            return self._in_order(waiting)
        self._late += len(waiting)
        return empty_events()

    def clean(self, events: np.ndarray) -> tuple[np.ndarray, bool]:
        """Return the usable events of (N,) EVENT_DTYPE, ordered, and whether the clock is new.

        Disorder within the batch is sorted. Events older than what an earlier call returned are
        left out, unless the whole batch lies more than a second back: then the sensor's clock
        has begun anew. The array is returned as it is when there is nothing to do.
        """
        events = self._near(self._inside(events))
        if not events.size:
            return events, False
        events = self._in_order(events)
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
            and events["t"].view(np.uint64).max() <= LAST_US
        ):
            return events
        good = are_inside(events, self._resolution)
        late = int(np.count_nonzero(events["t"] > LAST_US))
        self._late += late
        self._outside += int(events.size - np.count_nonzero(good)) - late
        return events[good]

    def _near(self, events: np.ndarray) -> np.ndarray:
        """Events without the few at either end that are far from all others."""
        if not events.size:
            return events
        events = self._with_waiting(events)
        times = events["t"]
        before_us = int(times[0]) if self._newest_us is None else self._newest_us
        is_first = self._newest_us is None and self._looks_ahead and len(times) <= _STRAY_EVENTS
        if is_first or max(int(times.max()), before_us) - min(int(times.min()), before_us) > FAR_US:
            events = self._without_far_ends(events)
        return events

    def _with_waiting(self, events: np.ndarray) -> np.ndarray:
        """Put what waited before what has come now, or drop it if time does not go on there."""
        if not self._waiting.size:
            return events
        waiting, self._waiting = self._waiting, empty_events()
        off_us = int(events["t"][0]) - int(waiting["t"][-1])
        is_few = len(waiting) * _STRAY_RATIO <= len(events) or self._newest_us is not None
        if off_us < -CLOCK_RESET_US or (off_us > FAR_US and is_few):
            self._late += len(waiting)
            return events
        return join_events([waiting, events])

    def _without_far_ends(self, events: np.ndarray) -> np.ndarray:
        if self._newest_us is None:
            events = self._without_far_beginning(events)
        starts, _ = runs(events["t"], FAR_US)
        if not self._is_far_end(events["t"], int(starts[-1])):
            return events
        self._waiting = events[starts[-1] :]
        return events[: starts[-1]]

    def _without_far_beginning(self, events: np.ndarray) -> np.ndarray:
        """Leave out what lies far before the first run of some length, if it is little."""
        times = events["t"]
        starts, ends = runs(times, FAR_US)
        settled = np.flatnonzero(ends - starts > _STRAY_EVENTS)
        if not settled.size:
            return events
        start, end = int(starts[settled[0]]), int(ends[settled[0]])
        if start > _STRAY_EVENTS or start * _STRAY_RATIO > end - start:
            return events
        near = np.ones(len(events), bool)
        near[:start] = times[:start] > times[start] - FAR_US
        self._late += int(np.count_nonzero(~near))
        return events if near.all() else events[near]

    def _is_far_end(self, times: np.ndarray, start: int) -> bool:
        """Whether the last run, from ``start`` on, is short and far ahead of all before it."""
        if len(times) - start > _STRAY_EVENTS:
            return False
        before = [int(times[start - 1])] if start else []
        before += [] if self._newest_us is None else [self._newest_us]
        return int(times[start]) - max(before) > FAR_US if before else self._looks_ahead

    def _in_order(self, events: np.ndarray) -> np.ndarray:
        times = events["t"]
        steps_back = int(np.count_nonzero(times[1:] < times[:-1]))
        if not steps_back:
            return events
        self._steps_back += steps_back
        return self._sorted(events)

    def _sorted(self, events: np.ndarray) -> np.ndarray:
        """Order events by time, without the few whose time is a second off the many."""
        out_of_place = _out_of_place(events["t"])
        self._late += int(np.count_nonzero(out_of_place))
        events = events[~out_of_place]
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


def _out_of_place(times: np.ndarray) -> np.ndarray:
    """Which of (N,) times stand in short runs a second off the longer ones around them."""
    starts, ends = runs(times, CLOCK_RESET_US)
    settled = np.flatnonzero(ends - starts > _STRAY_EVENTS)
    if not settled.size:
        return np.zeros(times.size, bool)
    following = np.searchsorted(settled, np.arange(starts.size))
    before = settled[np.maximum(following - 1, 0)]
    after = settled[np.minimum(following, settled.size - 1)]
    too_early = (following > 0) & (times[starts] < times[ends[before] - 1] - CLOCK_RESET_US)
    too_late = (following < settled.size) & (
        times[ends - 1] > times[starts[after]] + CLOCK_RESET_US
    )
    wrong = (too_early | too_late) & (ends - starts <= _STRAY_EVENTS)
    return np.repeat(wrong, ends - starts)
