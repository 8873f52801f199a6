"""The pixels' photoreceptors and comparators over a chunk of frames, compiled."""

from __future__ import annotations

import numpy as np

from models.compiling import compiled

# What one pixel sends in one frame at most.
MOST_EVENTS = 8
# The compression is read from a table of so many steps a grey level.
STEPS = 8


@compiled
def compare(
    grey: np.ndarray,
    table: np.ndarray,
    low: np.ndarray,
    base: np.ndarray,
    last_s: np.ndarray,
    on: np.ndarray,
    off: np.ndarray,
    leak: np.ndarray,
    speed: float,
    t_s: float,
    dt_s: float,
    refractory_s: float,
    pixel: np.ndarray,
    time: np.ndarray,
    rise: np.ndarray,
) -> int:
    """Move the state on by frames (F, N) of grey levels and say how many events there were.

    ``table`` has the compression of grey levels in steps of 1 / ``STEPS``; ``speed`` is the share
    of its way that the low-pass goes per frame and grey level. ``low``, ``base`` and ``last_s``
    (N,) are changed in place; ``pixel``, ``time`` in seconds and ``rise`` are filled from their
    beginning and must hold ``MOST_EVENTS`` for each pixel of each frame.
    """
    frames, size = grey.shape
    found = 0
    steps, top = np.float32(STEPS), np.float32(len(table) - 2)
    rate, step_s = np.float32(speed), np.float32(dt_s)
    for frame in range(frames):
        start_s = t_s + frame * dt_s
        for n in range(size):
            light = grey[frame, n]
            place = min(light * steps, top)
            cell = int(place)
            level = table[cell] + (table[cell + 1] - table[cell]) * (place - np.float32(cell))
            share = min((light + np.float32(20.0)) * rate, np.float32(1.0))
            low[n] += share * (level - low[n])
            base[n] -= step_s * leak[n]
            change = low[n] - base[n]
            if -off[n] < change < on[n]:
                continue
            rising = change > 0
            threshold = on[n] if rising else off[n]
            count = int(abs(change) / threshold)
            base[n] += np.float32(count) * threshold if rising else -np.float32(count) * threshold
            # A pixel still at rest sends nothing, but its level is taken all the same.
            rested_s, step = last_s[n] + refractory_s, dt_s / (count + 1)
            for rank in range(min(count, MOST_EVENTS)):
                moment = start_s + (rank + 1) * step
                if moment >= rested_s:
                    pixel[found], time[found], rise[found] = n, moment, rising
                    last_s[n] = moment
                    found += 1
    return found
