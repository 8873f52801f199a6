from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from app.booth.status import STATUS_FILE, Restart, Status, as_dict, as_text, read

STATUS = Status(
    pid=os.getpid(), born=psutil.Process().create_time(), since=1.7e9, written=1.7e9 + 60,
    restarts=2, reasons=(Restart(1.7e9 + 5, "was ended by SIGKILL"),), waiting="source",
    memory_mb=612.4, temperature_c=51.6, faults=("the disk is full",), day="2026-11-28",
    visitors=31, rounds=7, best=420, dropped=5, hits={"arm_roll": 9}, misses={"air_drums": 1},
)  # fmt: skip


def written(folder: Path, status: Status) -> None:
    (folder / STATUS_FILE).write_text(json.dumps(asdict(status)))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written(tmp_path, STATUS)
    assert read(tmp_path) == STATUS


def test_text_for_a_person() -> None:
    text = as_text(STATUS)
    for part in (
        "The kiosk runs since 2023-11-1", f"(process {os.getpid()})", "It waits: source.",
        "Restarts: 2", "was ended by SIGKILL", "Visitors: 31 on 2026-11-28", "Rounds: 7",
        "420 points", "arm_roll       9      0", "air_drums      0      1", "Drops: 5 slices",
        "Memory: 612 MB", "Temperature: 52 °C", "Note: the disk is full",
    ):  # fmt: skip
        assert part in text
    bare = as_text(Status(1, 0.0, 1.7e9, 1.7e9))
    assert "Rounds: 0\n" in bare
    assert "Temperature" not in bare
    assert "Memory" not in bare
    assert "Hits" not in bare


def test_the_same_for_a_program() -> None:
    found = json.loads(json.dumps(as_dict(STATUS)))
    assert found["running"] is True
    assert found["since"].startswith("2023-11-1")
    assert found["reasons"][0]["reason"] == "was ended by SIGKILL"
    assert found["hits"] == {"arm_roll": 9}


@pytest.mark.parametrize("pid", [0, -5, 2**31, 2**70])
def test_a_supervisor_that_has_gone_does_not_run(pid: int) -> None:
    assert not replace(STATUS, pid=pid).is_running
    assert "does not run" in as_text(replace(STATUS, pid=pid))


def test_another_process_with_its_number_is_not_it() -> None:
    assert STATUS.is_running
    assert not replace(STATUS, born=STATUS.born - 3600).is_running


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"pid": 1}', "\0" * 50,
        json.dumps({**asdict(STATUS), "since": "yesterday"}),
        json.dumps({**asdict(STATUS), "since": 1e300}),
        json.dumps({**asdict(STATUS), "reasons": [5]}),
        json.dumps({**asdict(STATUS), "hits": 5}),
        json.dumps({**asdict(STATUS), "colour": "red"}),
    ],
)  # fmt: skip
def test_what_is_no_status_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / STATUS_FILE).write_text(text)
    assert read(tmp_path) is None


def test_where_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    assert read(tmp_path / "nowhere") is None
