"""How brightly spikes show: by what their layer does, so that sparse and busy ones have structure.

::

    sparse layer   0 ... most      a single spike is well seen
    busy layer     least ... most  what always fires is dark, what fires more stands out
"""

from __future__ import annotations

import numpy as np

SHADES = 256
LEAST_PART, MOST_PART = 0.05, 0.995  # of the pixels
SPARSE_EXPONENT = 0.6


def shades(counts: np.ndarray, filled: int, saturates_at: int) -> np.ndarray:
    """(most + 1,) uint8 how brightly a pixel of so many spikes shows in ``counts``.

    Of those, (rows, columns) integers up to ``most``, the last ``filled`` columns are known. At
    least ``saturates_at`` spikes are the brightest, so that a few do not look like many.
    """
    known = counts[:, counts.shape[1] - filled :]
    if not known.size:
        return np.zeros(int(counts.max(initial=0)) + 1, np.uint8)
    # Spikes per pixel are few, so counting them is much faster than sorting the pixels.
    upto = np.cumsum(np.bincount(known.ravel()))
    least, most = (_percentile(upto, part) for part in (LEAST_PART, MOST_PART))
    spikes = np.arange(int(counts.max()) + 1)
    part = np.clip((spikes - least) / (max(most, least + saturates_at) - least), 0.0, 1.0)
    if least == 0:
        part **= SPARSE_EXPONENT
    return np.round(part * (SHADES - 1)).astype(np.uint8)


def _percentile(upto: np.ndarray, part: float) -> float:
    """What ``part`` of the pixels do not exceed, where ``upto`` (K,) have at most k spikes."""
    place = part * (int(upto[-1]) - 1)
    lower, upper = np.searchsorted(upto, (int(place), min(int(place) + 1, upto[-1] - 1)), "right")
    return float(lower + (place - int(place)) * (upper - lower))
