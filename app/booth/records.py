"""What outlives the supervisor: ``status.json``, ``days.csv``, and the lock of the one that runs.

All of it is best effort: where it cannot be written the booth plays on, and ``fault`` says why.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import io
import json
import os
from pathlib import Path
from typing import Any

from app.booth.status import STATUS_FILE
from app.booth.tally import COUNTS, Day, is_date
from models.atomic import replacing

DAYS_FILE, LOCK_FILE = "days.csv", "lock"
MOST_DAYS = 4000  # over ten years, and under a megabyte


class AlreadyRunning(Exception):  # noqa: N818 - no fault, another supervisor does the work
    """Another supervisor runs."""


class Records:
    """The files in ``folder``; none keeps nothing.

    Raises:
        AlreadyRunning: another supervisor uses the folder.
    """

    def __init__(self, folder: Path | None) -> None:
        self.fault: str | None = None
        self._folder = folder
        self._lock: int | None = None
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._lock = _locked(folder / LOCK_FILE)
            except OSError as error:
                self._note(error)

    def close(self) -> None:
        """Let another supervisor have the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def day(self, date: str) -> Day:
        """What was counted on a day before, nothing if nothing was."""
        for row in self._rows():
            if row["date"] == date:
                return Day.of_row(row)
        return Day(date)

    def write_day(self, day: Day) -> None:
        """Put a day into the table in place of what it holds of that day."""
        if self._folder is None:
            return
        rows = {row["date"]: row for row in self._rows()} | {day.date: day.as_row()}
        kept = [rows[date] for date in sorted(rows)[-MOST_DAYS:]]
        gestures = sorted({name for row in kept for name in row} - {"date", *COUNTS})
        text = io.StringIO()
        writer = csv.DictWriter(text, ["date", *COUNTS, *gestures], restval="0")
        writer.writeheader()
        writer.writerows(kept)
        self._replace(DAYS_FILE, text.getvalue())

    def write_status(self, status: dict[str, Any]) -> None:
        self._replace(STATUS_FILE, json.dumps(status, indent=1) + "\n")

    def _rows(self) -> list[dict[str, str]]:
        """The table, without what is no day in it."""
        if self._folder is None:
            return []
        try:
            with open(self._folder / DAYS_FILE, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self._set_aside(error)
            return []
        days = [row for row in rows if is_date(row.get("date"))]
        return [{name: text for name, text in row.items() if name and text} for row in days]

    def _set_aside(self, error: Exception) -> None:
        """Keep a table that cannot be read, though under another name."""
        self._note(error)
        if self._folder is not None:
            with contextlib.suppress(OSError):
                os.replace(self._folder / DAYS_FILE, self._folder / f"{DAYS_FILE}.broken")

    def _replace(self, name: str, text: str) -> None:
        """Write a file so that whatever happens there is the old one or the new one."""
        if self._folder is None:
            return
        try:
            with replacing(self._folder / name) as partial:
                partial.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            self._note(error)

    def _note(self, error: Exception) -> None:
        self.fault = self.fault or f"the booth's records are not kept: {error}"


def _locked(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise AlreadyRunning from None
    except OSError:
        os.close(handle)
        raise  # a file system without locks
    return handle
