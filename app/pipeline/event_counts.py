"""Event counts for the screen: one picture of everything since the last take."""

from __future__ import annotations

import numpy as np

from app.events import Resolution, join_events

MOST = np.iinfo(np.uint16).max


class EventCounts:
    """Events per polarity and pixel since they were last taken, in bounded memory."""

    def __init__(self, resolution: Resolution) -> None:
        self._shape = (2, resolution.height, resolution.width)
        self._cells = 2 * resolution.height * resolution.width
        self._counts: np.ndarray | None = None  # of the events that are not pending
        self._counted = 0
        self._pending: list[np.ndarray] = []
        self._pending_events = 0

    def add(self, events: np.ndarray) -> None:
        """Add events (N,)."""
        if not events.size:
            return
        self._pending.append(events)
        self._pending_events += events.size
        # Counting touches every cell, so it pays only for as many events as there are cells.
        if self._pending_events >= self._cells:
            self._count_pending()

    def take(self) -> np.ndarray:
        """The counts, (2, H, W) uint16, saturating; from here on they begin at zero."""
        self._count_pending()
        counts, self._counts = self._counts, None
        counted, self._counted = self._counted, 0
        if counts is None:
            return np.zeros(self._shape, np.uint16)
        if counted > MOST:  # else no cell has so many
            np.minimum(counts, MOST, out=counts)
        return counts.astype(np.uint16).reshape(self._shape)

    def _count_pending(self) -> None:
        if not self._pending:
            return
        events = join_events(self._pending)
        _, height, width = self._shape
        row = events["p"].astype(np.int64) * height + events["y"]
        counts = np.bincount(row * width + events["x"], minlength=self._cells)
        if self._counts is not None:
            counts += self._counts
        self._counts = counts
        self._counted += events.size
        self._pending, self._pending_events = [], 0
