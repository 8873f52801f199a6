"""Signals as something to wait for beside pipes."""

from __future__ import annotations

import contextlib
import os
import signal
from types import FrameType, TracebackType

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Signals:
    """While entered, signals that end and the news of ended children come out of ``fileno``.

    SIGHUP is left alone if it was ignored before, as ``nohup`` wants it.
    """

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._before: dict[int, object] = {}

    def fileno(self) -> int:
        return self._reading

    def caught(self) -> list[int]:
        """The signals that end, in their order, since the last time."""
        with contextlib.suppress(BlockingIOError):
            return [number for number in os.read(self._reading, 4096) if number in ENDING]
        return []

    def __enter__(self) -> Signals:
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for number in (*ENDING, signal.SIGCHLD):
            if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:
                self._before[number] = signal.signal(number, _merely_wake)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(-1)
        os.close(self._reading)
        os.close(self._writing)


def _merely_wake(number: int, frame: FrameType | None) -> None:
    """The number has been written into the pipe by then."""
