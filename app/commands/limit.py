"""A source that ends after so many seconds, whatever it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from app.events import EventBatch
from app.sources.contract import EventSource, SourceInfo


class LimitedSource:
    """The first ``seconds`` of another source: of sensor time, or of waiting if it is live."""

    def __init__(self, source: EventSource, seconds: float) -> None:
        self._source = source
        self._seconds = seconds

    @property
    def info(self) -> SourceInfo:
        info = self._source.info
        if info.duration_us is None:
            return info
        duration_us = min(info.duration_us, round(self._seconds * 1e6))
        return dataclasses.replace(info, duration_us=duration_us)

    def batches(self) -> Iterator[EventBatch]:
        if self._source.info.is_live:
            yield from self._waited()
        else:
            yield from self._recorded()

    def _waited(self) -> Iterator[EventBatch]:
        end_s: float | None = None
        for batch in self._source.batches():
            end_s = end_s or batch.arrived_s + self._seconds
            if batch.arrived_s >= end_s:
                return
            yield batch

    def _recorded(self) -> Iterator[EventBatch]:
        end_us: int | None = None
        for batch in self._source.batches():
            if len(batch.events) == 0:
                yield batch
                continue
            t = batch.events["t"]
            end_us = end_us or int(t[0]) + round(self._seconds * 1e6)
            if t[-1] >= end_us:
                yield dataclasses.replace(batch, events=batch.events[: t.searchsorted(end_us)])
                return
            yield batch

    def seek(self, t_us: int) -> None:
        self._source.seek(t_us)

    def close(self) -> None:
        self._source.close()

    def __enter__(self) -> LimitedSource:
        self._source.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._source.__exit__(*exc_info)
