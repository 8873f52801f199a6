"""A source that lives in a child process, under the same contract as the source itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.events import EventBatch, empty_events
from app.sources.contract import SourceError, SourceInfo, SourceSpec
from app.sources.described import described
from app.sources.handshake import Handshake
from app.sources.messages import Failed, Info, Seek
from app.sources.opening import Opener, load_opener
from app.sources.process import ChildProcess
from app.sources.ring import Slot, SlotKind

# A live source says at least every 50 ms that nothing happens; closing is noticed as soon.
_LOOK_S = 0.03
_MESSAGES_EVERY_S = 0.05
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 2.0


class HostedSource:
    """Opens ``spec`` in a child process, when first used or by ``open``.

    A child that stops answering for two seconds, or crashes, is replaced if the source is live;
    a recording ends with a SourceError that says where. ``batches`` and ``seek`` may be used by
    different threads, and ``close`` by any. After the end of a recording, ``seek`` and a new
    ``batches`` play it again.
    """

    def __init__(
        self, spec: SourceSpec, load: Callable[[SourceSpec], Opener] = load_opener
    ) -> None:
        self._spec = spec
        self._load = load
        self._child: ChildProcess | None = None
        self._info: SourceInfo | None = None
        self._closed = False
        self._failure: str | None = None
        self._loss: str | None = None
        self._generation = 0
        self._ended_generation = -1
        self._position_us: int | None = None
        self._heard_s = self._messages_s = time.monotonic()
        self._is_revived = False
        self._lost_before = 0  # by children that have ended

    def open(self) -> HostedSource:
        """Start the child and wait until the source is open.

        Raises:
            SourceError: it cannot be opened, or ``close`` was called meanwhile.
        """
        if self._info is None:
            handshake = Handshake(self._start_child(), self._spec)
            while (info := handshake.poll(_LOOK_S)) is None:
                self._check_not_closed()
            self._info = info
        return self

    @property
    def info(self) -> SourceInfo:
        """What is known by now; notes about damage come in while the source plays."""
        self.open()
        assert self._info is not None
        return replace(self._info, lost_events=self.lost_events)

    @property
    def lost_events(self) -> int:
        """Events of a live source that its children lost because nobody fetched them in time."""
        return self._lost_before + (self._child.dropped_events if self._child else 0)

    def batches(self) -> Iterator[EventBatch]:
        is_live = self.info.is_live
        while not self._closed and self._ended_generation != self._generation:
            self._check_not_failed()
            slot = self._next_slot()
            if slot is not None:
                # Slots of an older generation were filled before a seek.
                if slot.generation == self._generation:
                    yield from self._told(slot)
            elif self._loss is None:
                if is_live:
                    yield _silence()
            elif is_live:
                yield from self._revive(self._loss)
            else:
                self._failure = self._loss

    def seek(self, t_us: int) -> None:
        if self.info.is_live:
            raise SourceError(f"{described(self._spec)} is live: it cannot go to another time")
        self._check_not_closed()
        self._check_not_failed()
        self._generation += 1
        self._running_child().send(Seek(self._generation, t_us))

    def close(self) -> None:
        self._closed = True
        if self._child is not None:
            self._child.stop()

    def __enter__(self) -> HostedSource:
        return self.open()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _next_slot(self) -> Slot | None:
        """The next slot, or none by now; ``_loss`` then says whether there will be more."""
        child = self._running_child()
        slot = child.ring.take(_LOOK_S)
        if slot is None or time.monotonic() - self._messages_s > _MESSAGES_EVERY_S:
            self._read_messages(child)
        if slot is None and self._loss is None:
            self._look_after(child)
        if slot is None and self._loss is not None:
            slot = child.ring.take(0.0)  # came between the two looks
        return slot

    def _read_messages(self, child: ChildProcess) -> None:
        self._messages_s = time.monotonic()
        while (message := child.message()) is not None:
            match message:
                case Info():
                    self._info = message.info
                case Failed():
                    self._loss = message.sentence

    def _look_after(self, child: ChildProcess) -> None:
        if child.has_ended:
            self._loss = self._lost("crashed")
        elif child.has_fallen_silent():
            self._loss = self._lost("stopped answering")
        if self._loss is not None:
            child.stop(grace_s=0.0)

    def _lost(self, what: str) -> str:
        name, info = described(self._spec), self.info
        if info.is_live:
            return f"{name} is opened anew: its reader {what}"
        place_s = ((self._position_us or 0) - (info.start_us or 0)) / 1e6
        return f"{name} is damaged near {max(place_s, 0):.2f} s: the reader {what}"

    def _told(self, slot: Slot) -> Iterator[EventBatch]:
        if slot.kind is SlotKind.END:
            self._read_messages(self._running_child())
            self._ended_generation = slot.generation
            return
        batch = slot.batch
        if self._is_revived:
            gap_us = batch.gap_us + round((batch.arrived_s - self._heard_s) * 1e6)
            batch = replace(batch, gap_us=gap_us, restarted=True)
            self._is_revived = False
        self._heard_s = batch.arrived_s
        if len(batch.events):
            self._position_us = int(batch.events["t"][-1])
        yield batch

    def _revive(self, reason: str) -> Iterator[EventBatch]:
        """Start child after child until the source is open again; until then, silence."""
        pause_s = _FIRST_PAUSE_S
        size = self.info.resolution
        while not self._closed:
            self._info = replace(self.info, note=reason)
            yield from _silence_for(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            try:
                handshake = Handshake(self._start_child(), self._spec)
                while (info := handshake.poll(_LOOK_S)) is None:
                    yield _silence()
            except SourceError as error:
                reason = str(error)
                continue
            if info.resolution != size:
                raise SourceError(
                    f"{described(self._spec)} came back with {info.resolution} pixels instead of "
                    f"{size}"
                )
            self._info, self._is_revived = info, True
            return

    def _start_child(self) -> ChildProcess:
        self._check_not_closed()
        self._lost_before = self.lost_events
        self._child = child = ChildProcess(self._spec, self._load)
        self._loss = None
        self._check_not_closed()
        return child

    def _running_child(self) -> ChildProcess:
        assert self._child is not None, "used before it is open"
        return self._child

    def _check_not_closed(self) -> None:
        if self._closed:
            if self._child is not None:
                self._child.stop()  # may have been started while close() was looking elsewhere
            raise SourceError(f"{described(self._spec)} has been closed")

    def _check_not_failed(self) -> None:
        if self._failure is not None:
            raise SourceError(self._failure)


def _silence() -> EventBatch:
    return EventBatch(empty_events(), time.monotonic())


def _silence_for(duration_s: float) -> Iterator[EventBatch]:
    end_s = time.monotonic() + duration_s
    while time.monotonic() < end_s:
        yield _silence()
        time.sleep(_LOOK_S)
