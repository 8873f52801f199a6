"""A ring of event slots in shared memory: one child process writes, the parent reads.

    writer                       slots                        reader
      free.acquire -> [ slot 0 | slot 1 | ... | slot 255 ] -> filled.acquire
      filled.release      |         |              |          free.release
                      [ events | events .... | events | unused ]

Each slot takes of the ring of events as many as it has, in one piece, so that small batches waste
no memory and large ones need few wakes of the other side. Both semaphores only count: nothing is
ever held, so a process that is killed at any moment leaves nothing locked, and every wait has a
time-out.
"""

from __future__ import annotations

import ctypes
import enum
from collections import deque
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Semaphore
from typing import Any

import numpy as np

from app.events import EVENT_DTYPE, EventBatch

SLOTS = 256
RING_EVENTS = 1 << 19
# A wake costs as much as copying some thousand events, and more events than this leave the cache.
SLOT_EVENTS = 16_384

_HEADER_DTYPE = np.dtype(
    [
        ("kind", "<i4"),
        ("start", "<i4"),
        ("count", "<i4"),
        ("generation", "<i8"),
        ("gap_us", "<i8"),
        ("arrived_s", "<f8"),
        ("restarted", "<i8"),
    ]
)
# What the ring takes of /dev/shm, and some for the semaphores.
SHARED_BYTES = (RING_EVENTS * EVENT_DTYPE.itemsize) + (1 << 20)
_WHOLE = np.dtype(f"V{EVENT_DTYPE.itemsize}")
_BEATS, _STOP, _DROPPED = range(3)


class SlotKind(enum.IntEnum):
    """What a slot holds: events, or the news that the recording has ended."""

    EVENTS = 0
    END = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """What the reader takes out. ``generation`` counts the seeks before it."""

    kind: SlotKind
    generation: int
    batch: EventBatch


@dataclass(frozen=True)
class RingMemory:
    """What both processes share; travels to the child as an argument of its main function."""

    events: Any
    headers: Any
    words: Any
    filled: Semaphore
    free: Semaphore

    @classmethod
    def allocate(cls, context: SpawnContext) -> RingMemory:
        """8 MiB of events, anonymous: the memory ends with the last process that has it."""
        return cls(
            events=context.RawArray(ctypes.c_uint8, RING_EVENTS * EVENT_DTYPE.itemsize),
            headers=context.RawArray(ctypes.c_uint8, SLOTS * _HEADER_DTYPE.itemsize),
            words=context.RawArray(ctypes.c_int64, 3),
            filled=context.Semaphore(0),
            free=context.Semaphore(SLOTS),
        )


class Vitals:
    """Single numbers beside the ring: signs of life, the wish to stop, events dropped."""

    def __init__(self, memory: RingMemory) -> None:
        self._words = np.frombuffer(memory.words, np.int64)

    def beat(self) -> None:
        self._words[_BEATS] += 1

    @property
    def beats(self) -> int:
        return int(self._words[_BEATS])

    def request_stop(self) -> None:
        self._words[_STOP] = 1

    @property
    def stop_requested(self) -> bool:
        return bool(self._words[_STOP])

    def count_dropped(self, events: int) -> None:
        self._words[_DROPPED] += events

    @property
    def dropped(self) -> int:
        return int(self._words[_DROPPED])


class RingWriter:
    """The child's end."""

    def __init__(self, memory: RingMemory) -> None:
        self._memory = memory
        self._headers = np.frombuffer(memory.headers, _HEADER_DTYPE)
        self._ring = _whole_events(memory)
        self._next = 0
        self._free_slots = 0
        self._start = 0
        self._room = RING_EVENTS
        # What each slot in use occupies of the ring, the oldest first: slots come back in order.
        self._occupied = deque([0] * SLOTS)

    def wait_for_room(self, events: int, timeout_s: float) -> bool:
        """Whether there is a slot for so many events; waits for one to come back if there is not.

        False does not mean that the whole time has passed: ask again.
        """
        while self._memory.free.acquire(block=False):
            self._take_back()
        if not self._has_room(events) and self._memory.free.acquire(timeout=timeout_s):
            self._take_back()
        return self._has_room(events)

    def put(self, slot: Slot) -> None:
        """Fill the slot that there was for as many events, at most SLOT_EVENTS."""
        batch, count = slot.batch, len(slot.batch.events)
        start = self._take_room(count)
        self._ring[start : start + count] = batch.events.view(_WHOLE)
        self._headers[self._next] = (
            slot.kind, start, count, slot.generation, batch.gap_us, batch.arrived_s, batch.restarted
        )  # fmt: skip
        self._next = (self._next + 1) % SLOTS
        self._free_slots -= 1
        self._memory.filled.release()

    def _take_back(self) -> None:
        self._free_slots += 1
        self._room += self._occupied.popleft()
        if self._free_slots == SLOTS:
            self._start = 0  # stay in the same few pages, and the cache, while the reader keeps up

    def _has_room(self, events: int) -> bool:
        return self._free_slots > 0 and self._needed(events) <= self._room

    def _needed(self, events: int) -> int:
        """What a piece takes of the ring, the end included if it is left unused before it."""
        left = RING_EVENTS - self._start
        return events if events <= left else left + events

    def _take_room(self, events: int) -> int:
        """Where the piece begins."""
        needed = self._needed(events)
        self._room -= needed
        self._occupied.append(needed)
        self._start = (self._start + needed) % RING_EVENTS or RING_EVENTS
        return self._start - events


class RingReader:
    """The parent's end."""

    def __init__(self, memory: RingMemory) -> None:
        self._memory = memory
        self._headers = np.frombuffer(memory.headers, _HEADER_DTYPE)
        self._ring = _whole_events(memory)
        self._next = 0

    def take(self, timeout_s: float) -> Slot | None:
        """The oldest slot, its events copied out, or none if none comes in time."""
        if not self._memory.filled.acquire(timeout=timeout_s):
            return None
        kind, start, count, generation, gap_us, arrived_s, restarted = self._headers[
            self._next
        ].item()
        events = self._ring[start : start + count].copy().view(EVENT_DTYPE)
        batch = EventBatch(events, arrived_s, gap_us, bool(restarted))
        slot = Slot(SlotKind(kind), generation, batch)
        self._next = (self._next + 1) % SLOTS
        self._memory.free.release()
        return slot


def _whole_events(memory: RingMemory) -> np.ndarray:
    """(event,) without fields: numpy copies these 15 times as fast as records with padding."""
    return np.frombuffer(memory.events, _WHOLE)
