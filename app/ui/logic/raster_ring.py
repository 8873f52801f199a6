"""Two seconds of spikes as a ring of pixel columns, so that a take costs a few array writes.

sensor time  ->  | 0 | 1 | 2 | ... | n-1 |     column number = t // column_us
kept at          column number modulo n; the picture starts behind the newest column
"""

from __future__ import annotations

import numpy as np


class RasterRing:
    """Spike counts per row and column. Neurons beyond ``rows`` share rows evenly.

    A layer without any neuron has no row.
    """

    def __init__(self, neurons: int, rows: int, columns: int, column_us: int) -> None:
        self.rows = min(neurons, rows)
        self._column_us = column_us
        self._columns = columns
        self._ring = np.zeros((self.rows, columns), np.int64)
        self._newest: int | None = None
        self._filled = 0
        self._row_starts = -(-np.arange(self.rows) * neurons // max(self.rows, 1))

    def add(self, t_us: int, tick_us: int, spikes: np.ndarray) -> None:
        """Add ``spikes`` (T, N) of consecutive ticks, the first of which starts at ``t_us``."""
        if not spikes.size:
            return
        column = (t_us + tick_us * np.arange(len(spikes))) // self._column_us
        recent = np.searchsorted(column, column[-1] - self._columns, side="right")
        column, spikes = column[recent:], spikes[recent:]
        self._advance(int(column[0]), int(column[-1]))
        starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
        per_column = np.add.reduceat(spikes, starts, axis=0, dtype=np.int32)
        per_row = np.add.reduceat(per_column, self._row_starts, axis=1)
        self._ring[:, column[starts] % self._columns] += per_row.T

    def clear(self) -> None:
        """Forget every spike."""
        self._ring[:] = 0
        self._newest = None
        self._filled = 0

    @property
    def filled(self) -> int:
        """How many of the columns, the newest ones, have been seen."""
        return self._filled

    def image(self) -> np.ndarray:
        """(rows, columns) int64 spikes per pixel, oldest column first."""
        split = 0 if self._newest is None else (self._newest + 1) % self._columns
        return np.concatenate((self._ring[:, split:], self._ring[:, :split]), axis=1)

    def _advance(self, first: int, last: int) -> None:
        """Empty the columns between the newest one and ``last``."""
        if self._newest is None or first < self._newest or last - self._newest >= self._columns:
            self._ring[:] = 0
            self._filled = 0
            seen = last - first + 1
        else:
            self._ring[:, np.arange(self._newest + 1, last + 1) % self._columns] = 0
            seen = last - self._newest
        self._filled = min(self._filled + seen, self._columns)
        self._newest = last
