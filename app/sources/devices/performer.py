"""The synthetic person before a simulated DVS, acting in real time as a camera would show it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from app.events import EventBatch, Resolution, empty_events
from app.sources.contract import PerformerSpec, SourceError, SourceInfo
from app.sources.pace import Pacer

_RESOLUTION = Resolution(128, 128)
_QUIET_S = 0.02

Act = tuple[str, np.ndarray]  # what is being done, and events of it
Stream = Callable[[str | None, int], Iterator[Act]]


class PerformerSource:
    """Paces a stream of events, which is endless, ordered, and begins near time 0.

    What is being done stands in ``info.performing`` from the moment its events are handed over.

    Raises:
        SourceError: there is no such gesture.
    """

    def __init__(self, spec: PerformerSpec, stream: Stream) -> None:
        self._closed = False
        self._pacer = Pacer()
        try:
            self._stream = stream(spec.gesture, spec.seed)
            self._first = next(self._stream)
        except ValueError as error:
            raise SourceError(f"the performer cannot act: {error}") from error
        name = f"performer, {(spec.gesture or 'all gestures').replace('_', ' ')}"
        self.info = SourceInfo(name, _RESOLUTION, is_live=True, performing=self._first[0])

    def batches(self) -> Iterator[EventBatch]:
        yield from self._when_due(*self._first)
        for doing, events in self._stream:
            if self._closed:
                return
            yield from self._when_due(doing, events)

    def seek(self, t_us: int) -> None:
        raise SourceError("the performer is live: it cannot go to another time")

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> PerformerSource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _when_due(self, doing: str, events: np.ndarray) -> Iterator[EventBatch]:
        """Wait for the last event's time, in short silences; then the events."""
        if events.size:
            while not self._closed and (wait_s := self._pacer.remaining_s(int(events["t"][-1]))):
                time.sleep(min(wait_s, _QUIET_S))
                if wait_s > _QUIET_S:
                    yield EventBatch(empty_events(), time.monotonic())
        if doing != self.info.performing:
            self.info = replace(self.info, performing=doing)
        if not self._closed:
            yield EventBatch(events, time.monotonic())
