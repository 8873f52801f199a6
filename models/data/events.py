"""The event array of this room, laid out as dv-processing lays it out."""

from __future__ import annotations

import numpy as np

OFF, ON = 0, 1

EVENT_DTYPE = np.dtype(
    {
        "names": ["t", "x", "y", "p"],
        "formats": ["<i8", "<i2", "<i2", "i1"],
        "offsets": [0, 8, 10, 12],
        "itemsize": 16,
    }
)
