"""From dv-processing: events as numpy arrays, and errors in one sentence."""

from __future__ import annotations

import dv_processing as dv
import numpy as np

from app.events import EVENT_DTYPE

# What C++ exceptions become; a missing camera, for one, is an IndexError.
DV_ERRORS = (RuntimeError, ValueError, IndexError, MemoryError)


def to_numpy(store: dv.EventStore) -> np.ndarray:
    """The events of a store as (N,) EVENT_DTYPE, a copy of their own."""
    return store.numpy().view(EVENT_DTYPE)


def sentence(error: BaseException) -> str:
    """What dv-processing says, without the C++ signature before it and the stack trace after."""
    message = str(error).split("\nStacktrace:")[0]
    lines = [line.strip() for line in message.splitlines() if ".hpp(" not in line]
    text = " ".join(line for line in lines if line)
    return text.replace(" - Error info:", "").rstrip(". ") or type(error).__name__
