"""A file as an array of bytes that are read when they are looked at, and let go of again."""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np

from app.sources.contract import SourceError

_KEPT_BYTES = 1 << 26
# What the system maps around a byte that is looked at.
PAGES_BYTES = 1 << 16


class Mapping:
    """``raw`` is the (bytes,) uint8 of a file, not writable.

    Raises:
        SourceError: the operating system refuses.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: emptied meanwhile
            reason = getattr(error, "strerror", None) or str(error)
            raise SourceError(f"cannot read the recording {path}: {reason}") from error
        self.raw = np.frombuffer(self._map, np.uint8)
        self._touched = 0

    def touch(self, size: int) -> None:
        """So many bytes have been looked at. Now and then all are let go of, which are the
        system's to keep or not, or a long recording would seem to fill the memory."""
        self._touched += size
        if self._touched > _KEPT_BYTES and hasattr(self._map, "madvise"):
            self._touched = 0
            self._map.madvise(mmap.MADV_DONTNEED)
