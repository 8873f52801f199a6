"""Hot pixels: those that fire all the time while what is around them is still.

Learnt without being told: in every half second of the stream, a pixel is hot that fires at least at
a given rate and many times as often as the third busiest of its eight neighbours. Where a hand
moves, even its corners have three neighbours as busy, and two hot pixels side by side are still
found. What one half second has learnt holds in the next.
"""

from __future__ import annotations

import numpy as np

from app.events import Resolution
from app.filters.kernels import counted

LEARNING_US = 500_000
TIMES_THE_NEIGHBOURS = 8
RANK = 3  # of the neighbour that is compared with


def hot_among(counts: np.ndarray, least: float) -> np.ndarray:
    """(H, W) bool: which pixels are hot by their ``counts`` (H, W), of at least ``least``."""
    hot = counts >= least
    rows, columns = np.nonzero(hot)
    padded = np.pad(counts, 1)
    around = [
        padded[rows + down, columns + across]
        for down in range(3)
        for across in range(3)
        if (down, across) != (1, 1)
    ]
    usual = np.sort(around, axis=0)[-RANK]
    hot[rows, columns] = counts[rows, columns] > TIMES_THE_NEIGHBOURS * usual
    return hot


class HotPixels:
    """Lets nothing pass from pixels that it has learnt to be hot, those above ``rate_hz``."""

    def __init__(self, resolution: Resolution, rate_hz: int) -> None:
        shape = (resolution.height, resolution.width)
        self.hot = np.zeros(shape, np.bool_)
        self._least = max(rate_hz * LEARNING_US / 1e6, 1.0)
        self._counts = np.zeros(shape, np.int32)
        self._until_us: int | None = None  # the end of the half second that is being counted

    def reset(self) -> None:
        """Time begins anew; which pixels are hot is known of the sensor, and stays."""
        self._counts[:] = 0
        self._until_us = None

    def passing(self, events: np.ndarray) -> np.ndarray:
        """(N,) bool: which of (N,) events pass."""
        t_us = events["t"]
        if self._until_us is None:
            self._until_us = int(t_us[0]) + LEARNING_US
        passes = np.empty(t_us.size, np.bool_)
        begin = 0
        while begin < t_us.size:
            if t_us[begin] >= self._until_us:
                self._learn(int(t_us[begin]))
            end = int(np.searchsorted(t_us, self._until_us))
            part = events[begin:end]
            passes[begin:end] = counted(part["x"], part["y"], self._counts, self.hot)
            begin = end
        return passes

    def _learn(self, now_us: int) -> None:
        """The half second is over, and ``now_us`` lies in the one to count next."""
        assert self._until_us is not None
        self.hot = hot_among(self._counts, self._least)
        self._counts[:] = 0
        self._until_us += ((now_us - self._until_us) // LEARNING_US + 1) * LEARNING_US
