"""What was watched since the last take, as far back as the screen reaches."""

from __future__ import annotations

from collections import deque

from app.recognition.watching import Watched

KEPT_US = 2_000_000


class WatchedTrail:
    """Pieces since they were last taken, about ``KEPT_US`` at most however long nobody takes."""

    def __init__(self) -> None:
        self._pieces: deque[Watched] = deque()

    def clear(self) -> None:
        self._pieces.clear()

    def add(self, piece: Watched | None) -> None:
        """Add what was watched of the newest ticks, if anything was."""
        if piece is None:
            return
        self._pieces.append(piece)
        while piece.t_us - self._pieces[0].end_us >= KEPT_US:
            self._pieces.popleft()

    def take(self) -> tuple[Watched, ...]:
        """The pieces, oldest first."""
        pieces = tuple(self._pieces)
        self.clear()
        return pieces
