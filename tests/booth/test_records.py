from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from app.booth import records as module
from app.booth.records import DAYS_FILE, LOCK_FILE, AlreadyRunning, Records
from app.booth.status import STATUS_FILE
from app.booth.tally import Day

DAY = Day("2026-11-28", visitors=3, rounds=2, hits={"arm_roll": 4})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a" / "kiosk"


def rows_in(folder: Path) -> list[dict[str, str]]:
    with open(folder / DAYS_FILE, newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_a_day_with_a_column_for_every_gesture(folder: Path) -> None:
    records = Records(folder)
    records.write_day(Day("2026-11-27", misses={"air_drums": 1}))
    records.write_day(DAY)
    records.write_day(Day("2026-11-28", visitors=5, hits={"arm_roll": 6}))
    first, second = rows_in(folder)
    assert (first["date"], first["visitors"], first["misses air_drums"]) == ("2026-11-27", "0", "1")
    assert (second["date"], second["visitors"], second["hits arm_roll"]) == ("2026-11-28", "5", "6")
    assert second["misses air_drums"] == "0"
    assert records.fault is None


def test_a_day_goes_on_where_it_was(folder: Path) -> None:
    first = Records(folder)
    first.write_day(DAY)
    first.close()
    again = Records(folder)
    assert again.day("2026-11-28") == DAY
    assert again.day("2026-11-29") == Day("2026-11-29")


def test_only_so_many_days_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_DAYS", 2)
    records = Records(folder)
    for number in (3, 1, 2):
        records.write_day(Day(f"2026-11-0{number}"))
    assert [row["date"] for row in rows_in(folder)] == ["2026-11-02", "2026-11-03"]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"date\n", b"a,b\n1,2\n", b"date\nx,y,z\n\0"])
def test_a_damaged_table_is_no_obstacle(folder: Path, text: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / DAYS_FILE).write_bytes(text)
    records = Records(folder)
    assert records.day("2026-11-28") == Day("2026-11-28")
    records.write_day(DAY)
    assert records.day("2026-11-28") == DAY


def test_a_table_that_cannot_be_read_is_kept_aside(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / DAYS_FILE).write_bytes(b"\xff\xfe")
    Records(folder).write_day(DAY)
    assert (folder / f"{DAYS_FILE}.broken").read_bytes() == b"\xff\xfe"


def test_the_status_is_whole_at_any_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = Records(folder)
    records.write_status({"pid": 1})

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    records.write_status({"pid": 2})
    records.write_day(DAY)
    assert json.loads((folder / STATUS_FILE).read_text()) == {"pid": 1}
    assert records.fault is not None
    assert "No space left on device" in records.fault
    assert sorted(path.name for path in folder.iterdir()) == [LOCK_FILE, STATUS_FILE]


@pytest.mark.parametrize("place", ["/proc/nowhere/kiosk", "/dev/null/kiosk"])
def test_no_place_to_write_is_told_and_survived(place: str) -> None:
    records = Records(Path(place))
    records.write_day(DAY)
    records.write_status({})
    assert records.day("2026-11-28") == Day("2026-11-28")
    assert records.fault is not None
    assert "records are not kept" in records.fault


def test_without_a_folder_nothing_is_kept() -> None:
    records = Records(None)
    records.write_day(DAY)
    records.write_status({})
    assert records.day(DAY.date) == Day(DAY.date)
    assert records.fault is None


def test_one_at_a_time(folder: Path) -> None:
    first = Records(folder)
    with pytest.raises(AlreadyRunning):
        Records(folder)
    first.close()
    Records(folder).close()
