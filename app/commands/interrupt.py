"""Ctrl+C and SIGTERM: nothing is left behind, and what is being written is finished."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Remembers the signal that asked the program to end."""

    def __init__(self) -> None:
        self.signal: int | None = None

    @property
    def requested(self) -> bool:
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """0, or 128 + signal number as shells have it."""
        return 0 if self.signal is None else 128 + self.signal

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.requested:  # asked twice: no more waiting
            raise KeyboardInterrupt
        self.signal = number


@contextmanager
def watch_interrupt() -> Iterator[Interrupt]:
    """Catch SIGINT and SIGTERM inside the block; a second one raises ``KeyboardInterrupt``."""
    interrupt = Interrupt()
    caught = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, interrupt._on_signal) for number in caught]
    try:
        yield interrupt
    finally:
        for number, handler in zip(caught, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def clean_up_on_sigterm() -> Iterator[None]:
    """Inside the block SIGTERM leaves through every ``finally``, so that children end, too."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
