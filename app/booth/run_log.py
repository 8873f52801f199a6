"""The log of one run of the kiosk: bounded in size, in number and in how fast it may grow."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

KEPT_RUNS = 10
# A log that is full goes on in a new file, and the one before stays.
MOST_BYTES = 512 * 1024
BURST_BYTES, BYTES_PER_S = 256 * 1024, 8 * 1024
PREFIX = "kiosk-"


class RunLog:
    """Best effort: after an error (disk full, read-only) no more is written, and ``fault`` says so.

    Closing it tells how many bytes were left out because they came too fast.
    """

    def __init__(self, folder: Path | None, began: datetime) -> None:
        self.fault: str | None = None
        self._handle: int | None = None
        self._bytes = 0
        self._left_out = 0
        self._budget, self._filled_s = float(BURST_BYTES), time.monotonic()
        if folder is not None:
            self._path = folder / f"{PREFIX}{began:%Y%m%d-%H%M%S-%f}.log"
            with self._faults():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                forget_old(folder, KEPT_RUNS - 1)
                self._open()

    def write(self, line: bytes) -> None:
        """One line without its end."""
        if self._handle is None:
            return
        now_s = time.monotonic()
        refill = (now_s - self._filled_s) * BYTES_PER_S
        self._budget, self._filled_s = min(self._budget + refill, BURST_BYTES), now_s
        if len(line) > self._budget:
            self._left_out += len(line)
            return
        if self._left_out:
            self._write(f"... {self._left_out} bytes left out".encode())
            self._left_out = 0
        self._budget -= len(line)
        self._write(line)

    def say(self, sentence: str) -> None:
        """A line of our own, with the time."""
        if self._handle is not None:
            self._write(f"{datetime.now():%Y-%m-%d %H:%M:%S} kiosk: {sentence}".encode())

    def close(self) -> None:
        if self._handle is None:
            return
        if self._left_out:
            self._write(f"... {self._left_out} bytes left out".encode())
        self._close()

    def _write(self, line: bytes) -> None:
        with self._faults():
            if self._bytes + len(line) > MOST_BYTES:
                self._close()
                os.replace(self._path, self._path.with_suffix(".1.log"))
                self._open()
            if self._handle is not None:
                self._bytes += os.write(self._handle, line + b"\n")

    def _open(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._handle, self._bytes = os.open(self._path, flags, 0o600), 0

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = f"no log is written: {error}"
            with contextlib.suppress(OSError):
                self._close()
            self._handle = None


def forget_old(folder: Path, kept: int) -> None:
    """Take away the logs of all runs but the newest.

    Raises:
        OSError: the folder cannot be read or written.
    """
    logs = sorted(path for path in folder.iterdir() if path.name.startswith(PREFIX))
    runs = sorted({path.name.split(".")[0] for path in logs})
    gone = set(runs[: max(len(runs) - kept, 0)])
    for path in logs:
        if path.name.split(".")[0] in gone:
            path.unlink()
