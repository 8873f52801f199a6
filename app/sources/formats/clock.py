"""One growing time for a recording whose sensor set its clock back while it was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from app.events import Resolution

# As many bytes of events are looked through when a recording is opened; in a longer one only the
# beginnings of the blocks are, and a clock that went back by less than a block is not noticed.
LOOKED_THROUGH_BYTES = 1 << 25
CLOCK_RESET_US = 1_000_000
# 73,000 years. What is later is no time, and near 2^63 nothing could be added to it.
LAST_US = 1 << 61
# Less than so many events in a row that are a second off are strays, not another clock.
_STRAY_EVENTS = 64


class RecordingClock:
    """Knows by how much the times of each block must be shifted for time to go on.

    ``marks_us`` (B,) are the times at which the blocks begin, ``decode`` gives a block's events.
    All blocks are looked through if the recording ``is_small``.
    """

    def __init__(
        self,
        marks_us: np.ndarray,
        decode: Callable[[int], np.ndarray],
        resolution: Resolution,
        is_small: bool,
    ) -> None:
        self._resolution = resolution
        self._decode = decode
        self._shifts_us = np.zeros(marks_us.size, np.int64)
        self._inside: dict[int, list[tuple[int, int]]] = {}
        self._resets = 0
        # The block looked at last, which is the one to be looked through next.
        self._ahead = -1, marks_us[:0], marks_us[:0]
        for block in range(marks_us.size) if is_small else _went_back(without_outliers(marks_us)):
            self._look_through(block)
        # A damaged mark must not break the binary search.
        self.marks_us = np.maximum.accumulate(without_outliers(marks_us + self._shifts_us))

    @property
    def note(self) -> str | None:
        return f"new beginnings of the clock: {self._resets}" if self._resets else None

    def straighten(self, block: int, events: np.ndarray) -> np.ndarray:
        """The block's events with times that go on; the same array where nothing is to be done."""
        shift_us = int(self._shifts_us[block])
        inside = self._inside.get(block, [])
        if not shift_us and not inside:
            return events
        events = events.copy()
        events["t"] += shift_us
        for place, back_us in inside:
            events["t"][place:] += back_us
        return events

    def _look_through(self, block: int) -> None:
        times, places = self._usable(block)
        steps = [(int(places[place]), back_us) for place, back_us in steps_back(times)]
        if steps:
            self._inside[block] = steps
        total_us = sum(back_us for _, back_us in steps)
        self._resets += len(steps)
        if block + 1 < self._shifts_us.size:
            between_us = _set_back(times, self._usable(block + 1)[0])
            self._resets += between_us > 0
            self._shifts_us[block + 1 :] += total_us + between_us

    def _usable(self, block: int) -> tuple[np.ndarray, np.ndarray]:
        """The times of a block's events that can be, and their places in the block."""
        if self._ahead[0] != block:
            events = self._decode(block)
            places = np.flatnonzero(are_inside(events, self._resolution))
            self._ahead = block, events["t"][places], places
        return self._ahead[1:]


def without_outliers(marks: np.ndarray) -> np.ndarray:
    """Replace each value by the median of itself and its two neighbours, the ends apart.

    Differences are taken in the array's own width, so (B,) uint32 marks may wrap.
    """
    if marks.size < 3:
        return marks
    steps = np.diff(marks).view(f"i{marks.itemsize}")
    to_last, to_next = -steps[:-1], steps[1:]
    to_median = np.clip(0, np.minimum(to_last, to_next), np.maximum(to_last, to_next))
    return np.concatenate([marks[:1], marks[1:-1] + to_median.astype(marks.dtype), marks[-1:]])


def are_inside(events: np.ndarray, resolution: Resolution) -> np.ndarray:
    """Which of (N,) EVENT_DTYPE events have a pixel of the sensor, a polarity and a time."""
    # As unsigned numbers, negative coordinates are too large as well.
    x, y, p = events["x"].view(np.uint16), events["y"].view(np.uint16), events["p"].view(np.uint8)
    inside: np.ndarray = (x < resolution.width) & (y < resolution.height) & (p <= 1)
    return inside & (events["t"].view(np.uint64) <= LAST_US)  # negative times are late as well


def runs(times: np.ndarray, step_us: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the runs of (N,) times begin and end, each without a step of more than ``step_us``."""
    edges = np.flatnonzero(np.abs(np.diff(times)) > step_us) + 1
    return np.append(0, edges), np.append(edges, times.size)


def steps_back(times: np.ndarray) -> list[tuple[int, int]]:
    """Where in (N,) times the clock was set back, and by how much; strays do not count."""
    starts, ends = _settled_runs(times)
    found = []
    for before, after in zip(ends[:-1].tolist(), starts[1:].tolist(), strict=True):
        back_us = int(times[before - 1]) - int(times[after])
        if back_us > CLOCK_RESET_US:
            found.append((after, back_us))
    return found


def _settled_runs(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    starts, ends = runs(times, CLOCK_RESET_US)
    settled = ends - starts > _STRAY_EVENTS
    return starts[settled], ends[settled]


def _set_back(before: np.ndarray, after: np.ndarray) -> int:
    """By how much the clock was set back between two blocks' times, 0 if it was not."""
    _, ends = _settled_runs(before)
    starts, _ = _settled_runs(after)
    if not (ends.size and starts.size):
        return 0
    back_us = int(before[ends[-1] - 1]) - int(after[starts[0]])
    return back_us if back_us > CLOCK_RESET_US else 0


def _went_back(marks_us: np.ndarray) -> Sequence[int]:
    """The blocks after which time is earlier than at their beginning."""
    blocks: list[int] = np.flatnonzero(np.diff(marks_us) < -CLOCK_RESET_US).tolist()
    return blocks
