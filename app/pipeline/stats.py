"""Figures about a running pipeline: rates, latencies, how much faster than real time."""

from __future__ import annotations

import math
import threading
from array import array
from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from app.events import EventSlice
from app.pipeline.snapshot import Stats
from app.pipeline.systems import System, Systems

RATE_WINDOW_US = 500_000
WINDOW_S = 5.0


class _Work(NamedTuple):
    """One chunk through every system."""

    done_s: float
    busy_ns: tuple[int, ...]  # of each system
    sensor_us: int
    slices: int
    operations: int | None  # of the leading system, if it counts them


class Meter:
    """Measures; the reader and the worker write, the screen reads.

    The screen asks thirty times a second about a thousand slices, so sums are kept and not made.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events = 0
        self._rate: deque[tuple[int, int]] = deque()  # events and duration of a slice
        self._rate_events = 0
        self._rate_us = 0
        self._systems: Systems = ()
        self._work: deque[_Work] = deque()
        # Of the work that counts; whole numbers, so that what is taken away again leaves nothing.
        self._busy_ns: tuple[int, ...] = ()
        self._sensor_us = 0
        self._operations = 0
        self._latencies_ms = array("d")
        self._forgotten = 0  # of the latencies, the first ones

    def saw(self, slice_: EventSlice) -> None:
        """A slice came in."""
        count, duration_us = slice_.events.size, slice_.duration_us
        with self._lock:
            self._events += count
            self._rate.append((count, duration_us))
            self._rate_events += count
            self._rate_us += duration_us
            while self._rate_us - self._rate[0][1] >= RATE_WINDOW_US:
                old_count, old_us = self._rate.popleft()
                self._rate_events -= old_count
                self._rate_us -= old_us

    def decided(
        self,
        arrived_s: Sequence[float],
        sensor_us: int,
        busy_s: Mapping[System, float],
        done_s: float,
        operations: int | None = None,
    ) -> None:
        """Slices that arrived then, of so much sensor time, kept every system busy for so long.

        ``operations`` of synapses were made by the leading one, if they were counted. The figures
        are always those of the systems at work, so others' work is forgotten.
        """
        busy_ns = tuple(round(1e9 * each) for each in busy_s.values())
        work = _Work(done_s, busy_ns, sensor_us, len(arrived_s), operations)
        with self._lock:
            if tuple(busy_s) != self._systems:
                self._systems = tuple(busy_s)
                self._forget_all()
            self._work.append(work)
            self._count(work, 1)
            self._latencies_ms.extend(1e3 * (done_s - each) for each in arrived_s)
            while self._work[0].done_s < done_s - WINDOW_S:
                self._forget(self._work.popleft())

    def _forget_all(self) -> None:
        self._work.clear()
        self._busy_ns, self._sensor_us = (0,) * len(self._systems), 0
        self._operations = 0
        del self._latencies_ms[:]
        self._forgotten = 0

    def _forget(self, work: _Work) -> None:
        self._count(work, -1)
        self._forgotten += work.slices
        if self._forgotten > len(self._latencies_ms) // 2:
            del self._latencies_ms[: self._forgotten]
            self._forgotten = 0

    def _count(self, work: _Work, sign: int) -> None:
        pairs = zip(self._busy_ns, work.busy_ns, strict=True)
        self._busy_ns = tuple(all_ns + sign * own_ns for all_ns, own_ns in pairs)
        self._sensor_us += sign * work.sensor_us
        self._operations += sign * (work.operations or 0)

    def stats(
        self, backlog_us: int, dropped_slices: int, dropped_us: int, lost_events: int = 0
    ) -> Stats:
        """The figures of the last ``WINDOW_S`` seconds of work, and those of queue and source."""
        with self._lock:
            latencies_ms = np.array(self._latencies_ms)[self._forgotten :]
            busy_s = [each / 1e9 for each in self._busy_ns]
            sensor_s = self._sensor_us / 1e6
            rate = self._rate_events / max(self._rate_us, 1) * 1e6
            events = self._events
            counts = bool(self._work) and self._work[-1].operations is not None
            operations = self._operations
        latencies_ms.sort()
        return Stats(
            event_rate=rate,
            events=events,
            latency_ms_p50=_part_below(latencies_ms, 0.50),
            latency_ms_p99=_part_below(latencies_ms, 0.99),
            realtime_factor=sensor_s / sum(busy_s) if sum(busy_s) > 0 else None,
            loads=tuple(busy / sensor_s for busy in busy_s),
            backlog_us=backlog_us,
            dropped_slices=dropped_slices,
            dropped_us=dropped_us,
            lost_events=lost_events,
            operations_rate=operations / sensor_s if counts and sensor_s > 0 else None,
        )


def _part_below(ascending: np.ndarray, part: float) -> float | None:
    """What ``part`` of (N,) do not exceed, none without any; ``np.percentile`` takes ten times as
    long for what the screen asks thirty times a second."""
    if not ascending.size:
        return None
    place = part * (ascending.size - 1)
    low, high = math.floor(place), math.ceil(place)
    lower, upper = float(ascending[low]), float(ascending[high])
    return lower + (place - low) * (upper - lower)
