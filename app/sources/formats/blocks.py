"""A memory-mapped recording as a row of blocks that can be decoded in any order.

A block is some ten thousand events. Its mark is the time at which it begins, so that seeking is
one binary search and reading is one whole-array decoding per block.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.clock import LOOKED_THROUGH_BYTES, RecordingClock
from app.sources.formats.recording import Span
from app.sources.guard import EventGuard
from app.sources.notes import joined

BLOCK_EVENTS = 16_384
# The beginning of each block is looked at when a recording is opened, so that a long one has
# larger blocks and not more of them.
_MOST_BLOCKS = 1 << 12
# A block of AEDAT 4 is as large as somebody made it; what is handed on should not be.
_PIECE_EVENTS = 4 * BLOCK_EVENTS
# So many blocks at either end tell when a recording begins and ends.
_END_BLOCKS = 3
_LONGEST_SPAN_US = 30 * 24 * 3600 * 1_000_000


def block_events(count: int) -> int:
    """How many of ``count`` events that lie in a row a block should hold."""
    return max(BLOCK_EVENTS, -(-count // _MOST_BLOCKS))


class BlockFile(Protocol):
    """A file format cut into blocks; ``marks_us`` is (B,) int64, one start time per block.

    ``streams`` are the cameras in the file and ``stream`` the one that is played; both are empty
    where the format has but one.
    """

    name: str
    resolution: Resolution
    marks_us: np.ndarray
    streams: tuple[str, ...]
    stream: str

    @property
    def note(self) -> str | None: ...

    @property
    def data_bytes(self) -> int:
        """How much of the file has to be read to decode all of it."""
        ...

    def decode(self, block: int) -> np.ndarray:
        """All events of a block as (N,) EVENT_DTYPE, unchecked."""
        ...

    def close(self) -> None: ...


class BlockReader:
    """Reads a ``BlockFile`` from block to block.

    Raises:
        SourceError: the file holds no events, or its times cannot be.
    """

    def __init__(self, file: BlockFile) -> None:
        if not file.marks_us.size:
            raise SourceError(f"the recording {file.name} holds no events")
        self._file = file
        self._next = 0
        self._pieces: list[np.ndarray] = []
        is_small = file.data_bytes <= LOOKED_THROUGH_BYTES
        self._clock = RecordingClock(file.marks_us, file.decode, file.resolution, is_small)
        self._marks_us = self._clock.marks_us
        self.resolution = file.resolution
        self.streams, self.stream = file.streams, file.stream
        self.span = self._measured_span()

    @property
    def note(self) -> str | None:
        return joined(self._file.note, self._clock.note)

    def read(self) -> np.ndarray | None:
        if not self._pieces:
            if self._next >= self._marks_us.size:
                return None
            events = self._decoded(self._next)
            self._next += 1
            starts = range(0, max(len(events), 1), _PIECE_EVENTS)
            self._pieces = [events[start : start + _PIECE_EVENTS] for start in reversed(starts)]
        return self._pieces.pop()

    def seek(self, t_us: int) -> None:
        # The block before the first mark at or after t may still hold events of time t.
        self._next = max(int(np.searchsorted(self._marks_us, t_us, side="left")) - 1, 0)
        self._pieces = []

    def close(self) -> None:
        self._next = self._marks_us.size
        self._pieces = []
        self._file.close()

    def _decoded(self, block: int) -> np.ndarray:
        return self._clock.straighten(block, self._file.decode(block))

    def _measured_span(self) -> Span:
        count = self._marks_us.size
        head = self._usable(range(min(_END_BLOCKS, count)))
        tail = self._usable(range(max(count - _END_BLOCKS, 0), count))
        start_us = int(head[0]) if head.size else int(self._marks_us[0])
        newest_us = int(tail[-1]) if tail.size else int(self._marks_us[-1])
        if newest_us - start_us > _LONGEST_SPAN_US:
            raise SourceError(
                f"the recording {self._file.name} is damaged: its times reach from {start_us} us "
                f"to {newest_us} us"
            )
        return Span(start_us, newest_us + 1)

    def _usable(self, blocks: range) -> np.ndarray:
        """The times of what some blocks hold, as far as it can be used."""
        guard = EventGuard(self.resolution, looks_ahead=True)
        parts = [guard.clean(self._decoded(block))[0]["t"] for block in blocks]
        return np.concatenate([*parts, guard.rest()["t"]])
