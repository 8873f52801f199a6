"""The newest events for the screen, as they came: what pictures by count or by time need."""

from __future__ import annotations

from collections import deque

import numpy as np

# 8 MB; a quarter of a second of two million events a second.
MOST_EVENTS = 500_000


class FreshEvents:
    """Events since they were last taken, in the arrays they came in; the oldest go first."""

    def __init__(self) -> None:
        self._parts: deque[np.ndarray] = deque()
        self._events = 0

    def add(self, events: np.ndarray) -> None:
        """Add events (N,), which are kept and not copied."""
        if not events.size:
            return
        self._parts.append(events)
        self._events += events.size
        while self._events > MOST_EVENTS and len(self._parts) > 1:
            self._events -= self._parts.popleft().size

    def take(self) -> tuple[np.ndarray, ...]:
        """What has come, oldest first; from here on there is none."""
        parts = tuple(self._parts)
        self._parts.clear()
        self._events = 0
        return parts
