"""How noisy a stream is, measured while it runs."""

from __future__ import annotations

import numpy as np

from app.events import Resolution
from app.filters.hot import LEARNING_US, HotPixels
from app.filters.kernels import counted
from app.filters.noise_filters import Background
from app.filters.suggestion import Noise
from app.settings import FilterSettings

# Isolated is an event before which no neighbour had one for so long.
ISOLATION_US = 5_000
BLOCK_PX = 8
# The median over blocks does not mind where something moves, as that is less than half of them.
WINDOW_US = 2 * LEARNING_US


class NoiseMeter:
    """Measures again in every second of the stream; the first one is only looked at."""

    def __init__(self, sensor: Resolution) -> None:
        self.noise: Noise | None = None
        self._hot = HotPixels(sensor, FilterSettings().hot_hz)
        self._background = Background(sensor, ISOLATION_US)
        self._isolated = np.zeros((sensor.height, sensor.width), np.int32)
        self._until_us: int | None = None
        self._warm = False  # whether hot pixels are known

    def reset(self) -> None:
        """Time begins anew; what was measured stays until there is something newer."""
        self._hot.reset()
        self._background.reset()
        self._isolated[:] = 0
        self._until_us = None

    def see(self, events: np.ndarray) -> None:
        """Take in (N,) events in the order of time."""
        if not events.size:
            return
        first_us = int(events["t"][0])
        if self._until_us is None:
            self._until_us = first_us + WINDOW_US
        elif first_us >= self._until_us:
            self._conclude(first_us)
        lonely = self._hot.passing(events) & ~self._background.passing(events)
        counted(events["x"][lonely], events["y"][lonely], self._isolated, self._hot.hot)

    def _conclude(self, now_us: int) -> None:
        if self._warm:
            isolated_hz = typical(self._isolated) / (WINDOW_US / 1e6)
            self.noise = Noise(isolated_hz, int(self._hot.hot.sum()))
        self._warm = True
        self._isolated[:] = 0
        self._until_us = now_us + WINDOW_US


def typical(counts: np.ndarray) -> float:
    """The count (H, W) of a pixel where nothing moves: the median of the means of blocks."""
    height, width = counts.shape
    rows, columns = (max(side // BLOCK_PX, 1) for side in (height, width))
    blocks = [
        block.mean()
        for band in np.array_split(counts, rows, axis=0)
        for block in np.array_split(band, columns, axis=1)
    ]
    return float(np.median(blocks))
