"""The reader thread's body: opens the source, slices and paces it, fills the queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace

from app.events import EventBatch, EventSlice
from app.pipeline.board import Board
from app.pipeline.clock import Clock
from app.pipeline.silence import SilenceClock
from app.pipeline.slice_queue import SliceQueue, close_gap
from app.pipeline.stats import Meter
from app.recognition.slicer import Slicer
from app.sources.contract import EventSource, SourceInfo

OpenSource = Callable[[], EventSource]


class Reader:
    """Reads one source from its opening to its end; ``loop`` may change at any time."""

    def __init__(
        self,
        open_source: OpenSource,
        slice_us: int,
        clock: Clock,
        queue: SliceQueue,
        board: Board,
        meter: Meter,
        loop: bool,
    ) -> None:
        self.loop = loop
        self._open_source = open_source
        self._slicer = Slicer(slice_us)
        self._clock = clock
        self._queue = queue
        self._board = board
        self._meter = meter
        self._skipped: EventSlice | None = None  # the newest slice of a paused live source
        self._sought = False
        self._closing = threading.Lock()
        self._source: EventSource | None = None

    def run(self) -> None:
        """The thread's body; ends when the clock is closed or a live source ends.

        Raises:
            SourceError: the source cannot be opened or read.
        """
        source = self._open_source()
        with self._closing:
            self._source = source
        try:
            if not self._clock.closed:
                self._board.show_source(source.info)
                if source.info.is_live:
                    self._follow(source)
                else:
                    self._play(source)
        finally:
            self.close()

    def close(self) -> None:
        """Close the source, if it is open, from any thread; close the clock before."""
        with self._closing:
            source, self._source = self._source, None
            if source is not None:
                source.close()

    # Recordings: wait for the clock and for room in the queue, lose nothing.

    def _play(self, source: EventSource) -> None:
        while True:
            played = self._play_through(source)
            position_us = self._next_position(source.info, played)
            if position_us is None:
                return
            self._slicer.restart()
            source.seek(position_us)

    def _play_through(self, source: EventSource) -> bool:
        """Release slices until the end or an interruption; whether there was any."""
        played = False
        with closing(self._slices(source)) as slices:
            for slice_ in slices:
                if not self._clock.wait(slice_.duration_us):
                    break
                slice_ = replace(slice_, arrived_s=time.monotonic())
                self._show(slice_)
                self._queue.put(slice_)
                played = True
        return played

    def _slices(self, source: EventSource) -> Generator[EventSlice]:
        for batch in source.batches():
            yield from self._slicer.push(batch)
        yield from self._slicer.flush()

    def _next_position(self, info: SourceInfo, played: bool) -> int | None:
        """Where to go on: a position asked for, the start of a loop, or none when closed."""
        if self._clock.closed:
            return None
        if not self._clock.seeking:
            self._board.show_source(info)  # damage shows itself at the end
            # An empty recording is not worth repeating; an empty rest after a seek is.
            if self.loop and (played or self._sought):
                self._sought = False
                return info.start_us or 0
            self._queue.finish()
            self._clock.wait_for_seek()
        self._sought = True
        self._queue.clear()
        return self._clock.take_seek()

    # Live sources: never wait, let the queue drop what is too much.

    def _follow(self, source: EventSource) -> None:
        silence = SilenceClock()
        for batch in source.batches():
            if self._clock.closed:
                return
            self._board.show_source(source.info)
            for slice_ in self._cut_live(batch, silence):
                self._admit(slice_)
        self._queue.finish()

    def _cut_live(self, batch: EventBatch, silence: SilenceClock) -> list[EventSlice]:
        if batch.restarted:
            silence.forget()
        slices = self._slicer.push(batch)
        if batch.events.size:
            silence.hear(batch.events["t"], batch.arrived_s)
        elif (now_us := silence.now_us(batch.arrived_s)) is not None:
            slices += self._slicer.advance(now_us, batch.arrived_s)
        return slices

    def _admit(self, slice_: EventSlice) -> None:
        if self._skipped is not None:
            slice_, self._skipped = close_gap(self._skipped, slice_), None
        if self._clock.admits():
            self._show(slice_)
            self._queue.offer(slice_)
        else:
            self._skipped = slice_

    def _show(self, slice_: EventSlice) -> None:
        self._board.show_events(slice_)
        self._meter.saw(slice_)
