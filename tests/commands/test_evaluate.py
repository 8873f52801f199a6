"""``evaluate``: on labelled recordings, on synthetic sessions, and on bad folders."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.commands.cli import cli
from app.events import EVENT_DTYPE, Resolution
from app.sources.aedat4 import Aedat4Writer
from tests.commands.conftest import Type, assert_fault_of_ours
from tests.commands.test_train import write_sessions

HEADER = "class,startTime_usec,endTime_usec\n"


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["evaluate", *words])
    return result.exit_code, result.stdout, result.stderr


def write_recording(path: Path, seconds: float = 0.5, start_us: int = 5_000_000) -> None:
    rng, n = np.random.default_rng(0), int(30_000 * seconds)
    events = np.zeros(n, EVENT_DTYPE)
    events["t"] = np.sort(rng.integers(0, int(seconds * 1e6), n)) + start_us
    events["x"], events["y"] = rng.integers(0, 128, (2, n))
    events["p"] = rng.integers(0, 2, n)
    with Aedat4Writer(path, Resolution(128, 128)) as writer:
        writer.write(events)


def test_folder_of_labelled_recordings(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    write_recording(tmp_path / "unlabelled.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5200000\n8,5200000,5500000\n")
    code, out, err = run(str(tmp_path), "--json")
    assert code == 0, err
    record = json.loads(out)
    assert record["clips"] == 2
    rows = {name: sum(row.values()) for name, row in record["confusion"].items()}
    assert {name: n for name, n in rows.items() if n} == {"right_arm_clockwise": 1, "arm_roll": 1}


def test_table_names_every_class(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5400000\n")
    code, out, _ = run(str(tmp_path))
    assert code == 0
    assert "clip accuracy" in out
    assert "left arm counter clockwise" in out


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("gesture,start,end\n1,2,3\n", "to begin with class,startTime_usec"),
        (HEADER + "1,2\n", "three whole numbers in line 2"),
        (HEADER + "1,2,x\n", "three whole numbers in line 2"),
        (HEADER + "12,5,9\n", "a class within 1..11"),
        (HEADER + "1,9,5\n", "a start before its end"),
    ],
)
def test_wrong_labels_get_a_sentence(tmp_path: Path, labels: str, sentence: str) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(labels)
    code, _, err = run(str(tmp_path))
    assert code == 2
    assert sentence in err


def test_a_fault_of_ours_is_not_bad_input(
    type_in: Type, faulty_network: None, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5040000\n")
    assert_fault_of_ours(type_in("evaluate", tmp_path))


def test_bad_folders_and_choices(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none"))[0] == 2
    assert "beside them" in run(str(tmp_path))[2]
    assert "either a FOLDER or --performer" in run()[2]
    assert run(str(tmp_path), "--performer")[0] == 2


def test_synthetic_session(tmp_path: Path) -> None:
    write_sessions(tmp_path, "test", 1)  # rendering takes a while and has tests of its own
    words = ("--performer", "--sessions", "1", "--data", str(tmp_path), "--json")
    code, out, err = run(*words)
    assert code == 0, err
    record = json.loads(out)
    assert record["clips"] == 1
    assert 0 <= record["streaming_accuracy"] <= 1
    assert record["quiet_share"] is not None
    assert run(*words)[1] == out, "the second run plays the same session"
