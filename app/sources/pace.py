"""Sensor time against the clock on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pacer:
    """Says how long to wait until a moment of sensor time, in real time from the first call.

    Whoever is late stays late: lost time is not caught up by hurrying.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._origin_s: float | None = None

    def remaining_s(self, t_us: int) -> float:
        """Seconds until ``t_us``, 0 if it is past."""
        now_s = self._clock()
        due_s = t_us / 1e6
        if self._origin_s is None or self._origin_s + due_s <= now_s:
            self._origin_s = now_s - due_s
            return 0.0  # not the difference, which rounding may leave below it
        return self._origin_s + due_s - now_s
