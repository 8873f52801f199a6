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
from app.pipeline.filtering import Filtering
from app.pipeline.silence import SilenceClock
from app.pipeline.slice_queue import SliceQueue, close_gap
from app.pipeline.stats import Meter
from app.pipeline.way import Way
from app.pipeline.wishes import Wishes
from app.recognition.slicer import Slicer
from app.sources.contract import EventSource, SourceInfo

OpenSource = Callable[[], EventSource]
Tap = Callable[[EventBatch, SourceInfo], None]


class Reader:
    """Reads one source from its opening to its end.

    ``loop`` and ``span`` may change at any time; a recording that plays into the end of ``span``
    (start, end) in sensor time goes back to its start. ``tap`` is handed all that a live source
    sends, also while that is held.
    """

    def __init__(
        self,
        open_source: OpenSource,
        slice_us: int,
        clock: Clock,
        queue: SliceQueue,
        board: Board,
        meter: Meter,
        loop: bool,
        fading_us: int,
        wishes: Wishes,
    ) -> None:
        self.loop = loop
        self.span: tuple[int, int] | None = None
        self.tap: Tap | None = None
        self._open_source = open_source
        self._slicer = Slicer(slice_us)
        self._clock = clock
        self._queue = queue
        self._board = board
        self._meter = meter
        self._skipped: EventSlice | None = None  # the newest slice of a paused live source
        self._fading_us = fading_us
        self._way: Way | None = None  # to a place that was sought
        self.filtering = Filtering(wishes)
        self.info: SourceInfo | None = None  # of the source, before the filters
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
                self._show_source(source.info)
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
            self._slicer.restart(self._way.to_us if self._way and self._way.leads else None)
            source.seek(position_us)

    def _play_through(self, source: EventSource) -> bool:
        """Release slices until the end or an interruption; whether there was any."""
        played = False
        with closing(self._slices(source)) as slices:
            for slice_ in slices:
                if played and self._way is not None and self._way.ends_before(slice_):
                    self._arrive()
                if played and self._turns_back(slice_.t_start_us):
                    break
                if not self._may_go(slice_):
                    break
                slice_ = replace(slice_, arrived_s=time.monotonic())
                if not self._follows_filters():
                    break
                seen = self.filtering.apply(slice_)
                self._show(seen)
                self._queue.put(seen)
                played = True
                if self._way is not None and self._way.ends_with(slice_):
                    self._arrive()
        return played

    def _turns_back(self, t_us: int | None = None) -> bool:
        """Seek the start of the span if its end, or that of the recording, is played into."""
        span = self.span
        if span is None or self._way is not None or self._clock.seeking:
            return False
        if t_us is not None and t_us < span[1]:
            return False
        self._queue.wait_settled()  # what was played until here is decided on
        # Who steps sees the last slice until asking for the next one.
        if self._clock.wait(0):
            if self.span != span:
                return False
            self._clock.seek(span[0])
        return True

    def _may_go(self, slice_: EventSlice) -> bool:
        """Wait until a slice is due, unless it is on the way; false if the reader must look up."""
        if self._way is None:
            return self._clock.wait(slice_.duration_us)
        return not (self._clock.seeking or self._clock.closed)

    def _arrive(self) -> None:
        """The way is over, and everything on it has been recognised."""
        if self._way is not None and self._way.leads:
            self._queue.wait_settled()
        self._way = None
        self._clock.arrive()

    def _slices(self, source: EventSource) -> Generator[EventSlice]:
        for batch in source.batches():
            if not batch.events.size:
                self._show_source(source.info)  # it waits, and tells why
            yield from self._slicer.push(batch)
        yield from self._slicer.flush()

    def _next_position(self, info: SourceInfo, played: bool) -> int | None:
        """Where to go on: a position asked for, the start of a loop, or none when closed."""
        if self._clock.closed:
            return None
        if not self._clock.seeking and not (played and self._turns_back()):
            self._show_source(info)  # damage shows itself at the end
            sought = self._end_way(played)
            # An empty recording is not worth repeating; an empty rest after a seek is.
            if self.loop and (played or sought):
                return info.start_us or 0
            self._queue.finish()
            self._clock.wait_for_seek()
        self._queue.clear()
        self._board.forget_events()
        t_us = self._clock.take_seek()
        return None if t_us is None else self._set_out(t_us, info)

    def _set_out(self, t_us: int, info: SourceInfo) -> int:
        """Where to begin on the way to ``t_us``."""
        self._way = Way.to(t_us, info.start_us or 0, held=self._clock.paused)
        return self._way.from_us

    def _end_way(self, played: bool) -> bool:
        """The recording is over; whether it was on the way to a place that was sought."""
        if self._way is None:
            return False
        if not played:
            self._board.show_nothing(self._way.to_us)
        self._arrive()
        return True

    # Live sources: never wait, let the queue drop what is too much.

    def _follow(self, source: EventSource) -> None:
        silence = SilenceClock()
        for batch in source.batches():
            if self._clock.closed:
                return
            if (tap := self.tap) is not None:
                tap(batch, source.info)
            self._show_live(source.info)
            for slice_ in self._cut_live(batch, silence):
                self._admit(slice_)
        self._queue.finish()

    def _show_live(self, info: SourceInfo) -> None:
        """Show what has changed about the source; what is held still performs what it did."""
        shown = self._board.info
        if shown is not None and self._clock.paused:
            info = replace(info, performing=shown.performing)
        if self.info is not None and info.resolution != self.info.resolution:
            self._skipped = None
            self._queue.wait_settled()  # what is queued belongs to the other sensor
        self._show_source(info)

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
        if self._clock.admits() and self._follows_filters():
            seen = self.filtering.apply(slice_)
            self._show(seen)
            self._queue.offer(seen)
        else:
            self._skipped = slice_

    def _show(self, slice_: EventSlice) -> None:
        self._meter.saw(slice_)
        if self._way is not None and slice_.t_end_us <= self._way.to_us - self._fading_us:
            slice_ = replace(slice_, events=slice_.events[:0])  # faded when the place is reached
        self._board.show_events(slice_)

    # The filters

    def _show_source(self, info: SourceInfo) -> None:
        """Show what is known of the source, as it is seen through the filters in force."""
        self.info = info
        self._board.show_source(self.filtering.seen_of(info))

    def _follows_filters(self) -> bool:
        """Put into force what is wished for; false if the reader is wanted elsewhere before."""
        if self.info is not None and self.filtering.is_outdated:
            self._queue.wait_settled()  # what is queued may be of another size
            if self._clock.seeking or self._clock.closed:
                return False
            self.filtering.renew(self.info)
            self._show_source(self.info)
        return True
