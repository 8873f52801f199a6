"""What happened at the booth, as counts a day. No names, no pictures: nothing but counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.booth.messages import Beat, Hit, Message, Miss, Round, Visitor

COUNTS = ("visitors", "rounds", "best", "restarts", "dropped")
HITS, MISSES = "hits ", "misses "  # begin the columns of single gestures


@dataclass
class Day:
    """One day's counts. ``best`` is the most points of a round, ``dropped`` counts slices."""

    date: str  # 2026-11-28
    visitors: int = 0
    rounds: int = 0
    best: int = 0
    restarts: int = 0
    dropped: int = 0
    hits: dict[str, int] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)

    def as_row(self) -> dict[str, str]:
        """One row of a table: a column each for every count and for every gesture."""
        row = {"date": self.date} | {name: str(getattr(self, name)) for name in COUNTS}
        for start, counts in ((HITS, self.hits), (MISSES, self.misses)):
            row |= {start + gesture: str(count) for gesture, count in sorted(counts.items())}
        return row

    @classmethod
    def of_row(cls, row: dict[str, str]) -> Day:
        """The day in a row; what is no count in it is 0."""
        day = cls(row["date"])
        for name in COUNTS:
            setattr(day, name, _count(row.get(name)))
        for start, counts in ((HITS, day.hits), (MISSES, day.misses)):
            for column, text in row.items():
                if column.startswith(start) and _count(text):
                    counts[column.removeprefix(start)] = _count(text)
        return day


class Tally:
    """Counts for one day; ``begin_day`` goes on with another one."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self._dropped = 0  # by the beats of this run of the kiosk

    def begin_day(self, day: Day) -> None:
        self.day = day

    def begin_run(self) -> None:
        """Another kiosk has been started, which counts its drops anew."""
        self._dropped = 0

    def restart(self) -> None:
        """The kiosk had to be started again."""
        self.day.restarts += 1

    @property
    def best_today(self) -> int | None:
        """The most points of the day, none before a round."""
        return self.day.best if self.day.rounds else None

    def take(self, message: Message) -> None:
        """Count what the kiosk tells."""
        day = self.day
        match message:
            case Visitor():
                day.visitors += 1
            case Hit():
                day.hits[message.gesture] = day.hits.get(message.gesture, 0) + 1
            case Miss():
                day.misses[message.gesture] = day.misses.get(message.gesture, 0) + 1
            case Round():
                day.rounds += 1
                day.best = max(day.best, message.points)
            case Beat():
                day.dropped += max(message.dropped - self._dropped, 0)
                self._dropped = message.dropped


def is_date(text: str | None) -> bool:
    """Whether a text is a day such as 2026-11-28."""
    try:
        return text is not None and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
