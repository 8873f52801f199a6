"""``perform``: files, their names and their truth."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from app.commands.perform import plan_clips
from app.events import EVENT_DTYPE
from models.data.gestures import CLASSES
from models.data.performer import Label, Performance
from tests.commands.conftest import Type
from tests.commands.test_record import read_all


def labels_of(path: Path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def quick_actor(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """A performer that only moves one pixel; the list says what it was asked for."""
    asked: list[tuple[object, ...]] = []

    def act(
        gesture: str, seconds: float, seed: int, setting: str, width: int, height: int
    ) -> Performance:
        asked.append((gesture, seconds, seed, setting, width, height))
        events = np.zeros(100, EVENT_DTYPE)
        events["t"] = np.arange(100) * 1_000
        events["x"] = seed
        return Performance(events, (Label(gesture, 0, 100_000),), width, height)

    monkeypatch.setattr("models.data.performer.perform", act)
    return asked


def test_names_and_truth(
    type_in: Type, quick_actor: list[tuple[object, ...]], tmp_path: Path
) -> None:
    out = tmp_path / "clips"
    words = ["--gesture", "Arm Roll", "--count", 2, "--seed", 7, "--seconds", 0.5]
    result = type_in("perform", *words, "--setting", "wild", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert quick_actor == [
        ("arm_roll", 0.5, 7, "wild", 128, 128),
        ("arm_roll", 0.5, 8, "wild", 128, 128),
    ]
    assert sorted(path.name for path in out.iterdir()) == [
        "arm_roll_7.aedat4",
        "arm_roll_7_labels.csv",
        "arm_roll_8.aedat4",
        "arm_roll_8_labels.csv",
    ]
    assert labels_of(out / "arm_roll_7_labels.csv") == [
        ["class", "startTime_usec", "endTime_usec"],
        ["8", "0", "100000"],
    ]
    events = read_all(out / "arm_roll_8.aedat4")
    assert (len(events), set(events["x"])) == (100, {8})


def test_all_gestures_are_eleven_files(
    type_in: Type, quick_actor: list[tuple[object, ...]], tmp_path: Path
) -> None:
    assert type_in("perform", "--gesture", "all", "--out", tmp_path / "all").exit_code == 0
    classes = [labels_of(tmp_path / "all" / f"{name}_1_labels.csv")[1][0] for name in CLASSES]
    assert classes == [str(number) for number in range(1, 12)]


def test_a_single_clip_may_name_its_file(
    type_in: Type, quick_actor: list[tuple[object, ...]], tmp_path: Path
) -> None:
    out = tmp_path / "demo.aedat4"
    assert type_in("perform", "--gesture", "air_drums", "--out", out).exit_code == 0
    assert len(read_all(out)) == 100
    assert labels_of(tmp_path / "demo_labels.csv")[1][0] == "9"


def test_another_sensor(
    type_in: Type, quick_actor: list[tuple[object, ...]], tmp_path: Path
) -> None:
    words = ["--gesture", "air_drums", "--sensor", "346x260", "--out", tmp_path / "big.aedat4"]
    assert type_in("perform", *words).exit_code == 0
    assert quick_actor[0][-2:] == (346, 260)
    assert type_in("perform", *words[:3], "100x100", *words[4:]).exit_code == 2


def test_several_clips_need_a_folder(type_in: Type, tmp_path: Path) -> None:
    result = type_in("perform", "--out", tmp_path / "demo.aedat4")
    assert result.exit_code == 2
    assert "expected a folder for 11 recordings" in result.stderr


def test_nothing_is_overwritten_unasked(
    type_in: Type, quick_actor: list[tuple[object, ...]], tmp_path: Path
) -> None:
    labels = tmp_path / "arm_roll_1_labels.csv"
    labels.write_text("mine")
    words = ["perform", "--gesture", "arm_roll", "--out", tmp_path]
    result = type_in(*words)
    assert (result.exit_code, labels.read_text(), quick_actor) == (2, "mine", [])
    assert "--force" in result.stderr
    assert type_in(*words, "--force").exit_code == 0
    assert labels.read_text().startswith("class,")


@pytest.mark.parametrize(
    "words",
    [
        ["--gesture", "juggling"],
        ["--count", 0],
        ["--seconds", 0],
        ["--setting", "cosy"],
        ["--seed", -1],
    ],
)
def test_bad_words(type_in: Type, tmp_path: Path, words: list[object]) -> None:
    result = type_in("perform", *words, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made(type_in: Type, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = type_in("perform", "--gesture", "arm_roll", "--out", tmp_path / "file" / "clips")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_file_names(tmp_path: Path) -> None:
    clips = plan_clips(("arm_roll", "air_guitar"), range(3, 5), tmp_path)
    assert [clip.path.name for clip in clips] == [
        "arm_roll_3.aedat4",
        "arm_roll_4.aedat4",
        "air_guitar_3.aedat4",
        "air_guitar_4.aedat4",
    ]


def test_the_real_performer_is_written_down(type_in: Type, tmp_path: Path) -> None:
    out = tmp_path / "wave.aedat4"
    words = ["--gesture", "right-hand-wave", "--seconds", 0.1, "--seed", 5, "--out", out]
    assert type_in("perform", *words).exit_code == 0
    events = read_all(out)
    assert len(events) > 100
    assert events["t"][0] >= 0
    assert events["t"][-1] < 100_000
    assert labels_of(tmp_path / "wave_labels.csv")[1] == ["2", "0", "100000"]
