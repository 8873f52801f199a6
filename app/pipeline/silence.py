"""What time it is on a live sensor that sends nothing."""

from __future__ import annotations

import numpy as np

# Events come in packets, so the newest one is always a little old. To say that time has passed
# before its events have arrived would make them late; so the estimate stays this far behind, and
# further for a source that has been seen to deliver later (a network in bursts, a busy machine).
MIN_LAG_US = 20_000
MAX_LAG_US = 500_000
LAG_DECAY = 0.99  # per batch: one stall is forgotten within a few hundred


class SilenceClock:
    """Estimates the sensor time of a silent live source from the wall clock."""

    def __init__(self) -> None:
        self._heard: tuple[int, float] | None = None  # last event, and when it arrived
        self._lag_us = float(MIN_LAG_US)

    def forget(self) -> None:
        """The sensor clock begins anew; how late the source delivers is still known."""
        self._heard = None

    def hear(self, t_us: np.ndarray, arrived_s: float) -> None:
        """Events with these times (N,), N > 0, arrived."""
        if self._heard is not None:
            late_us = self._estimate_us(*self._heard, arrived_s) - int(t_us[0])
            self._lag_us = max(MIN_LAG_US, min(late_us, MAX_LAG_US), self._lag_us * LAG_DECAY)
        self._heard = int(t_us[-1]), arrived_s

    def now_us(self, now_s: float) -> int | None:
        """Sensor time that has surely passed; none before the first event."""
        if self._heard is None:
            return None
        return round(self._estimate_us(*self._heard, now_s) - self._lag_us)

    @staticmethod
    def _estimate_us(t_us: int, arrived_s: float, now_s: float) -> float:
        return t_us + (now_s - arrived_s) * 1e6
