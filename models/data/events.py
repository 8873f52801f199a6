"""The event array of this room, laid out as dv-processing lays it out."""

from __future__ import annotations

from collections.abc import Sequence

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


def join_events(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Arrays of ``EVENT_DTYPE`` in one, in time order; events of equal time keep theirs."""
    # As plain bytes: concatenating records copies field by field and drops the padding.
    joined = [part.view(np.dtype("V16")) for part in parts]
    events = np.concatenate(joined).view(EVENT_DTYPE) if joined else np.empty(0, EVENT_DTYPE)
    return events[np.argsort(events["t"], kind="stable")]
