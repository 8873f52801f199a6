from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.booth import run_log
from app.booth.run_log import BURST_BYTES, KEPT_RUNS, MOST_BYTES, RunLog

BEGAN = datetime(2026, 11, 28, 9, 30)


def test_lines_of_the_kiosk_and_our_own(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "logs", BEGAN)
    log.say("started")
    log.write(b"a warning \xff")
    log.close()
    log.write(b"too late")
    (path,) = (tmp_path / "logs").iterdir()
    assert path.name == "kiosk-20261128-093000-000000.log"
    first, second = path.read_bytes().splitlines()
    assert first.endswith(b" kiosk: started")
    assert second == b"a warning \xff"


def test_the_last_ten_runs_are_kept(tmp_path: Path) -> None:
    (tmp_path / "other.log").touch()
    for day in range(KEPT_RUNS + 3):
        log = RunLog(tmp_path, BEGAN + timedelta(days=day))
        log.write(b"x")
        log.close()
    names = sorted(path.name for path in tmp_path.glob("kiosk-*"))
    assert len(names) == KEPT_RUNS
    assert names[0].startswith("kiosk-20261201")
    assert (tmp_path / "other.log").exists()


def test_what_comes_too_fast_is_left_out_and_counted(tmp_path: Path) -> None:
    log = RunLog(tmp_path, BEGAN)
    for _ in range(100):
        log.write(b"x" * 10_000)
    log.close()
    (path,) = tmp_path.iterdir()
    assert BURST_BYTES * 0.9 < path.stat().st_size < BURST_BYTES * 1.1
    assert path.read_bytes().splitlines()[-1].endswith(b"bytes left out")


def test_a_full_log_goes_on_in_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_log, "BURST_BYTES", 10**9)
    log = RunLog(tmp_path, BEGAN)
    log._budget = 1e9
    for number in range(300):
        log.write(f"{number} ".encode().ljust(10_000, b"x"))
    log.close()
    older, newer = sorted(tmp_path.iterdir())
    assert older.suffixes == [".1", ".log"]
    assert older.stat().st_size + newer.stat().st_size <= 2 * MOST_BYTES + 2
    assert newer.read_bytes().splitlines()[-1].startswith(b"299 ")


def test_where_nothing_can_be_written_it_says_so_once(tmp_path: Path) -> None:
    obstacle = tmp_path / "file"
    obstacle.touch()
    log = RunLog(obstacle / "logs", BEGAN)
    log.say("started")
    log.write(b"x")
    log.close()
    assert log.fault is not None
    assert "no log is written" in log.fault


def test_a_full_disk_ends_the_log_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = RunLog(tmp_path, BEGAN)

    def full(handle: int, line: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        log.write(b"x")
    log.write(b"y")
    log.say("z")
    log.close()
    assert log.fault == "no log is written: [Errno 28] No space left on device"
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [0]
