"""A recording as a source: any file reader behind the contract of ``EventSource``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from app.events import EventBatch, Resolution
from app.sources.contract import SourceInfo
from app.sources.guard import EventGuard
from app.sources.notes import joined


@dataclass(frozen=True, slots=True)
class Span:
    """The sensor time a recording covers, ``end_us`` exclusive."""

    start_us: int
    end_us: int


class Reader(Protocol):
    """What a file format has to offer. Events need not be ordered or inside the sensor."""

    @property
    def resolution(self) -> Resolution: ...

    @property
    def span(self) -> Span: ...

    @property
    def note(self) -> str | None: ...

    @property
    def streams(self) -> tuple[str, ...]:
        """The cameras in the file, where there may be several."""
        ...

    @property
    def stream(self) -> str:
        """The one that is played."""
        ...

    def read(self) -> np.ndarray | None:
        """The next (N,) EVENT_DTYPE events, possibly none of them, or none at the end."""
        ...

    def seek(self, t_us: int) -> None:
        """Go to a place from which every event at or after ``t_us`` will be read."""
        ...

    def close(self) -> None: ...


class RecordingSource:
    """Plays a reader from its start, or from wherever ``seek`` says, to its end."""

    def __init__(self, name: str, reader: Reader) -> None:
        self._reader = reader
        self._guard = EventGuard(reader.resolution, looks_ahead=True)
        self._closed = False
        self._seek_us: int | None = None
        self._restarted = False
        span = reader.span
        self._info = SourceInfo(
            name=name,
            resolution=reader.resolution,
            is_live=False,
            start_us=span.start_us,
            duration_us=max(span.end_us - span.start_us, 1),
            streams=reader.streams,
            stream=reader.stream,
        )

    @property
    def info(self) -> SourceInfo:
        notes = [note for note in (self._reader.note, self._guard.note()) if note]
        return replace(self._info, note=joined(*notes))

    def batches(self) -> Iterator[EventBatch]:
        """Yield the events to come. Batches may be empty where nothing was usable."""
        while not self._closed:
            events = self._reader.read()
            if events is None:
                if (rest := self._guard.rest()).size:
                    yield self._stamped(rest, new_clock=False)
                return
            yield self._batch(events)

    def seek(self, t_us: int) -> None:
        self._reader.seek(t_us)
        self._guard.forget_time()
        self._seek_us = t_us
        self._restarted = True

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._reader.close()

    def __enter__(self) -> RecordingSource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _batch(self, events: np.ndarray) -> EventBatch:
        if self._seek_us is not None:
            events = events[events["t"] >= self._seek_us]
        return self._stamped(*self._guard.clean(events))

    def _stamped(self, events: np.ndarray, new_clock: bool) -> EventBatch:
        if events.size:
            self._seek_us = None
        restarted, self._restarted = self._restarted, False
        return EventBatch(events, time.monotonic(), restarted=restarted or new_clock)
