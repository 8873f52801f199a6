"""Event counts for the screen: one picture of everything since the last take."""

from __future__ import annotations

import numpy as np

from app.events import Resolution, join_events

MOST = np.iinfo(np.uint16).max


class EventCounts:
    """Events per polarity and pixel since they were last taken, in bounded memory."""

    def __init__(self, resolution: Resolution) -> None:
        self._shape = (2, resolution.height, resolution.width)
        self._counts = np.zeros(2 * resolution.height * resolution.width, np.int64)
        self._pending: list[np.ndarray] = []
        self._pending_events = 0

    def add(self, events: np.ndarray) -> None:
        """Add events (N,)."""
        if not events.size:
            return
        self._pending.append(events)
        self._pending_events += events.size
        # Counting touches every cell, so it pays only for as many events as there are cells.
        if self._pending_events >= self._counts.size:
            self._count_pending()

    def take(self) -> np.ndarray:
        """The counts, (2, H, W) uint16, saturating; from here on they begin at zero."""
        self._count_pending()
        taken = np.minimum(self._counts, MOST).astype(np.uint16).reshape(self._shape)
        self._counts[:] = 0
        return taken

    def _count_pending(self) -> None:
        if not self._pending:
            return
        events = join_events(self._pending)
        _, height, width = self._shape
        row = events["p"].astype(np.int64) * height + events["y"]
        self._counts += np.bincount(row * width + events["x"], minlength=self._counts.size)
        self._pending, self._pending_events = [], 0
