from __future__ import annotations

from pathlib import Path

import pytest

from app.booth import ledger as module
from app.booth.gauges import Gauges
from app.booth.ledger import WRITE_EVERY_S, Ledger
from app.booth.messages import Beat, Hit, Round, Visitor
from app.booth.records import DAYS_FILE, Records
from app.booth.status import MOST_REASONS, read


class Diary:
    """A ledger in a folder, on days that are set by hand."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.date = folder, "2026-11-28"
        patch.setattr(module, "today", lambda: self.date)
        self.records = Records(folder)
        self.ledger = Ledger(self.records, Gauges(1500, lambda: 0.0))


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    return Diary(tmp_path, monkeypatch)


def test_it_writes_now_and_then_but_a_round_at_once(diary: Diary) -> None:
    diary.ledger.look(0.0)
    diary.ledger.take(Visitor())
    diary.ledger.look(WRITE_EVERY_S - 1)
    assert read(diary.folder).visitors == 0
    diary.ledger.look(WRITE_EVERY_S)
    assert read(diary.folder).visitors == 1
    diary.ledger.take(Round(1, 2, 70))
    diary.ledger.look(WRITE_EVERY_S + 0.1)
    assert read(diary.folder).best == 70


def test_restarts_are_written_at_once_and_the_last_ones_kept(diary: Diary) -> None:
    diary.ledger.look(0.0)
    for number in range(MOST_REASONS + 5):
        diary.ledger.restart(f"reason {number}")
    diary.ledger.look(0.1)
    status = read(diary.folder)
    assert status.restarts == MOST_REASONS + 5
    assert [one.reason for one in status.reasons][-1] == f"reason {MOST_REASONS + 4}"
    assert len(status.reasons) == MOST_REASONS


def test_another_day_begins_at_nought_and_the_old_one_stays(diary: Diary) -> None:
    diary.ledger.take(Hit("arm_roll", 1))
    diary.ledger.take(Round(1, 1, 50))
    assert diary.ledger.best_today == 50
    diary.date = "2026-11-29"
    diary.ledger.look(0.0)
    assert diary.ledger.best_today is None
    diary.ledger.take(Visitor())
    diary.ledger.write()
    assert diary.records.day("2026-11-28").hits == {"arm_roll": 1}
    assert diary.records.day("2026-11-29").visitors == 1
    diary.date = "2026-11-28"  # the clock was set back
    diary.ledger.look(1.0)
    assert diary.ledger.best_today == 50


def test_what_is_waited_for_stands_in_the_status(diary: Diary) -> None:
    diary.ledger.take(Beat(0, "source"))
    diary.ledger.write()
    assert read(diary.folder).waiting == "source"
    diary.ledger.begin_run()
    diary.ledger.look(0.0)
    assert read(diary.folder).waiting == "loading"
    assert diary.ledger.summary == "0 visitors and 0 rounds today, 0 restarts"


def test_a_day_on_which_nothing_happens_is_not_written_again(diary: Diary) -> None:
    diary.ledger.write()
    (diary.folder / DAYS_FILE).unlink()
    diary.ledger.write()
    assert not (diary.folder / DAYS_FILE).exists()
    diary.ledger.take(Visitor())
    diary.ledger.write()
    assert diary.records.day("2026-11-28").visitors == 1
