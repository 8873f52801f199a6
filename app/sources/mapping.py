"""A file as an array of bytes that are read when they are looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.sources.contract import SourceError


def mapped(path: Path) -> np.ndarray:
    """The (bytes,) uint8 of a file, not writable.

    Raises:
        SourceError: the operating system refuses.
    """
    try:
        return np.memmap(path, np.uint8, mode="r").view(np.ndarray)
    except (OSError, ValueError) as error:  # ValueError: emptied meanwhile
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot read the recording {path}: {reason}") from error
