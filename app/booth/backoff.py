"""How soon something that ended may be started again."""

from __future__ import annotations

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0


class Backoff:
    """The least time between two starts: 1 s, doubled after every run that did not go well.

    It counts from start to start, so what had run for a while is started again at once.
    """

    def __init__(self) -> None:
        self._pause_s = 0.0
        self._started_s = float("-inf")

    def started(self, now_s: float) -> None:
        self._started_s = now_s

    def ended(self, *, went_well: bool) -> None:
        doubled_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        self._pause_s = FIRST_PAUSE_S if went_well else max(doubled_s, FIRST_PAUSE_S)

    def wait_s(self, now_s: float) -> float:
        """How long to wait until the next start; 0 if it may be now."""
        return max(self._started_s + self._pause_s - now_s, 0.0)
