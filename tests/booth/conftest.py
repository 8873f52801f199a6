"""A booth whose kiosk is a fake one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.booth.config import Config
from app.booth.status import Status, read

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIMIT_S = 20.0


def wait_until(condition: Callable[[], object]) -> None:
    end_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end_s, "it did not come to that"
        time.sleep(0.02)


class Booth:
    """A supervisor that runs in a process of its own, and what can be seen of it."""

    def __init__(
        self,
        folder: Path,
        command: list[str],
        limits_s: tuple[float, float],
        environment: dict[str, str],
        fields: dict[str, object],
    ) -> None:
        self.state, self.logs = folder / "state", folder / "logs"
        config = Config(
            **{
                "command": tuple(command),
                "state_folder": str(self.state),
                "log_folder": str(self.logs),
                **fields,
            }
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.booth.hasty", config.encode(), *map(str, limits_s)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )

    @property
    def status(self) -> Status | None:
        return read(self.state)

    @property
    def reasons(self) -> list[str]:
        status = self.status
        return [] if status is None else [one.reason for one in status.reasons]

    @property
    def log(self) -> str:
        """Everything that all runs have logged."""
        texts = [path.read_text(errors="replace") for path in sorted(self.logs.glob("*.log"))]
        return "".join(texts)

    @property
    def kiosk(self) -> psutil.Process:
        """The kiosk that runs now, once it has started."""
        wait_until(self.children)
        return self.children()[0]

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def wait_for_reason(self, text: str) -> None:
        wait_until(lambda: any(text in reason for reason in self.reasons))

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(LIMIT_S)

    def tear_down(self) -> None:
        if self.process.poll() is None:
            self.end()
        self.process.stderr.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Booth]]:
    """Starts booths with a kiosk out of ``fake_kiosk.py``, and ends them."""
    made: list[Booth] = []

    def begin(
        kiosk: str,
        *,
        grace_s: float = 0.3,
        start_s: float = 2.0,
        environment: dict[str, str] | None = None,
        **fields: object,
    ) -> Booth:
        command = [sys.executable, "-ISu", str(HERE / "fake_kiosk.py"), kiosk]
        made.append(Booth(tmp_path, command, (grace_s, start_s), environment or {}, fields))
        return made[-1]

    yield begin
    for booth in made:
        booth.tear_down()
