"""How brightly spikes show: by what their layer does, so that sparse and busy ones have structure.

::

    sparse layer   0 ... most      a single spike is well seen
    busy layer     least ... most  what always fires is dark, what fires more stands out
"""

from __future__ import annotations

import numpy as np

SHADES = 256
LEAST_PART, MOST_PART = 5, 99.5  # percent of the pixels
SPARSE_EXPONENT = 0.6


def brightness(counts: np.ndarray, filled: int, saturates_at: int) -> np.ndarray:
    """(rows, columns) uint8 of spikes per pixel, of which the last ``filled`` columns are known.

    At least ``saturates_at`` spikes are the brightest, so that a few do not look like many.
    """
    known = counts[:, counts.shape[1] - filled :]
    if not known.size:
        return np.zeros(counts.shape, np.uint8)
    least, most = np.percentile(known, (LEAST_PART, MOST_PART))
    part = np.clip((counts - least) / (max(most, least + saturates_at) - least), 0.0, 1.0)
    if least == 0:
        part **= SPARSE_EXPONENT
    return np.round(part * (SHADES - 1)).astype(np.uint8)
