"""A source that lives in a child process, under the same contract as the source itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.events import EventBatch
from app.sources.contract import SourceError, SourceInfo, SourceSpec
from app.sources.described import described
from app.sources.devices.quiet import LOOK_S, silence, silence_for
from app.sources.hosting.handshake import Handshake, ReaderLostError
from app.sources.hosting.messages import Failed, Info, Seek
from app.sources.hosting.patience import patience_with
from app.sources.hosting.process import ChildProcess
from app.sources.hosting.ring import Slot, SlotKind
from app.sources.hosting.said import lost, waits_for
from app.sources.notes import joined
from app.sources.opening import Opener, load_opener
from app.sources.place import Place

_MESSAGES_EVERY_S = 0.05
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 2.0
_WAITING_NOTED_S = 3.0

log = logging.getLogger(__name__)


class HostedSource:
    """Opens ``spec`` in a child process, when first used or by ``open``.

    A child that stops answering, or crashes, is replaced. A live source is opened again for ever;
    it may come back with a sensor of another size, as ``info`` then says. A recording goes on at
    the very event where it was; when that happens twice at one place, a SourceError says where.
    ``batches`` and ``seek`` may be used by different threads, and ``close`` by any. After the end
    of a recording, ``seek`` and a new ``batches`` play it again.
    """

    def __init__(
        self, spec: SourceSpec, load: Callable[[SourceSpec], Opener] = load_opener
    ) -> None:
        self._spec = spec
        self._name = described(spec)
        self._load = load
        self._child: ChildProcess | None = None
        self._info: SourceInfo | None = None
        self._closed = False
        self._failure: str | None = None
        self._loss: str | None = None
        self._is_told_loss = False  # the child has said so itself
        self._generation = 0
        self._ended_generation = -1
        self._place: Place | None = None  # of a recording
        self._waits = False
        self._heard_s = self._messages_s = time.monotonic()
        self._is_revived = False
        self._lost_before = 0  # by children that have ended

    def open(self) -> HostedSource:
        """Start the child and wait until the source is open.

        Raises:
            SourceError: it cannot be opened, or ``close`` was called meanwhile.
        """
        if self._info is None:
            try:
                info = self._wait_for_child()
            except ReaderLostError:
                info = self._wait_for_child()  # once may be chance
            if not info.is_live:
                self._place = Place(info.start_us or 0)
            self._info = info
        return self

    def _wait_for_child(self) -> SourceInfo:
        handshake = Handshake(self._start_child(), self._spec)
        while (info := handshake.poll(LOOK_S)) is None:
            self._check_not_closed()
        return info

    @property
    def info(self) -> SourceInfo:
        """What is known by now; notes about damage come in while the source plays."""
        self.open()
        assert self._info is not None
        waiting = waits_for(self._name, self._place) if self._waits else None
        notes = [note for note in (self._info.note, waiting) if note]
        return replace(self._info, lost_events=self.lost_events, note=joined(*notes))

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
                if is_live or self._waits:
                    yield silence()
            elif is_live:
                yield from self._revive(self._loss)
            else:
                yield from self._resume(self._loss)

    def seek(self, t_us: int) -> None:
        if self.info.is_live:
            raise SourceError(f"{self._name} is live: it cannot go to another time")
        self._check_not_closed()
        self._check_not_failed()
        self._recording_place().seek(t_us)
        self._go_to(t_us)

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
        slot = child.ring.take(LOOK_S)
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
                    self._loss, self._is_told_loss = message.sentence, True

    def _look_after(self, child: ChildProcess) -> None:
        if child.has_ended:
            self._loss = self._lost("the reader crashed")
        elif child.has_fallen_silent(patience_with(self._spec).step_s(self._is_opening)):
            self._loss = self._lost("the reader stopped answering")
        self._waits = child.silent_s >= _WAITING_NOTED_S
        if self._loss is not None:
            child.stop(grace_s=0.0)

    @property
    def _is_opening(self) -> bool:
        return self._info is not None and self._info.is_opening

    def _lost(self, what: str) -> str:
        return lost(self._name, self.info, self._place, what)

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
        if self._waits:
            self._waits = False
            yield silence()  # so that somebody sees that the note is gone
        yield batch if self._place is None else self._place.advance(batch)

    def _revive(self, reason: str) -> Iterator[EventBatch]:
        """Start child after child until the source is open again; until then, silence."""
        pause_s = _FIRST_PAUSE_S
        while not self._closed:
            self._info = replace(self.info, note=reason, is_opening=False)
            yield from silence_for(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            try:
                handshake = Handshake(self._start_child(), self._spec)
                while (info := handshake.poll(LOOK_S)) is None:
                    yield silence()
            except SourceError as error:
                reason = str(error)
                continue
            self._info, self._is_revived = info, True
            return

    def _resume(self, loss: str) -> Iterator[EventBatch]:
        """Have another reader go on where one was lost, but not twice at one place."""
        place = self._recording_place()
        if self._is_told_loss or not place.lose():
            self._failure = loss
            return
        log.warning("%s; another one goes on there", loss)
        try:
            handshake = Handshake(self._start_child(), self._spec)
            while handshake.poll(LOOK_S) is None:
                yield silence()
        except SourceError as error:
            self._failure = str(error)
            return
        self._go_to(place.t_us)

    def _go_to(self, t_us: int) -> None:
        self._generation += 1
        self._running_child().send(Seek(self._generation, t_us))

    def _start_child(self) -> ChildProcess:
        self._check_not_closed()
        self._lost_before = self.lost_events
        self._child = child = ChildProcess(self._spec, self._load)
        self._loss, self._waits = None, False
        self._check_not_closed()
        return child

    def _running_child(self) -> ChildProcess:
        assert self._child is not None, "used before it is open"
        return self._child

    def _recording_place(self) -> Place:
        assert self._place is not None, "a live source has no place"
        return self._place

    def _check_not_closed(self) -> None:
        if self._closed:
            if self._child is not None:
                self._child.stop()  # may have been started while close() was looking elsewhere
            raise SourceError(f"{self._name} has been closed")

    def _check_not_failed(self) -> None:
        if self._failure is not None:
            raise SourceError(self._failure)
