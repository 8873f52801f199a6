from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.commands.reporting import JsonReport
from app.ui.logic.export import records, write_decisions
from app.ui.logic.history import Decided

DECISIONS = [Decided(10_000, 1, 0.123456), Decided(20_000, None, 0.0)]
ROWS = records(DECISIONS, ("wave", "clap"))


def test_json_lines_are_those_of_recognize(tmp_path: Path) -> None:
    lines: list[str] = []
    report = JsonReport(lines.append)
    report.decision(10_000, "clap", 0.123456)
    report.decision(20_000, None, 0.0)
    write_decisions(tmp_path / "out.json", ROWS)
    assert (tmp_path / "out.json").read_text().splitlines() == lines
    assert json.loads(lines[0]) == {"t_us": 10_000, "gesture": "clap", "share": 0.1235}


def test_csv_has_the_same_fields(tmp_path: Path) -> None:
    write_decisions(tmp_path / "out.CSV", ROWS)
    assert (tmp_path / "out.CSV").read_text() == (
        "t_us,gesture,share\n10000,clap,0.1235\n20000,,0.0\n"
    )


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_decisions(tmp_path / "none" / "out.csv", ROWS)
