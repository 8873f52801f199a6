"""The child's loop: from the source's batches to the slots of the ring."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection

from app.events import EventBatch, empty_events
from app.sources.contract import EventSource, SourceError
from app.sources.hosting.messages import Failed, Info, Seek
from app.sources.hosting.ring import SLOT_EVENTS, RingMemory, RingWriter, Slot, SlotKind, Vitals

_WAIT_S = 0.05
_COMMANDS_EVERY_S = 0.01
_INFO_EVERY_S = 0.05


class HandOver:
    """Plays a source into the ring. A recording waits for room, a live source drops and counts."""

    def __init__(
        self,
        source: EventSource,
        memory: RingMemory,
        connection: Connection,
        beat: Callable[[bool], None],
    ) -> None:
        self._source = source
        self._connection = connection
        self._ring = RingWriter(memory)
        self._vitals = Vitals(memory)
        self._beat = beat
        self._told = source.info
        self._is_live = self._told.is_live
        self._generation = 0
        self._seek: Seek | None = None
        self._parent_gone = False
        self._commands_s = self._info_s = time.monotonic()
        self._delivered_us: int | None = None
        self._dropping = False
        self._restart_dropped = False

    def run(self) -> None:
        """Return when the parent wants no more or has gone, or the source has failed."""
        while not self._stopped:
            try:
                self._play()
            except SourceError as error:
                self._tell_info()
                self._connection.send(Failed(str(error)))
                return
            if not self._stopped:
                self._tell_info()
                self._put_end()
                self._wait_for_seek()

    @property
    def _stopped(self) -> bool:
        return self._parent_gone or self._vitals.stop_requested

    def _play(self) -> None:
        for batch in self._source.batches():
            self._tend(tells=not batch.events.size)
            if self._is_live:
                self._offer(batch)
            elif len(batch.events) or batch.restarted:
                self._deliver(batch)
            if self._stopped:
                return
            self._obey_seek()

    def _tend(self, tells: bool = False) -> None:
        """Signs of life, commands and news, each no more often than is useful.

        With ``tells`` there may be news that cannot wait: the next step may take long.
        """
        now_s = time.monotonic()
        if now_s - self._commands_s >= _COMMANDS_EVERY_S:
            self._commands_s = now_s
            self._read_commands(0.0)
        if tells or now_s - self._info_s >= _INFO_EVERY_S:
            self._tell_info()
        self._beat(self._told.is_opening)

    def _read_commands(self, timeout_s: float) -> None:
        try:
            while self._connection.poll(timeout_s):
                self._take_command(self._connection.recv())
                timeout_s = 0.0
        except (EOFError, OSError):
            self._parent_gone = True

    def _take_command(self, seek: Seek) -> None:
        """Two threads may have sent them in another order than they were made."""
        if seek.generation > (self._seek.generation if self._seek else self._generation):
            self._seek = seek

    def _tell_info(self) -> None:
        self._info_s = time.monotonic()
        info = self._source.info
        if info != self._told:
            self._told = info
            self._connection.send(Info(info))

    def _obey_seek(self) -> None:
        if self._seek is not None:
            self._generation = self._seek.generation
            self._source.seek(self._seek.t_us)
            self._seek = None

    def _wait_for_seek(self) -> None:
        while not self._stopped and self._seek is None:
            self._beat(False)
            self._read_commands(_WAIT_S)
        self._obey_seek()

    def _has_room(self, events: int) -> bool:
        """Wait for a slot; false if a seek or a stop has made what was to go in it pointless."""
        while not self._ring.wait_for_room(events, _WAIT_S):
            self._tend()
            if self._stopped or self._seek is not None:
                return False
        return True

    def _put(self, batch: EventBatch, kind: SlotKind = SlotKind.EVENTS) -> None:
        self._ring.put(Slot(kind, self._generation, batch))

    def _put_end(self) -> None:
        if self._has_room(0):
            self._put(EventBatch(empty_events(), time.monotonic()), SlotKind.END)

    def _deliver(self, batch: EventBatch) -> None:
        for part in _parts(batch):
            if not self._has_room(len(part.events)):
                return
            self._put(part)

    def _offer(self, batch: EventBatch) -> None:
        for part in _parts(batch):
            if self._ring.wait_for_room(len(part.events), 0.0):
                self._put(self._after_drops(part))
            else:
                self._drop(part)

    def _drop(self, batch: EventBatch) -> None:
        self._vitals.count_dropped(len(batch.events))
        self._dropping = self._dropping or len(batch.events) > 0
        self._restart_dropped = self._restart_dropped or batch.restarted

    def _after_drops(self, batch: EventBatch) -> EventBatch:
        """The same batch, with what was dropped before it in ``gap_us`` and ``restarted``."""
        times = batch.events["t"]
        restarted = batch.restarted or self._restart_dropped
        gap_us = batch.gap_us
        if self._dropping and times.size:
            if not restarted and self._delivered_us is not None:
                gap_us += int(times[0]) - self._delivered_us
            self._dropping = False
        if times.size:
            self._delivered_us = int(times[-1])
        self._restart_dropped = False
        return replace(batch, gap_us=gap_us, restarted=restarted)


def _parts(batch: EventBatch) -> list[EventBatch]:
    """Cut a batch so that each part fits a slot; only the first tells of gap and restart."""
    if len(batch.events) <= SLOT_EVENTS:
        return [batch]
    starts = range(SLOT_EVENTS, len(batch.events), SLOT_EVENTS)
    first = replace(batch, events=batch.events[:SLOT_EVENTS])
    rest = [EventBatch(batch.events[s : s + SLOT_EVENTS], batch.arrived_s) for s in starts]
    return [first, *rest]
