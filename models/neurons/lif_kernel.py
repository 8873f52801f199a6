"""``LifScan`` on processors: one compiled pass over time forward and one back.

Arrays are (T, P, C) float32, channels last: whatever the neurons' places, channel c leaks by
``decay[c]``. The arithmetic is that of ``models.neurons.surrogate``, operation by operation.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from models.compiling import compiled_parallel

STEEPNESS = np.float32(4.0)
# What leaks for seconds becomes denormal, and arithmetic with such numbers takes many times longer.
NOTHING = np.float32(1e-24)


@compiled_parallel
def scan(
    x: np.ndarray, decay: np.ndarray, v: np.ndarray, most: np.float32, u: np.ndarray, s: np.ndarray
) -> None:
    """Membranes ``u`` and spikes ``s`` of charges ``x``; ``v`` (P, C) is taken on to the end."""
    for place in prange(x.shape[1]):
        for t in range(x.shape[0]):
            for c in range(x.shape[2]):
                membrane = v[place, c] * decay[c] + x[t, place, c]
                spikes = min(max(np.floor(membrane), np.float32(0.0)), most)
                u[t, place, c], s[t, place, c] = membrane, spikes
                v[place, c] = membrane - spikes


@compiled_parallel
def scan_back(
    u: np.ndarray,
    s: np.ndarray,
    decay: np.ndarray,
    v0: np.ndarray,
    most: np.float32,
    g: np.ndarray,
    gdecay: np.ndarray,
) -> None:
    """Turn gradients ``g`` of spikes into those of charges; ``gdecay`` (P, C) is that of decays."""
    middle, reach = (most + np.float32(1.0)) / np.float32(2.0), most / np.float32(2.0)
    for place in prange(u.shape[1]):
        for back in range(u.shape[0]):
            t = u.shape[0] - 1 - back
            for c in range(u.shape[2]):
                beyond = max(abs(u[t, place, c] - middle) - reach, np.float32(0.0))
                fall = beyond * STEEPNESS + np.float32(1.0)
                carried = np.float32(0.0)
                if back:
                    carried = g[t + 1, place, c] * decay[c]
                now = g[t, place, c] / (fall * fall) + carried
                now = now if abs(now) > NOTHING else np.float32(0.0)
                before = v0[place, c]
                if t:
                    before = u[t - 1, place, c] - s[t - 1, place, c]
                g[t, place, c] = now
                gdecay[place, c] += now * before
