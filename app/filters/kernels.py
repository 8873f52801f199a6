"""The loops over events in which each depends on those before it, compiled.

Times are (N,) int64 us in order, places (N,) int16 pixels inside the sensor. Every function returns
(N,) bool, whether an event passes, and carries its state on in the arrays that it is given, so the
answer is the same however a stream is cut.
"""

from __future__ import annotations

import numpy as np

from models.compiling import compiled

NEVER = -(2**62)  # us; so far back that no event lies within any time of it


@compiled
def rested(
    t: np.ndarray, x: np.ndarray, y: np.ndarray, last_us: np.ndarray, period_us: int
) -> np.ndarray:
    """Whether a pixel's last event that passed, in ``last_us`` (H, W), is a period ago."""
    passes = np.empty(t.size, np.bool_)
    for i in range(t.size):
        passes[i] = t[i] - last_us[y[i], x[i]] >= period_us
        if passes[i]:
            last_us[y[i], x[i]] = t[i]
    return passes


@compiled
def supported(
    t: np.ndarray, x: np.ndarray, y: np.ndarray, last_us: np.ndarray, window_us: int, least: int
) -> np.ndarray:
    """Whether so many of the eight neighbours had an event at most ``window_us`` before.

    ``last_us`` (H + 2, W + 2) holds every pixel's last event with a border around the sensor.
    """
    passes = np.empty(t.size, np.bool_)
    for i in range(t.size):
        row, column = y[i] + 1, x[i] + 1
        since_us = t[i] - window_us
        found = 0
        for r in range(row - 1, row + 2):
            for c in range(column - 1, column + 2):
                if last_us[r, c] >= since_us and (r != row or c != column):
                    found += 1
        passes[i] = found >= least
        last_us[row, column] = t[i]
    return passes


@compiled
def counted(x: np.ndarray, y: np.ndarray, counts: np.ndarray, barred: np.ndarray) -> np.ndarray:
    """Whether a pixel is not in ``barred`` (H, W) bool; its event is added to ``counts`` (H, W)."""
    passes = np.empty(x.size, np.bool_)
    for i in range(x.size):
        counts[y[i], x[i]] += 1
        passes[i] = not barred[y[i], x[i]]
    return passes
