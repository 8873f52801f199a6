"""Keeps the counts of the day and the list of restarts, and writes both down now and then."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import asdict
from datetime import datetime

import psutil

from app.booth.gauges import Gauges
from app.booth.messages import Beat, Message, Round
from app.booth.records import Records
from app.booth.status import MOST_REASONS, Restart, Status
from app.booth.tally import Tally

WRITE_EVERY_S = 10.0


def today() -> str:
    return datetime.now().date().isoformat()


class Ledger:
    """To be looked at often: it notices that another day has begun, and writes what has changed."""

    def __init__(self, records: Records, gauges: Gauges) -> None:
        self._records = records
        self._gauges = gauges
        self._tally = Tally(records.day(today()))
        self._restarts = 0
        self._reasons: deque[Restart] = deque(maxlen=MOST_REASONS)
        self._waiting: str | None = None
        self._me = os.getpid(), psutil.Process().create_time(), time.time()
        self._row: dict[str, str] = {}  # of the day, as it was written last
        self._is_new = True
        self._written_s = float("-inf")

    @property
    def best_today(self) -> int | None:
        """The most points of the day, none before a round."""
        return self._tally.best_today

    @property
    def summary(self) -> str:
        """One line."""
        day = self._tally.day
        counts = f"{day.visitors} visitors and {day.rounds} rounds today"
        return f"{counts}, {self._restarts} restarts"

    def take(self, message: Message) -> None:
        """Count what the kiosk tells."""
        self._tally.take(message)
        if isinstance(message, Beat):
            self._waiting = message.waiting
        self._is_new |= isinstance(message, Round)  # a best of the day should outlive everything

    def begin_run(self) -> None:
        self._tally.begin_run()
        self._waiting = "loading"
        self._is_new = True

    def restart(self, reason: str) -> None:
        """The kiosk has ended, or was ended, and will be started again."""
        self._restarts += 1
        self._tally.restart()
        self._reasons.append(Restart(time.time(), reason))
        self._is_new = True

    def look(self, now_s: float) -> None:
        date = today()
        if date != self._tally.day.date:
            self._records.write_day(self._tally.day)
            self._tally.begin_day(self._records.day(date))
            self._is_new = True
        if self._is_new or now_s - self._written_s >= WRITE_EVERY_S:
            self._written_s = now_s
            self.write()

    def write(self) -> None:
        """Write the status, and the day if it has changed."""
        self._is_new = False
        row = self._tally.day.as_row()
        if row != self._row:  # spare what wears out
            self._row = row
            self._records.write_day(self._tally.day)
        self._records.write_status(asdict(self._status()))

    def _status(self) -> Status:
        pid, born, since = self._me
        counts = asdict(self._tally.day)
        day, _ = counts.pop("date"), counts.pop("restarts")
        fault = self._records.fault
        return Status(
            pid, born, since, time.time(), self._restarts, tuple(self._reasons), self._waiting,
            self._gauges.memory_mb, self._gauges.temperature_c, (fault,) if fault else (),
            day, **counts,
        )  # fmt: skip
