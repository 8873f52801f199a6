"""A place of its own for the booth: folders, a display, and a mark on everything started there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
MARK = "SPIKEHAND_SOAK"
TRACE = "SPIKEHAND_KIOSK_TRACE"
START_LIMIT_S, END_LIMIT_S = 60.0, 5.0


class Failure(Exception):  # noqa: N818 - of the booth, not of this program
    """What makes it pointless to go on; the message is one sentence."""


def wait_until(condition: Callable[[], object], what: str, limit_s: float = START_LIMIT_S) -> None:
    """Look every 20 ms.

    Raises:
        Failure: it does not come to that in time.
    """
    end_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end_s:
            raise Failure(f"{what} took longer than {limit_s:g} s")
        time.sleep(0.02)


class Place:
    """Folders that are taken away at the end, and processes that are ended then."""

    def __init__(self, kept: Path | None) -> None:
        self.mark = uuid.uuid4().hex
        self.folder = Path(tempfile.mkdtemp(prefix="spikehand-soak-"))
        self.trace = self.folder / "trace.jsonl"
        self.temporary = self.folder / "tmp"
        self._runtime = self.folder / "run"
        for path in (self.temporary, self._runtime):
            path.mkdir(mode=0o700)
        self._kept = kept
        self._log = open(self.folder / "output.log", "ab")  # noqa: SIM115 - until the end
        self._started: list[subprocess.Popen[bytes]] = []
        self._display = ""

    def start_display(self, number: int, screen: str) -> None:
        """Start an X server with a screen such as "1280x720".

        Raises:
            Failure: there is one of that number, or it does not start.
        """
        self._display = f":{number}"
        socket = Path(f"/tmp/.X11-unix/X{number}")
        if socket.exists():
            raise Failure(f"there is a display {self._display} already: choose another number")
        words = [
            "Xvfb",
            self._display,
            "-screen",
            "0",
            f"{screen}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._start(words, dict(os.environ))
        wait_until(socket.exists, "the display")

    def start(self, words: list[str], temporary: Path | None = None) -> subprocess.Popen[bytes]:
        """Start the program with these words; its temporary files go elsewhere if so wished."""
        environment = self._environment(temporary or self.temporary)
        return self._start([sys.executable, str(ROOT / "main.py"), *words], environment)

    def end(self) -> None:
        """End what was started here, and whatever bears the mark; logs are kept if so wished."""
        for process in reversed(self._started):
            process.terminate()  # a display that is killed leaves its socket behind
            try:
                process.wait(END_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for process in self.marked():
            process.kill()
        self._log.close()
        if self._kept is not None:
            shutil.copytree(self.folder, self._kept, dirs_exist_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def marked(self) -> list[psutil.Process]:
        """Every living process that was started here, by whomever; the display is none of them."""
        return [one for one in psutil.process_iter() if self._is_marked(one)]

    def _is_marked(self, process: psutil.Process) -> bool:
        try:
            return (
                process.environ().get(MARK) == self.mark
                and process.status() != psutil.STATUS_ZOMBIE
            )
        except psutil.Error:
            return False

    def _environment(self, temporary: Path) -> dict[str, str]:
        homes = {
            name: str(self.folder / name.lower())
            for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        }
        return {
            **os.environ, **homes, MARK: self.mark, TRACE: str(self.trace),
            "TMPDIR": str(temporary), "XDG_RUNTIME_DIR": str(self._runtime),
            "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb",
        }  # fmt: skip

    def _start(self, words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        self._started.append(process)
        return process
