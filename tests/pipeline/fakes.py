"""Sources in memory that keep the contract, and networks that are slow, late or broken."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from app.events import EventBatch, Resolution, empty_events
from app.pipeline.snapshot import PipelineState, Snapshot
from app.sources.contract import SourceError, SourceInfo
from models.spec import TickEvents, TickOutput
from tests.recognition.streams import CountingNetwork

ENDS_WITHIN_S = 10.0  # generous: the machine may be busy
SIDE = 16


class Recording:
    """Events in memory, in batches of ``batch`` events; fails after ``fail_after`` batches."""

    def __init__(self, events: np.ndarray, batch: int = 100, fail_after: int | None = None) -> None:
        first, last = (int(events["t"][0]), int(events["t"][-1])) if events.size else (0, 0)
        self.info = SourceInfo(
            "memory", Resolution(SIDE, SIDE), False, start_us=first, duration_us=last - first + 1
        )
        self.closed = 0
        self.seeks: list[int] = []
        self._events = events
        self._batch = batch
        self._fail_after = fail_after
        self._next = 0
        self._restarted = False

    def batches(self) -> Iterator[EventBatch]:
        while self._next < self._events.size and not self.closed:
            if self._fail_after is not None and self._next >= self._fail_after * self._batch:
                raise SourceError("the recording is damaged")
            part = self._events[self._next : self._next + self._batch]
            self._next += self._batch
            restarted, self._restarted = self._restarted, False
            yield EventBatch(part, time.monotonic(), restarted=restarted)

    def seek(self, t_us: int) -> None:
        self.seeks.append(t_us)
        self._next = int(np.searchsorted(self._events["t"], t_us))
        self._restarted = True

    def close(self) -> None:
        self.closed += 1

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class LiveSource:
    """Plays ``batches`` at once, then is silent (empty batches) until it is closed."""

    info = SourceInfo("fake camera", Resolution(SIDE, SIDE), True)

    def __init__(self, batches: Iterable[EventBatch] = (), beat_s: float = 0.005) -> None:
        self.closed = threading.Event()
        self.delivered = threading.Event()
        self._batches = batches
        self._beat_s = beat_s

    def batches(self) -> Iterator[EventBatch]:
        for batch in self._batches:
            if self.closed.is_set():
                return
            yield batch
        self.delivered.set()
        while not self.closed.wait(self._beat_s):
            yield EventBatch(empty_events(), time.monotonic())

    def seek(self, t_us: int) -> None:
        raise SourceError("a live source has no other time than now")

    def close(self) -> None:
        self.closed.set()

    def __enter__(self) -> LiveSource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class HungSource(LiveSource):
    """Says nothing at all until it is closed, not even that it is alive."""

    def batches(self) -> Iterator[EventBatch]:
        self.delivered.set()
        self.closed.wait()
        return iter(())


class ImmortalSource(HungSource):
    """Hangs on when it is closed, too; ``closed.set()`` ends it."""

    def close(self) -> None:
        pass


class SlowNetwork(CountingNetwork):
    """Waits in every run until ``gate`` is open."""

    def __init__(self) -> None:
        super().__init__(SIDE)
        self.gate = threading.Event()
        self.entered = threading.Event()

    def run(self, ticks: TickEvents) -> TickOutput:
        self.entered.set()
        self.gate.wait(ENDS_WITHIN_S)
        return super().run(ticks)


class BrokenNetwork(CountingNetwork):
    """Fails with ``error`` at the first run."""

    def __init__(self, error: Exception) -> None:
        super().__init__(SIDE)
        self._error = error

    def run(self, ticks: TickEvents) -> TickOutput:
        raise self._error


def until(
    take: Callable[[], Snapshot], condition: Callable[[Snapshot], object], what: str = ""
) -> Snapshot:
    """Take snapshots until one fulfils the condition."""
    end_s = time.monotonic() + ENDS_WITHIN_S
    while not condition(snapshot := take()):
        assert time.monotonic() < end_s, f"never came: {what}, last {snapshot}"
        time.sleep(0.002)
    return snapshot


def reaches(state: PipelineState) -> Callable[[Snapshot], bool]:
    return lambda snapshot: snapshot.state is state
