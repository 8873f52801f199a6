"""A slower clock inside a fast one: figures that people read must not flicker."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

READING_MS = 200


class Pace:
    """Says at most every ``period_ms`` that it is time."""

    def __init__(self, period_ms: int = READING_MS) -> None:
        self._period_ms = period_ms
        self._timer = QElapsedTimer()

    def due(self, *, now: bool = False) -> bool:
        """Whether the period is over; ``now`` makes it so."""
        if now or not self._timer.isValid() or self._timer.elapsed() >= self._period_ms:
            self._timer.start()
            return True
        return False
