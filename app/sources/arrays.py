"""A recording that is already in memory, under the same contract as every other source."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from app.events import EventBatch, Resolution
from app.sources.contract import SourceInfo

BATCH_US = 50_000


class ArraySource:
    """Events (N,) EVENT_DTYPE in time order, played in batches of 50 ms; needs no child process."""

    def __init__(self, events: np.ndarray, resolution: Resolution, name: str) -> None:
        self._events = events
        start_us = int(events["t"][0]) if len(events) else 0
        end_us = int(events["t"][-1]) + 1 if len(events) else 0
        self.info = SourceInfo(name, resolution, False, start_us, end_us - start_us)
        self._next = 0
        self._restarted = False
        self._closed = False

    def batches(self) -> Iterator[EventBatch]:
        times = self._events["t"]
        while not self._closed and self._next < len(times):
            first = self._next
            self._next = int(np.searchsorted(times, times[first] + BATCH_US))
            restarted, self._restarted = self._restarted, False
            events = self._events[first : self._next]
            yield EventBatch(events, time.monotonic(), restarted=restarted)

    def seek(self, t_us: int) -> None:
        self._next = int(np.searchsorted(self._events["t"], t_us))
        self._restarted = True

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> ArraySource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
