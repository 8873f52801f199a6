"""Recordings that are tables of t, x, y and p: arrays of NumPy, data sets of HDF5.

Nothing in such a file says what it means, so it is told by the numbers: which column is which where
they have no names, and the unit of the times. What was assumed is said in the note.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from app.events import EVENT_DTYPE, MAX_SIDE_PX, Resolution
from app.sources.contract import SourceError
from app.sources.formats.blocks import BLOCK_EVENTS
from app.sources.formats.sensors import Extent, sized_by_events
from app.sources.formats.time_unit import guess_unit
from app.sources.notes import joined

# Blocks are no more than this, as the beginning of each is read when the recording is opened.
_MOST_BLOCKS = 1 << 11
_SAMPLED_BLOCKS = 64
_SAMPLED_ROWS = 4096


class Table(Protocol):
    """Rows of a file. ``note`` says what was assumed about the columns, or is none."""

    rows: int
    bytes_a_row: int
    note: str | None

    def read(self, start: int, stop: int) -> dict[str, np.ndarray]:
        """The columns ``t``, ``x``, ``y`` and ``p`` of some rows, (N,) of any type each.

        Raises:
            OSError: they cannot be read.
        """
        ...


class TableFile:
    """Blocks of a table. ``size`` is taken instead of what the events tell; ``note`` says why it
    is this table. ``release`` is called when the file is closed.

    Raises:
        SourceError: there are no rows, or they cannot be read.
    """

    def __init__(
        self,
        name: str,
        table: Table,
        size: Resolution | None = None,
        note: str | None = None,
    ) -> None:
        self.name = name
        self.release: Callable[[], object] | None = None
        self.streams: tuple[str, ...] = ()
        self.stream = ""
        self._table = table
        self._choice_note = note
        if not table.rows:
            raise SourceError(f"the recording {name} holds no events")
        self._unreadable: set[int] = set()
        self._block_rows = max(BLOCK_EVENTS, -(-table.rows // _MOST_BLOCKS))
        self._firsts = np.arange(0, table.rows, self._block_rows)
        extent = self._extent()
        self._size_note: str | None = None
        if size is None:
            known_by = f"the recording {name}"
            size, self._size_note = sized_by_events(known_by, "it names no sensor", extent)
        self.resolution = size
        starts = self._starts()
        self._unit = guess_unit(self._sampled_times(starts), table.rows, size.width * size.height)
        self.marks_us = self._unit.to_us(starts)

    @property
    def data_bytes(self) -> int:
        return self._table.rows * self._table.bytes_a_row

    @property
    def note(self) -> str | None:
        lost = len(self._unreadable)
        damage = f"damaged blocks skipped: {lost} of {len(self._firsts)}" if lost else None
        assumed = (self._table.note, self._unit.note, self._size_note)
        notes = (self._choice_note, *assumed, damage)
        return joined(*notes)

    def decode(self, block: int) -> np.ndarray:
        start = int(self._firsts[block])
        rows = self._read(block, start, start + self._block_rows)
        events = np.empty(rows["t"].size, EVENT_DTYPE)
        events["t"] = self._unit.to_us(rows["t"])
        events["x"], events["y"] = _pixels(rows["x"]), _pixels(rows["y"])
        # OFF is 0, False or -1.
        events["p"] = rows["p"] > 0
        return events

    def close(self) -> None:
        self._firsts = self._firsts[:0]
        if self.release is not None:
            self.release()

    def _read(self, block: int, start: int, stop: int) -> dict[str, np.ndarray]:
        """Some rows, none of them if they cannot be read, which is remembered for the block."""
        try:
            return self._table.read(start, min(stop, self._table.rows))
        except OSError:
            self._unreadable.add(block)
            return {name: np.empty(0, np.int64) for name in "txyp"}

    def _extent(self) -> Extent:
        extent = Extent()
        blocks = len(self._firsts)
        for block in np.linspace(0, blocks - 1, min(blocks, _SAMPLED_BLOCKS)).astype(int).tolist():
            start = int(self._firsts[block])
            rows = self._read(block, start, start + _SAMPLED_ROWS)
            extent.add(_pixels(rows["x"]), _pixels(rows["y"]))
        if len(self._unreadable) == blocks:
            raise SourceError(f"the recording {self.name} is damaged: no event can be read")
        return extent

    def _starts(self) -> np.ndarray:
        """The time of each block's first row, (B,), as the file has it."""
        starts: list[np.ndarray] = []
        for block, start in enumerate(self._firsts.tolist()):
            time = self._read(block, start, start + 1)["t"]
            starts.append(time if time.size else starts[-1] if starts else time)
        known = next(time for time in starts if time.size)
        return np.concatenate([time if time.size else known for time in starts])

    def _sampled_times(self, starts: np.ndarray) -> np.ndarray:
        """The times of all blocks, some of one block's, and that of the last row."""
        last_block, rows = len(self._firsts) - 1, self._table.rows
        head = self._read(0, 0, min(_SAMPLED_ROWS, self._block_rows))["t"]
        last = self._read(last_block, rows - 1, rows)["t"]
        return np.concatenate([starts[:1], head, starts[1:], last])


def _pixels(values: np.ndarray) -> np.ndarray:
    """Whole coordinates of (N,) numbers of any type; what no sensor has becomes -1 or 4096."""
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int64)
    clipped: np.ndarray = np.clip(whole, -1, MAX_SIDE_PX)
    return clipped
