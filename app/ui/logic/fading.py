"""Event counts that fade: what each pixel did lately, independent of how often the screen asks.

A pixel's level decays with time constant tau in sensor time. The counts of one take happened
somewhere within the dt since the last one, so they are credited with the mean of the decay over
dt:

    level <- level * exp(-dt / tau) + counts * (1 - exp(-dt / tau)) * tau / dt

A steady pixel of r events per second thus settles at r * tau for every dt: at 0.1x and at 10x
speed, at 10 Hz and at 60 Hz, the picture is equally bright.
"""

from __future__ import annotations

import math

import numpy as np


def is_before(t_us: int | None, other_us: int | None) -> bool:
    """Whether a time lies before another, where both are known."""
    return t_us is not None and other_us is not None and t_us < other_us


class EventFader:
    """Faded events per pixel and polarity. ``levels`` is (2, H, W) float32, or none at first."""

    def __init__(self, fading_ms: float) -> None:
        self.fading_ms = fading_ms
        self.levels: np.ndarray | None = None
        self._position_us: int | None = None

    def add(self, counts: np.ndarray, position_us: int | None, restarted: bool = False) -> None:
        """Fade up to ``position_us`` and add ``counts`` (2, H, W).

        Sensor time that stands still fades nothing, so a paused picture stays.
        """
        went_back = is_before(position_us, self._position_us)
        if restarted or went_back or self.levels is None or self.levels.shape != counts.shape:
            self.levels = np.zeros(counts.shape, np.float32)
            self._position_us = None
        keep, credit = self._weights(position_us)
        if keep != 1.0:
            self.levels *= np.float32(keep)
        self.levels += counts * np.float32(credit)
        self._position_us = position_us

    def begin(self, levels: np.ndarray, position_us: int) -> None:
        """Go on from ``levels`` (2, H, W) float32, as they are at ``position_us``."""
        self.levels, self._position_us = levels, position_us

    def clear(self) -> None:
        """Forget everything, as if nothing had been added."""
        self.levels = None
        self._position_us = None

    def _weights(self, position_us: int | None) -> tuple[float, float]:
        if position_us is None or self._position_us is None or position_us <= self._position_us:
            return 1.0, 1.0
        elapsed = (position_us - self._position_us) / (1000.0 * self.fading_ms)
        keep = math.exp(-elapsed)
        return keep, (1.0 - keep) / elapsed
