"""A ring of event slots in shared memory: one child process writes, the parent reads.

    writer                       slots                        reader
      free.acquire -> [ slot 0 | slot 1 | ... | slot 255 ] -> filled.acquire
      filled.release                                          free.release

Both semaphores only count: nothing is ever held, so a process that is killed at any moment
leaves nothing locked, and every wait has a time-out.
"""

from __future__ import annotations

import ctypes
import enum
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Semaphore
from typing import Any

import numpy as np

from app.events import EVENT_DTYPE, EventBatch

SLOTS = 256
SLOT_EVENTS = 4096

_HEADER_DTYPE = np.dtype(
    [
        ("kind", "<i4"),
        ("count", "<i4"),
        ("generation", "<i8"),
        ("gap_us", "<i8"),
        ("arrived_s", "<f8"),
        ("restarted", "<i8"),
    ]
)
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
        """16 MiB of slots, anonymous: the memory ends with the last process that has it."""
        return cls(
            events=context.RawArray(ctypes.c_uint8, SLOTS * SLOT_EVENTS * EVENT_DTYPE.itemsize),
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
        self._bytes = _slot_bytes(memory)
        self._next = 0

    def wait_for_room(self, timeout_s: float) -> bool:
        """Claim one slot for the next ``put``; false if there is none in time."""
        return self._memory.free.acquire(timeout=timeout_s)

    def put(self, slot: Slot) -> None:
        """Fill the slot claimed before; its batch has at most SLOT_EVENTS events."""
        batch, count = slot.batch, len(slot.batch.events)
        used = count * EVENT_DTYPE.itemsize
        self._bytes[self._next, :used] = np.ascontiguousarray(batch.events, EVENT_DTYPE).view(
            np.uint8
        )
        self._headers[self._next] = (
            slot.kind, count, slot.generation, batch.gap_us, batch.arrived_s, batch.restarted
        )  # fmt: skip
        self._next = (self._next + 1) % SLOTS
        self._memory.filled.release()


class RingReader:
    """The parent's end."""

    def __init__(self, memory: RingMemory) -> None:
        self._memory = memory
        self._headers = np.frombuffer(memory.headers, _HEADER_DTYPE)
        self._bytes = _slot_bytes(memory)
        self._next = 0

    def take(self, timeout_s: float) -> Slot | None:
        """The oldest slot, its events copied out, or none if none comes in time."""
        if not self._memory.filled.acquire(timeout=timeout_s):
            return None
        header = self._headers[self._next]
        used = int(header["count"]) * EVENT_DTYPE.itemsize
        batch = EventBatch(
            events=self._bytes[self._next, :used].copy().view(EVENT_DTYPE),
            arrived_s=float(header["arrived_s"]),
            gap_us=int(header["gap_us"]),
            restarted=bool(header["restarted"]),
        )
        slot = Slot(SlotKind(int(header["kind"])), int(header["generation"]), batch)
        self._next = (self._next + 1) % SLOTS
        self._memory.free.release()
        return slot


def _slot_bytes(memory: RingMemory) -> np.ndarray:
    """(slot, byte) uint8: numpy copies plain bytes 15 times as fast as records with padding."""
    return np.frombuffer(memory.events, np.uint8).reshape(SLOTS, -1)
