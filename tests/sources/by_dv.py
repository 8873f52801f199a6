"""Recordings as dv-processing itself writes them."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import dv_processing as dv
import numpy as np

from tests.sources.making import in_batches


def to_store(events: np.ndarray) -> dv.EventStore:
    """A store that holds (N,) EVENT_DTYPE events, which must be in time order."""
    store = dv.EventStore()
    columns = (events["t"], events["x"], events["y"], events["p"].astype(bool))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    deque(map(store.push_back, rows), maxlen=0)
    return store


def write_by_dv(
    path: Path, events: np.ndarray, packing: dv.CompressionType = dv.CompressionType.LZ4
) -> None:
    """A DVS128 recording of (N,) EVENT_DTYPE events in packets of a thousand."""
    config = dv.io.MonoCameraWriter.EventOnlyConfig("DVS128", (128, 128), packing)
    writer = dv.io.MonoCameraWriter(str(path), config)
    for part in in_batches(events, 1000):
        writer.writeEvents(to_store(part))
