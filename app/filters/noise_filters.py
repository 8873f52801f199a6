"""What takes events out by those before them, at the same pixel or around it."""

from __future__ import annotations

import numpy as np

from app.events import Resolution
from app.filters.kernels import NEVER, rested, supported


class Refractory:
    """After an event that passes, a pixel is deaf for ``period_us``, to both polarities."""

    def __init__(self, resolution: Resolution, period_us: int) -> None:
        self._period_us = period_us
        self._last_us = np.full((resolution.height, resolution.width), NEVER, np.int64)

    def passing(self, events: np.ndarray) -> np.ndarray:
        return rested(events["t"], events["x"], events["y"], self._last_us, self._period_us)

    def reset(self) -> None:
        self._last_us[:] = NEVER


class Background:
    """Passes what neighbours support: an edge makes several pixels fire, noise only one.

    An event passes if ``least`` of the eight pixels around it had one, of any polarity and whether
    that passed or not, at most ``window_us`` before (Delbruck, "Frame-free dynamic digital
    vision", 2008, with one supporter).
    """

    def __init__(self, resolution: Resolution, window_us: int, least: int = 1) -> None:
        self._window_us = window_us
        self._least = least
        self._last_us = np.full((resolution.height + 2, resolution.width + 2), NEVER, np.int64)

    def passing(self, events: np.ndarray) -> np.ndarray:
        t, x, y = events["t"], events["x"], events["y"]
        return supported(t, x, y, self._last_us, self._window_us, self._least)

    def reset(self) -> None:
        self._last_us[:] = NEVER
