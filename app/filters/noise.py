"""How noisy a stream is, and which filters would help."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.events import Resolution
from app.filters.hot import LEARNING_US, HotPixels
from app.filters.noise_filters import Background
from app.settings import FilterSettings

# Isolated is an event before which no neighbour had one for so long.
ISOLATION_US = 5_000
BLOCK_PX = 8
# The median over blocks does not mind where something moves, as that is less than half of them.
WINDOW_US = 2 * LEARNING_US

# Below this rate, noise is about a thousandth of what a hand gives.
QUIET_HZ = 0.02
# Of noise, so much may pass because a neighbour happened to have noise, too.
PASSING_BY_CHANCE = 0.1
WINDOWS_US = (1_000, 2_000, 5_000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Noise:
    """``isolated_hz`` is events that no neighbour supports, per pixel and second, in the still part
    of the picture; ``hot`` how many pixels fire all the time."""

    isolated_hz: float
    hot: int

    @property
    def is_quiet(self) -> bool:
        """Whether no filter is worth its while."""
        return self.isolated_hz < QUIET_HZ and not self.hot


class NoiseMeter:
    """Measures again in every second of the stream; the first one is only looked at."""

    def __init__(self, sensor: Resolution) -> None:
        self.noise: Noise | None = None
        self._sensor = sensor
        self._hot = HotPixels(sensor, FilterSettings().hot_hz)
        self._background = Background(sensor, ISOLATION_US)
        self._isolated = np.zeros(sensor.height * sensor.width, np.int64)
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
        places = events["y"][lonely].astype(np.int64) * self._sensor.width + events["x"][lonely]
        np.add.at(self._isolated, places, 1)

    def _conclude(self, now_us: int) -> None:
        if self._warm:
            grid = self._isolated.reshape(self._sensor.height, self._sensor.width)
            isolated_hz = typical(grid) / (WINDOW_US / 1e6)
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


def suggested(noise: Noise, settings: FilterSettings) -> FilterSettings:
    """The settings with the noise filters as this noise asks for; the others stay as they are."""
    return settings.model_copy(
        update={
            "hot": noise.hot > 0,
            "background": noise.isolated_hz >= QUIET_HZ,
            "background_us": background_window(noise.isolated_hz),
            "background_neighbours": 1,
        }
    )


def background_window(isolated_hz: float) -> int:
    """The longest time in us in which eight noisy neighbours seldom support noise by chance."""
    fitting = [
        window_us
        for window_us in WINDOWS_US
        if 8 * isolated_hz * window_us / 1e6 <= PASSING_BY_CHANCE
    ]
    return max(fitting, default=WINDOWS_US[0])
