"""A memory-mapped recording as a row of blocks that can be decoded in any order.

A block is some ten thousand events. Its mark is the time at which it begins, so that seeking is
one binary search and reading is one whole-array decoding per block.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.guard import EventGuard
from app.sources.recording import Span

BLOCK_EVENTS = 16_384


class BlockFile(Protocol):
    """A file format cut into blocks; ``marks_us`` is (B,) int64, one start time per block."""

    name: str
    resolution: Resolution
    marks_us: np.ndarray

    @property
    def note(self) -> str | None: ...

    def decode(self, block: int) -> np.ndarray:
        """All events of a block as (N,) EVENT_DTYPE, unchecked."""
        ...

    def close(self) -> None: ...


def without_outliers(marks: np.ndarray) -> np.ndarray:
    """Replace each value by the median of itself and its two neighbours, the ends apart.

    Differences are taken in the array's own width, so (B,) uint32 marks may wrap.
    """
    if marks.size < 3:
        return marks
    steps = np.diff(marks).view(f"i{marks.itemsize}")
    to_last, to_next = -steps[:-1], steps[1:]
    to_median = np.clip(0, np.minimum(to_last, to_next), np.maximum(to_last, to_next))
    return np.concatenate([marks[:1], marks[1:-1] + to_median.astype(marks.dtype), marks[-1:]])


class BlockReader:
    """Reads a ``BlockFile`` from block to block.

    Raises:
        SourceError: the file holds no events.
    """

    def __init__(self, file: BlockFile) -> None:
        if not file.marks_us.size:
            raise SourceError(f"the recording {file.name} holds no events")
        self._file = file
        self._next = 0
        # A damaged mark must not break the binary search.
        self._marks_us = np.maximum.accumulate(without_outliers(file.marks_us))
        self.resolution = file.resolution
        self.span = self._measured_span()

    @property
    def note(self) -> str | None:
        return self._file.note

    def read(self) -> np.ndarray | None:
        if self._next >= self._marks_us.size:
            return None
        events = self._file.decode(self._next)
        self._next += 1
        return events

    def seek(self, t_us: int) -> None:
        # The block before the first mark at or after t may still hold events of time t.
        self._next = max(int(np.searchsorted(self._marks_us, t_us, side="left")) - 1, 0)

    def close(self) -> None:
        self._next = self._marks_us.size
        self._file.close()

    def _measured_span(self) -> Span:
        last_block = self._marks_us.size - 1
        first, last = (self._usable(block)["t"] for block in (0, last_block))
        start_us = int(first[0]) if first.size else int(self._marks_us[0])
        newest_us = int(last[-1]) if last.size else int(self._marks_us[-1])
        return Span(start_us, newest_us + 1)

    def _usable(self, block: int) -> np.ndarray:
        return EventGuard(self.resolution).clean(self._file.decode(block))[0]
