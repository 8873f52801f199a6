"""For tests of the whole booth: every beat as a line of JSON in a file, if somebody asks for it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import IO

from app.booth.messages import Beat


class Trace:
    """Appends to ``path``, none writes nothing; ``t`` is the system's monotonic time in seconds."""

    def __init__(self, path: str | None) -> None:
        self._file: IO[str] | None = None
        if path:
            try:
                self._file = open(path, "a", buffering=1, encoding="utf-8")  # noqa: SIM115
            except OSError:
                return

    def beat(self, pid: int, beat: Beat) -> None:
        self._write({"kiosk": pid, **asdict(beat)})

    def started(self, pid: int) -> None:
        self._write({"started": pid})

    def ended(self, reason: str) -> None:
        self._write({"ended": reason})

    def _write(self, fields: dict[str, object]) -> None:
        if self._file is None:
            return
        try:
            self._file.write(json.dumps({"t": time.monotonic(), **fields}) + "\n")
        except OSError:
            self._file = None
