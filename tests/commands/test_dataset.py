"""``dataset``: what it tells, and that what it makes is read by everything else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.sources.formats.aedat3 import Aedat3File
from app.sources.formats.blocks import BlockReader
from app.sources.formats.recording import RecordingSource
from models.data.dvs_gesture import making
from models.data.dvs_gesture.aedat3 import read_aedat3
from models.data.gestures import CLASSES
from models.data.performer import Label, Performance
from tests.commands.conftest import Type
from tests.commands.test_perform import labels_of
from tests.models.dvs_sets import noise, write_set


@pytest.fixture
def quick_actor(monkeypatch: pytest.MonkeyPatch) -> None:
    def act(seed: int, lighting: str, reserved: bool, gesture_s: float) -> Performance:
        labels = [
            Label(name, 80_000 * i, 80_000 * i + 60_000) for i, name in enumerate(making.PROGRAMME)
        ]
        return Performance(noise(1000, 0, 1_000_000, seed), tuple(labels), 128, 128)

    monkeypatch.setattr(making, "perform_trial", act)


def rows(output: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines()]


def test_a_whole_set_is_told(type_in: Type, tmp_path: Path) -> None:
    result = type_in("dataset", "check", write_set(tmp_path / "set"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert ["people", "2", "1", "23 + 6"] in rows(result.stdout)
    assert ["recordings", "3", "1", "98 + 24"] in rows(result.stdout)
    assert ["gestures", "36", "12", "1176 + 288"] in rows(result.stdout)
    assert ["1 hand clapping", "3", "1", "0.1"] in rows(result.stdout)
    assert ["8 arm roll", "6", "2", "0.1"] in rows(result.stdout)
    assert "Findings" not in result.stdout


def test_what_is_unusual_is_no_fault(type_in: Type, tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    recording = folder / "user03_led.aedat"
    recording.write_bytes(recording.read_bytes()[:-1])
    result = type_in("dataset", "check", folder)
    assert result.exit_code == 0
    assert ["note", "user03_led.aedat", "ends in a half-written packet"] in rows(result.stdout)


def test_problems_are_one_sentence_and_a_table(type_in: Type, tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    (folder / "user01_led.aedat").unlink()
    (folder / "user03_led_labels.csv").write_text("class\n")
    result = type_in("dataset", "check", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: user01_led.aedat is missing (see trials_to_train.txt); copy it again from the "
        "archive (1 more problem above)\n"
    )
    files = [row[1] for row in rows(result.stdout) if row[:1] == ["problem"]]
    assert files == ["user01_led.aedat", "user03_led_labels.csv"]
    assert ["recordings", "2", "0", "98 + 24"] in rows(result.stdout)


def test_no_data_set_at_all(type_in: Type, tmp_path: Path) -> None:
    result = type_in("dataset", "check", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds no trials_to_train.txt; give the folder" in result.stderr
    assert type_in("dataset", "check", tmp_path / "nowhere").exit_code == 2


@pytest.mark.usefixtures("quick_actor")
def test_what_is_made_is_whole_and_the_source_reads_it(type_in: Type, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    words = ["--people", 2, "--lightings", 2, "--seed", 4, "--gesture-s", 1, "--workers", 1]
    result = type_in("dataset", "make", folder, *words)
    assert result.exit_code == 0, result.output
    assert result.stderr == f"{folder} holds 4 recordings of 2 people.\n"
    checked = type_in("dataset", "check", folder)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert "Findings" not in checked.stdout
    assert {path.name for path in folder.iterdir()} == {
        "gesture_mapping.csv",
        "made.json",
        "trials_to_test.txt",
        "trials_to_train.txt",
        *(
            f"user0{person}_{light}{end}"
            for person in (1, 2)
            for light in ("fluorescent", "fluorescent_led")
            for end in (".aedat", "_labels.csv")
        ),
    }
    path = folder / "user02_fluorescent_led.aedat"
    source = RecordingSource(path.name, BlockReader(Aedat3File(path, "3.1")))
    played = np.concatenate([batch.events for batch in source.batches()])
    assert np.array_equal(played, read_aedat3(path).events)
    assert source.info.note is None
    classes = [row[0] for row in labels_of(folder / "user01_fluorescent_labels.csv")[1:]]
    assert classes == ["1", "2", "3", "4", "5", "6", "7", "8", "8", "9", "10", "11"]
    mapping = labels_of(folder / "gesture_mapping.csv")
    assert mapping[1:] == [[name, str(number)] for number, name in enumerate(CLASSES, 1)]


@pytest.mark.usefixtures("quick_actor")
def test_other_options_are_refused(type_in: Type, tmp_path: Path) -> None:
    words = ["dataset", "make", tmp_path / "made", "--lightings", 1, "--workers", 1, "--people"]
    assert type_in(*words, 2).exit_code == 0
    result = type_in(*words, 3)
    assert result.exit_code == 2
    assert "give the same options or another folder" in result.stderr


@pytest.mark.parametrize(
    "words",
    [["--people", 1], ["--lightings", 6], ["--gesture-s", 0.1], ["--seed", -1], ["--workers", 0]],
)
def test_bad_words(type_in: Type, tmp_path: Path, words: list[object]) -> None:
    result = type_in("dataset", "make", tmp_path / "made", *words)
    assert result.exit_code == 2
    assert not (tmp_path / "made").exists()


def test_a_folder_that_cannot_be_made(type_in: Type, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = type_in("dataset", "make", tmp_path / "file" / "made", "--people", 2)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
