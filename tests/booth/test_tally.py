from __future__ import annotations

import pytest

from app.booth.messages import Beat, Hit, Miss, Note, Round, Visitor
from app.booth.tally import Day, Tally, is_date

DATE = "2026-11-28"


def test_everything_is_counted() -> None:
    tally = Tally(Day(DATE))
    assert tally.best_today is None
    for message in (
        Visitor(), Visitor(), Hit("arm_roll", 900), Hit("arm_roll", 500), Miss("arm_roll"),
        Hit("air_drums", 1), Round(2, 3, 250), Round(1, 3, 100), Note("nothing"),
    ):  # fmt: skip
        tally.take(message)
    tally.restart()
    assert tally.day == Day(
        DATE, visitors=2, rounds=2, best=250, restarts=1,
        hits={"arm_roll": 2, "air_drums": 1}, misses={"arm_roll": 1},
    )  # fmt: skip
    assert tally.best_today == 250


def test_drops_are_counted_over_all_runs() -> None:
    tally = Tally(Day(DATE))
    for dropped in (0, 3, 3, 7):
        tally.take(Beat(1, dropped=dropped))
    tally.begin_run()
    tally.take(Beat(1, dropped=2))
    tally.begin_day(Day("2026-11-29"))
    tally.take(Beat(1, dropped=5))
    assert tally.day.dropped == 3


def test_a_round_without_a_point_is_the_best_nevertheless() -> None:
    tally = Tally(Day(DATE))
    tally.take(Round(0, 5, 0))
    assert tally.best_today == 0


def test_a_day_survives_its_row() -> None:
    day = Day(DATE, 2, 3, 250, 1, 17, {"arm_roll": 2}, {"arm_roll": 1, "air_drums": 4})
    assert Day.of_row(day.as_row()) == day


def test_what_is_no_count_in_a_row_is_nought() -> None:
    row = {"date": DATE, "visitors": "many", "rounds": "-3", "best": "", "hits arm_roll": "1e9"}
    assert Day.of_row(row) == Day(DATE)


@pytest.mark.parametrize("text", [None, "", "today", "2026-13-01", "20261128", "2026-11-28 "])
def test_what_is_no_date(text: str | None) -> None:
    assert not is_date(text)
    assert is_date(DATE)
