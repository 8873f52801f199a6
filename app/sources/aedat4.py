"""AEDAT 4 recordings by way of dv-processing, which asks for the extension .aedat4."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import dv_processing as dv
import numpy as np

from app.events import Resolution
from app.sources.aedat4_repair import copy_without_table
from app.sources.aedat4_writer import Aedat4Writer
from app.sources.contract import SourceError
from app.sources.dv_bridge import DV_ERRORS, sentence, to_numpy
from app.sources.recording import Span

__all__ = ["Aedat4Reader", "Aedat4Writer"]

_EXTENSION = ".aedat4"
_WINDOW_US = 50_000
_LONGEST_WINDOW_US = 10_000_000
_LONGEST_SPAN_US = 30 * 24 * 3600 * 1_000_000
_REPAIRED = "its end is missing or damaged, played as far as it goes"


class Aedat4Reader:
    """The events of the first event stream; pictures and other streams are skipped.

    Reads from packet to packet until ``seek`` is called, and by windows of time after that:
    dv-processing has no other way to begin in the middle.

    Raises:
        SourceError: dv-processing cannot open the file, or it holds no events.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self.note: str | None = None
        self._recording = self._opened(path)
        self._stream = self._event_stream()
        self.resolution = self._checked_resolution()
        self.span = self._checked_span()
        # Where the next window of time begins; none while reading from packet to packet.
        self._window_us: int | None = None
        self._width_us = _WINDOW_US

    def read(self) -> np.ndarray | None:
        try:
            if self._window_us is None:
                store = self._recording.getNextEventBatch(self._stream)
            elif self._window_us >= self.span.end_us:
                store = None
            else:
                store = self._read_window(self._window_us)
        except DV_ERRORS as error:
            raise SourceError(
                f"the recording {self._name} is damaged: {sentence(error)}"
            ) from error
        return None if store is None else to_numpy(store)

    def _read_window(self, start_us: int) -> dv.EventStore:
        """The next window's events. Windows grow where there are none: a gap may last for days."""
        end_us = start_us + self._width_us
        store = self._recording.getEventsTimeRange(start_us, end_us, self._stream)
        if not store:
            self._window_us, self._width_us = end_us, min(2 * self._width_us, _LONGEST_WINDOW_US)
        elif self._width_us > _WINDOW_US:
            self._width_us, store = _WINDOW_US, None  # too many for once: again in small steps
        else:
            self._window_us = end_us
        return store or dv.EventStore()

    def seek(self, t_us: int) -> None:
        if t_us <= self.span.start_us:
            self._recording.resetSequentialRead()
            self._window_us = None
        else:
            self._window_us, self._width_us = t_us, _WINDOW_US

    def close(self) -> None:
        self._recording = None

    def _opened(self, path: Path) -> dv.io.MonoCameraRecording:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            # The file stays open inside dv-processing after its name here is gone.
            named = _with_extension(path, Path(folder))
            try:
                return dv.io.MonoCameraRecording(str(named))
            except DV_ERRORS as error:
                if "FileDataTable" not in str(error):
                    raise self._damaged(error, named) from error
            repaired = copy_without_table(path, Path(folder) / f"repaired{_EXTENSION}")
            try:
                recording = dv.io.MonoCameraRecording(str(repaired))
            except DV_ERRORS as error:
                raise self._damaged(error, repaired) from error
        self.note = _REPAIRED
        return recording

    def _damaged(self, error: BaseException, named: Path) -> SourceError:
        reason = sentence(error).replace(str(named), self._name)
        return SourceError(f"the recording {self._name} cannot be opened: {reason}")

    def _event_stream(self) -> str:
        names = self._recording.getStreamNames()
        for name in names:
            if self._recording.isStreamOfEventType(name):
                return name
        raise SourceError(
            f"the recording {self._name} has no event stream, only {', '.join(names) or 'nothing'}"
        )

    def _checked_resolution(self) -> Resolution:
        size = self._recording.getEventResolution(self._stream)
        try:
            return Resolution(*size)
        except (TypeError, ValueError) as error:
            raise SourceError(
                f"the recording {self._name} is damaged: it gives {size} as its sensor size"
            ) from error

    def _checked_span(self) -> Span:
        first_us, last_us = self._recording.getTimeRange()
        if first_us > last_us:
            raise SourceError(f"the recording {self._name} holds no events")
        if first_us < 0 or last_us - first_us > _LONGEST_SPAN_US:
            raise SourceError(
                f"the recording {self._name} is damaged: its times reach from {first_us} us to "
                f"{last_us} us"
            )
        return Span(first_us, last_us + 1)


def _with_extension(path: Path, folder: Path) -> Path:
    """The file under a name that ends in .aedat4, in ``folder`` unless it has one already."""
    if path.suffix == _EXTENSION:
        return path
    named = folder / f"recording{_EXTENSION}"
    for attempt in (os.symlink, os.link):
        with contextlib.suppress(OSError):
            attempt(path.resolve(), named)
            return named
    shutil.copyfile(path, named)
    return named
