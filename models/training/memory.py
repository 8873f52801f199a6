"""How the C library treats memory that large tensors have given back."""

from __future__ import annotations

import ctypes
import sys

# glibc's mallopt(3): from which size blocks are mapped one by one, and how much may lie unused.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEEP_BYTES = 1 << 30


def keep_freed_memory() -> None:
    """Let freed blocks be used again instead of going back to the system; elsewhere than on Linux
    nothing is changed.

    A training step frees and takes the same large tensors again and again. Mapped anew each time,
    every page of them costs a fault, and those took half of the time of a step.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # musl has none
        mallopt(_M_MMAP_THRESHOLD, _KEEP_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _KEEP_BYTES)
