"""A file as an array of bytes that are read when they are looked at, and let go of again."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from app.sources.contract import SourceError

_KEPT_BYTES = 1 << 26
# What the system maps around a byte that is looked at.
PAGES_BYTES = 1 << 16
_PICKED_AT_ONCE = _KEPT_BYTES // PAGES_BYTES // 4


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
        if self._touched > _KEPT_BYTES:
            self._touched = 0
            self._advise("MADV_DONTNEED")

    @contextmanager
    def scattered(self) -> Iterator[None]:
        """Small places all over the file are looked at: what follows them is not read ahead, which
        would be the whole of a long recording."""
        self._advise("MADV_RANDOM")
        try:
            yield
        finally:
            self._advise("MADV_NORMAL")

    def pick(self, array: np.ndarray, places: np.ndarray) -> np.ndarray:
        """``array[places]`` of a view of ``raw`` at (N,) places that are far apart."""
        parts = [array[places[:0]]]
        with self.scattered():
            for start in range(0, places.size, _PICKED_AT_ONCE):
                parts.append(array[places[start : start + _PICKED_AT_ONCE]])
                self.touch(PAGES_BYTES * len(parts[-1]))
        return np.concatenate(parts)

    def _advise(self, advice: str) -> None:
        """Tell the system, if it is one that can be told."""
        if hasattr(mmap, advice):
            self._map.madvise(getattr(mmap, advice))
