from __future__ import annotations

from datetime import datetime, timedelta

from app.booth.nightly import Nightly

EVENING = datetime(2026, 11, 28, 20, 0)


class Night:
    """A nightly restart that is asked every 30 seconds, on clocks that can be set apart."""

    def __init__(self, at: str | None = "04:00", now: datetime = EVENING) -> None:
        self.now, self.now_s = now, 0.0
        self.nightly = Nightly(at, now)

    def pass_time(self, hours: float, *, playing: bool = False) -> list[datetime]:
        """When it was due."""
        due = []
        for _ in range(round(hours * 120)):
            self.now += timedelta(seconds=30)
            self.now_s += 30
            if self.nightly.is_due(self.now, self.now_s, playing=playing):
                due.append(self.now)
        return due


def test_once_a_day() -> None:
    due = Night().pass_time(72)
    assert due == [datetime(2026, 11, day, 4, 0) for day in (29, 30)] + [
        datetime(2026, 12, 1, 4, 0)
    ]


def test_never() -> None:
    assert Night(None).pass_time(72) == []


def test_not_at_the_start_if_that_is_later_in_the_day() -> None:
    assert Night(now=datetime(2026, 11, 28, 4, 10)).pass_time(12) == []


def test_who_plays_is_not_disturbed_until_half_an_hour_has_passed() -> None:
    night = Night()
    assert night.pass_time(8.25, playing=True) == []
    assert night.pass_time(1) == [datetime(2026, 11, 29, 4, 15, 30)]
    assert Night().pass_time(12, playing=True) == [datetime(2026, 11, 29, 4, 30)]


def test_a_clock_set_back_does_not_bring_it_twice() -> None:
    night = Night()
    assert len(night.pass_time(8.5)) == 1
    night.now -= timedelta(hours=1)
    assert night.pass_time(2) == []
    night.now -= timedelta(days=400)
    assert len(night.pass_time(48)) == 2


def test_a_clock_put_right_does_not_bring_it_in_the_middle_of_the_day() -> None:
    night = Night(now=datetime(1970, 1, 1, 0, 0))
    night.now = datetime(2026, 11, 28, 14, 0)
    assert night.pass_time(13) == []
    assert night.pass_time(2) == [datetime(2026, 11, 29, 4, 0)]
