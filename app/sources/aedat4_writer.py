"""Writes AEDAT 4 recordings by dv-processing, with our own checks before it sees anything.

A wrong extension aborts the whole process inside dv-processing 2.0.4.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import dv_processing as dv
import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.dv_bridge import DV_ERRORS, sentence, to_store

_EXTENSION = ".aedat4"
_STORE_EVENTS = 100_000


class Aedat4Writer:
    """A recording in the making; it appears under its name when it is complete.

    Use as a context manager: an exception inside leaves no file behind. A ``compact`` file takes
    about half the space and too long for a fast camera to be written live.

    Raises:
        SourceError: the extension is not .aedat4, or the folder is missing or cannot be written.
    """

    def __init__(
        self,
        path: Path,
        resolution: Resolution,
        camera: str = "spikehand",
        compact: bool = False,
    ) -> None:
        self._path = Path(path)
        self._resolution = resolution
        self._newest_us = -1
        if self._path.suffix != _EXTENSION:
            raise SourceError(f"expected a file name that ends in {_EXTENSION}, got {path}")
        if not self._path.parent.is_dir():
            raise SourceError(f"there is no folder {self._path.parent} to write {path.name} to")
        self._partial = self._path.with_name(
            f".{self._path.stem}.{os.getpid()}.partial{_EXTENSION}"
        )
        size = (resolution.width, resolution.height)
        packing = dv.CompressionType.ZSTD_HIGH if compact else dv.CompressionType.LZ4
        config = dv.io.MonoCameraWriter.EventOnlyConfig(camera, size, packing)
        try:
            self._writer = dv.io.MonoCameraWriter(str(self._partial), config)
        except DV_ERRORS as error:
            raise SourceError(f"cannot write {path}: {sentence(error)}") from error

    def write(self, events: np.ndarray) -> None:
        """Add (N,) EVENT_DTYPE events, not older than those before them.

        Raises:
            SourceError: the events are out of order or outside the sensor, or writing failed.
        """
        if not events.size:
            return
        self._check(events)
        try:
            for start in range(0, events.size, _STORE_EVENTS):
                self._writer.writeEvents(to_store(events[start : start + _STORE_EVENTS]))
        except DV_ERRORS as error:
            raise SourceError(f"cannot write {self._path}: {sentence(error)}") from error
        self._newest_us = int(events["t"][-1])

    def close(self) -> None:
        """Complete the file. Safe to call twice.

        Raises:
            SourceError: the file cannot be put in its place.
        """
        if self._writer is None:
            return
        self._writer = None  # its destructor writes the rest
        try:
            os.replace(self._partial, self._path)
        except OSError as error:
            raise SourceError(f"cannot write {self._path}: {error.strerror}") from error

    def discard(self) -> None:
        """Leave nothing behind."""
        self._writer = None
        self._partial.unlink(missing_ok=True)

    def __enter__(self) -> Aedat4Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _check(self, events: np.ndarray) -> None:
        times = events["t"]
        if times[0] < self._newest_us or np.any(times[1:] < times[:-1]):
            raise SourceError(
                f"expected events in time order to write to {self._path.name}, but time goes back"
            )
        x, y = events["x"].view(np.uint16), events["y"].view(np.uint16)
        if x.max() >= self._resolution.width or y.max() >= self._resolution.height:
            raise SourceError(
                f"expected events inside the {self._resolution} sensor to write to "
                f"{self._path.name}, got some outside"
            )
