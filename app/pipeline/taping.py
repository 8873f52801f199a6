"""A live source that plays, written to a file from now on."""

from __future__ import annotations

import time
from pathlib import Path

from app.pipeline.recorder import Recorder, Tape
from app.pipeline.run import Run
from app.sources.contract import SourceError


class Taping:
    """One recording after the other; ``tape`` tells of the last one, none before the first."""

    def __init__(self) -> None:
        self._recorder: Recorder | None = None

    def begin(self, path: Path, run: Run | None) -> None:
        """Write what the live source of ``run`` sends from now on, also while it is held.

        Raises:
            SourceError: nothing live plays, or the file cannot be written.
        """
        info = None if run is None else run.reader.info  # the tape has no filters
        if run is None or info is None or not info.is_live:
            raise SourceError("expected a live source to record, but none plays")
        self.end()
        self._recorder = Recorder(path, info)
        run.reader.tap = self._recorder.put

    def end(self) -> None:
        """Complete the file; without a recording, nothing happens."""
        if self._recorder is not None:
            self._recorder.close()

    @property
    def tape(self) -> Tape | None:
        return None if self._recorder is None else self._recorder.tape

    def join(self, deadline_s: float) -> bool:
        """Wait until the file is complete, until ``deadline_s`` on the monotonic clock."""
        rest_s = max(0.0, deadline_s - time.monotonic())
        return self._recorder is None or self._recorder.join(rest_s)
