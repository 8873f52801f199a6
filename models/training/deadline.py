"""Runs in pieces: where a machine is lent for minutes, a run stops in time and goes on later."""

from __future__ import annotations

import time
from dataclasses import dataclass


class OutOfTimeError(Exception):
    """The time that was given is over; what was done is kept."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """``until_s`` of ``time.monotonic``; none: there is all the time."""

    until_s: float | None = None

    @classmethod
    def after(cls, minutes: float | None) -> Deadline:
        """So long from now."""
        return cls(None if minutes is None else time.monotonic() + 60 * minutes)

    @property
    def is_over(self) -> bool:
        return self.until_s is not None and time.monotonic() >= self.until_s

    def check(self) -> None:
        """Raises:
        OutOfTimeError: it is over.
        """
        if self.is_over:
            raise OutOfTimeError


NO_DEADLINE = Deadline()
