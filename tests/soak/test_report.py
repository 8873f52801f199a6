"""The harness itself: a soak that finds nothing should be one that could have."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.census import Census
from tests.soak.faults import Fault, faults
from tests.soak.report import Outcome, Report
from tests.soak.sight import Sight

GOOD = Outcome(12.0, Fault("kiosk", "killed"), 3.1, orphans=0, restarts=1)
CENSUS = Census(memory_mb=500.0, supervisor_mb=18.0, processes=5, handles=90, threads=40)


def report(*outcomes: Outcome, **fields: object) -> Report:
    made = Report(len(outcomes), list(outcomes), before=CENSUS, after=CENSUS, exit_code=143)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_all_went_well() -> None:
    good = report(GOOD, GOOD)
    assert good.broken() == []
    assert "kiosk killed" in good.as_text()
    assert json.loads(json.dumps(good.as_dict()))["slowest_s"] == 3.1


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (report(replace(GOOD, recovered_s=5.1)), "fault 1, kiosk killed: recognised after 5.1 s"),
        (report(GOOD, replace(GOOD, recovered_s=None)), "fault 2, kiosk killed: recognised never"),
        (report(replace(GOOD, orphans=2)), "fault 1, kiosk killed: 2 orphans"),
        (report(GOOD, wanted=3), "only 1 of 3 faults fitted into the time"),
        (report(leftovers=["/dev/shm/sem.mp-x"]), "left behind: /dev/shm/sem.mp-x"),
        (report(exit_code=None), "the supervisor ended with None after SIGTERM instead of 143"),
        (report(failure="it fell over"), "it fell over"),
        (
            report(after=replace(CENSUS, memory_mb=521.0)),
            "memory_mb grew from 500.0 to 521.0",
        ),
        (report(after=replace(CENSUS, threads=60)), "threads grew from 40.0 to 60.0"),
        (report(after=replace(CENSUS, handles=120)), "handles grew from 90.0 to 120.0"),
        (report(after=replace(CENSUS, supervisor_mb=31)), "the supervisor uses 31.0 MB"),
    ],
)
def test_a_broken_promise_is_told(bad: Report, sentence: str) -> None:
    assert bad.broken() == [sentence]
    assert f"BROKEN: {sentence}" in bad.as_text()


def test_every_fault_comes_as_often() -> None:
    counts = Counter(faults(80, random.Random(1)))
    assert len(counts) == 8
    assert set(counts.values()) == {10}
    assert faults(10, random.Random(1)) == faults(10, random.Random(1))


def test_sight_tells_when_gestures_were_named(tmp_path: Path) -> None:
    path = tmp_path / "trace"
    sight = Sight(path)
    assert sight.look() == []

    def write(*lines: dict) -> None:
        with open(path, "a") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))

    write({"t": 1.0, "started": 7}, {"t": 2.0, "kiosk": 7, "named": 0})
    assert sight.look() == []
    assert (sight.kiosk, sight.started_s, sight.well_s) == (7, 1.0, None)
    write({"t": 3.0, "kiosk": 7, "named": 5}, {"t": 4.0, "kiosk": 7, "named": 5})
    assert sight.look() == [3.0]
    assert sight.well_s == 3.0
    write({"t": 5.0, "ended": "hung"}, {"t": 6.0, "started": 8}, {"t": 7.0, "kiosk": 8, "named": 2})
    assert sight.look() == [7.0]
    assert (sight.kiosk, sight.reasons) == (8, ["hung"])


def test_a_line_that_is_half_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "trace"
    sight = Sight(path)
    path.write_text('{"t": 1.0, "kiosk": 7, "na')
    assert sight.look() == []
    path.write_text('{"t": 1.0, "kiosk": 7, "named": 3}\n')
    assert sight.look() == [1.0]
