"""Writes what a live source sends into a file, in a thread of its own, and waits for nobody."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from app.events import EventBatch, Resolution
from app.pipeline.faults import fault_of
from app.sources.contract import SourceError, SourceInfo
from app.sources.devices.timeline import Timeline
from app.sources.formats.aedat4_writer import Aedat4Writer

# 64 MB of events that a slow disk has not taken yet; what comes on top is lost and counted.
MOST_WAITING = 4_000_000


@dataclass(frozen=True, slots=True)
class Tape:
    """How a recording goes: ``duration_us`` of sensor time, ``size_bytes`` of the file.

    ``lost`` events are missing in it, and it says so. ``is_over`` says that the file is complete;
    ``failure`` why it ended before it was told to.
    """

    path: Path
    events: int = 0
    size_bytes: int = 0
    duration_us: int = 0
    lost: int = 0
    is_over: bool = False
    failure: str | None = None


class Recorder:
    """``put`` is called by the reader of the source; everything else by whoever records.

    Raises:
        SourceError: the file cannot be written, see ``Aedat4Writer``.
    """

    def __init__(self, path: Path, info: SourceInfo) -> None:
        self._path = path
        self._resolution = info.resolution
        self._writer = Aedat4Writer(path, info.resolution, info.name)
        self._timeline = Timeline()
        self._changed = threading.Condition()
        self._waiting: deque[EventBatch] = deque()
        self._waiting_events = 0
        self._closed = False
        self._lost_before = info.lost_events
        self._lost_by_source = self._lost_here = 0
        self._events = self._size_bytes = 0
        self._span_us: tuple[int, int] | None = None
        self._failure: str | None = None
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    def put(self, batch: EventBatch, info: SourceInfo) -> None:
        """Hand over what came in from the source, as it is at this moment; never waits."""
        with self._changed:
            self._lost_by_source = info.lost_events - self._lost_before
            if self._closed or not batch.events.size:
                return
            if info.resolution != self._resolution:
                self._fail(_other_sensor(info, self._resolution))
            elif self._waiting_events + batch.events.size > MOST_WAITING:
                self._lost_here += batch.events.size
            else:
                self._waiting.append(batch)
                self._waiting_events += batch.events.size
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing more is to be written; what waits still is. Returns at once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self, timeout_s: float) -> bool:
        """Wait until the file is complete; false if it is not in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def tape(self) -> Tape:
        with self._changed:
            first_us, last_us = self._span_us or (0, 0)
            return Tape(
                self._path, self._events, self._size_bytes, last_us - first_us,
                self._lost, self._is_over, self._failure,
            )  # fmt: skip

    @property
    def _lost(self) -> int:
        return self._lost_by_source + self._lost_here

    def _fail(self, sentence: str) -> None:
        self._failure, self._closed = self._failure or sentence, True

    def _next(self) -> EventBatch | None:
        """The next batch to write, none when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if not self._waiting:
                return None
            batch = self._waiting.popleft()
            self._waiting_events -= batch.events.size
            return batch

    def _run(self) -> None:
        try:
            while (batch := self._next()) is not None:
                self._write(batch)
        # Everything: this is the top of a thread, and what has been written must be kept.
        except Exception as error:  # noqa: BLE001
            with self._changed:
                self._fail(fault_of(error, "recording").sentence)
        self._complete()

    def _write(self, batch: EventBatch) -> None:
        events = self._timeline.straighten(batch)
        self._writer.write(events)
        with self._changed:
            self._events += events.size
            self._size_bytes = self._writer.size_bytes
            first_us = int(events["t"][0]) if self._span_us is None else self._span_us[0]
            self._span_us = first_us, int(events["t"][-1])

    def _complete(self) -> None:
        with self._changed:
            self._writer.lost_events = self._lost
            self._waiting.clear()
        failure = None
        try:
            self._writer.close()  # takes as long as the disk does
        except SourceError as error:
            failure = str(error)
        with self._changed:
            self._failure = self._failure or failure
            self._is_over = True


def _other_sensor(info: SourceInfo, before: Resolution) -> str:
    return f"{info.name} came back with {info.resolution} pixels instead of {before}"
