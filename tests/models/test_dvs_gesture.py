"""The data set: its quirks, its faults, and what is served from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.data.dvs_gesture.archive import MAPPING, list_trials
from models.data.dvs_gesture.clips import DvsGesture
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import GestureLabel, read_labels, settle_labels, write_labels
from models.data.dvs_gesture.survey import survey
from tests.models.dvs_sets import START_US, usual_labels, write_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set")


def problem_of(folder: Path) -> str:
    """The only problem of a set."""
    (problem,) = survey(folder).problems
    return problem.sentence


def test_a_whole_set_has_nothing_to_find(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = survey(folder, lambda done, total: steps.append((done, total)))
    assert found.findings == ()
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    trials = [summary.trial for summary in found.summaries]
    assert [(t.person, t.lighting, t.split) for t in trials] == [
        ("user01", "led", "train"),
        ("user01", "lab", "train"),
        ("user02", "led", "train"),
        ("user03", "led", "test"),
    ]
    assert all(s.events == 5000 and s.labels == tuple(usual_labels()) for s in found.summaries)


def test_a_gesture_that_ends_too_late_is_cut_at_the_next() -> None:
    labels = usual_labels()
    wrong = replace(labels[8], end_us=labels[9].start_us + 7)
    settled, notes = settle_labels([*labels[:8], wrong, *labels[9:]])
    assert settled == [*labels[:8], replace(wrong, end_us=labels[9].start_us), *labels[9:]]
    assert len(notes) == 1
    assert f"ends gesture 9 (class 8) at {wrong.end_us}" in notes[0]


def test_repeated_and_missing_classes_are_told_but_two_arm_rolls_are_usual() -> None:
    labels = usual_labels()
    assert settle_labels(labels) == (labels, [])
    labels[3] = replace(labels[3], gesture=1)
    settled, notes = settle_labels(labels)
    assert settled == labels
    assert notes == ["repeats class 2; clips are told apart by row", "lacks class 4"]


def test_rows_out_of_order_are_sorted() -> None:
    labels = usual_labels()
    settled, notes = settle_labels(labels[::-1])
    assert (settled, notes) == (labels, ["has rows out of order, which were sorted"])


def test_two_gestures_at_one_time_are_a_fault(folder: Path) -> None:
    labels = usual_labels()
    write_labels(folder / "user03_led_labels.csv", [*labels, labels[0]])
    assert "user03_led_labels.csv is wrong: gestures 1 and 2 start at" in problem_of(folder)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "does not begin with class,startTime_usec"),
        ("class,startTime_usec,endTime_usec\n", "names no gesture"),
        ("class,startTime_usec,endTime_usec\n0,1,2\n", "has class 0 in row 1, where 1..11"),
        ("class,startTime_usec,endTime_usec\n\n1,1,2\n12,1,2\n", "has class 12 in row 2"),
        ("class,startTime_usec,endTime_usec\n1,5,5\n", "row 1 that ends before it starts"),
        ("class,startTime_usec,endTime_usec\n1,5\n", "does not have three whole numbers in row 1"),
        ("class,startTime_usec,endTime_usec\n1,5,x\n", "does not have three whole numbers"),
        ("class,startTime_usec,endTime_usec\n1,-5,7\n", "does not have three whole numbers"),
        ("class,startTime_usec,endTime_usec\n1,5,7\n", "has gestures outside user03_led.aedat"),
        ("class,startTime_usec,endTime_usec\n1,99000000,99000007\n", "has gestures outside"),
    ],
)
def test_labels_that_cannot_be(folder: Path, content: str, sentence: str) -> None:
    (folder / "user03_led_labels.csv").write_text(content)
    assert problem_of(folder).startswith("user03_led_labels.csv ")
    assert sentence in problem_of(folder)
    with pytest.raises(DataSetError):
        DvsGesture(folder).stream(DvsGesture(folder).trials[-1])


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(folder: Path) -> None:
    path = folder / "user03_led_labels.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_labels(path) == usual_labels()
    names = folder / "trials_to_test.txt"
    names.write_bytes(b"user03_led.aedat \r\n\r\n")
    assert survey(folder).findings == ()


def test_a_recording_that_ends_before_its_last_gesture_is_half_copied(folder: Path) -> None:
    labels = usual_labels()
    labels[-1] = replace(labels[-1], end_us=labels[-1].end_us + 2_000_000)
    write_labels(folder / "user01_lab_labels.csv", labels)
    assert problem_of(folder) == (
        "user01_lab.aedat ends 2.0 s before its last gesture does; copy it again from the archive"
    )


def test_a_half_written_last_packet_is_only_told(folder: Path) -> None:
    path = folder / "user01_lab.aedat"
    path.write_bytes(path.read_bytes()[:-3])
    found = survey(folder)
    assert [f.sentence for f in found.findings] == [
        "user01_lab.aedat ends in a half-written packet"
    ]
    assert not found.problems
    assert [s.events for s in found.summaries] == [5000, 4999, 5000, 5000]


@pytest.mark.parametrize("name", ["user02_led.aedat", "user02_led_labels.csv"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    sentence = f"{name} is missing (see trials_to_train.txt); copy it again from the archive"
    assert problem_of(folder) == sentence
    with pytest.raises(DataSetError, match="is missing"):
        DvsGesture(folder)


def test_a_missing_list(folder: Path) -> None:
    (folder / "trials_to_test.txt").unlink()
    sentence = problem_of(folder)
    assert sentence.startswith("trials_to_test.txt cannot be read (No such file")
    assert [f.file for f in survey(folder).findings] == ["trials_to_test.txt", "user03_led.aedat"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "trials_to_test.txt lists no trial"),
        ("user03_led.aedat\nREADME\n", "trials_to_test.txt lists 'README', which is not"),
        ("../user03_led.aedat\n", "which is not a name like"),
        ("user03_led.aedat\nuser03_led.aedat\n", "list user03_led 2 times"),
    ],
)
def test_wrong_lists(folder: Path, content: str, sentence: str) -> None:
    (folder / "trials_to_test.txt").write_text(content)
    assert sentence in problem_of(folder)


def test_nobody_may_be_in_both_lists(folder: Path) -> None:
    (folder / "trials_to_train.txt").write_text("user01_led.aedat\nuser02_led.aedat\n")
    (folder / "trials_to_test.txt").write_text("user01_lab.aedat\nuser03_led.aedat\n")
    assert "both list user01, who must be in one" in problem_of(folder)


def test_a_recording_in_neither_list_is_left_out(folder: Path) -> None:
    (folder / "trials_to_train.txt").write_text("user01_led.aedat\nuser02_led.aedat\n")
    found = survey(folder)
    assert [f.sentence for f in found.findings] == [
        "user01_lab.aedat stands in neither list and is left out"
    ]
    assert len(found.summaries) == 3


def test_the_mapping_may_be_missing_or_spelt_otherwise_but_not_wrong(folder: Path) -> None:
    (folder / MAPPING).unlink()
    assert not survey(folder).problems
    (folder / MAPPING).write_text("action,label\nHand Clapping,1\nrolling,8\n")
    assert survey(folder).findings == ()
    (folder / MAPPING).write_text("action,label\nhand_clapping,2\n")
    assert "gesture_mapping.csv gives hand_clapping the class 2 instead of 1" in problem_of(folder)


def test_what_is_no_data_set(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="is not a folder; give the data set's folder"):
        list_trials(tmp_path / "nowhere")
    with pytest.raises(DataSetError, match="holds no trials_to_train") as caught:
        list_trials(tmp_path)
    assert str(caught.value).endswith(f"; give {folder}")


def test_clips_are_the_labelled_parts_of_the_stream(folder: Path, tmp_path: Path) -> None:
    served = DvsGesture(folder)
    (trial,) = served.trials_of("test")
    stream = served.stream(trial)
    assert len(stream.events) == 5000
    for _ in range(2):  # decoded, then from the cache
        clips = list(served.clips(trial))
        assert [clip.label for clip in clips] == usual_labels()
        assert [clip.row for clip in clips] == list(range(12))
        for clip in clips:
            t = stream.events["t"]
            inside = (t >= clip.label.start_us) & (t < clip.label.end_us)
            assert np.array_equal(clip.events, stream.events[inside])
    assert 0 < sum(len(clip.events) for clip in clips) < 5000
    assert [path.name for path in (tmp_path / "set.cache").iterdir()] == ["user03_led.npz"]


def test_repeated_classes_are_clips_of_their_own(folder: Path) -> None:
    half_us = 100_000
    labels = [
        GestureLabel(4, START_US + row * half_us, START_US + (row + 1) * half_us)
        for row in range(3)
    ]
    write_labels(folder / "user03_led_labels.csv", labels)
    served = DvsGesture(folder)
    clips = list(served.clips(served.trials_of("test")[0]))
    assert [(clip.row, clip.label) for clip in clips] == list(enumerate(labels))


def test_a_cache_that_is_damaged_or_out_of_date_is_made_anew(folder: Path, tmp_path: Path) -> None:
    served = DvsGesture(folder, tmp_path / "cache")
    (trial,) = served.trials_of("test")
    whole = list(served.clips(trial))
    kept = tmp_path / "cache" / "user03_led.npz"
    kept.write_bytes(kept.read_bytes()[:-100])
    assert np.array_equal(next(served.clips(trial)).events, whole[0].events)
    write_labels(trial.labels, usual_labels()[1:])
    assert len(list(served.clips(trial))) == 11


def test_splits(folder: Path) -> None:
    served = DvsGesture(folder)
    assert [len(served.trials_of(split)) for split in ("train", "test")] == [3, 1]
    with pytest.raises(ValueError, match="expected a split out of train, test, got 'val'"):
        served.trials_of("val")


TABLE = "class,startTime_usec,endTime_usec\n3,5,90\n11,95,200\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", ", ").encode(),
        TABLE.replace(",", " ,\t").encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace("\n", "\r\n").encode() + b"\r\n \r\n,,\r\n",
        TABLE.replace("\n", "\r").encode(),
        b"\n\n" + TABLE.replace("3,5,90", '"3", "5", "90"').encode() + b"\x0c\n\n",
    ],
    ids=["mark", "utf-16", "spaces", "wide", "semicolons", "tabs", "Windows", "old Mac", "quoted"],
)
def test_what_spreadsheets_do_to_labels(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a_labels.csv").write_bytes(content)
    labels = [GestureLabel(2, 5, 90), GestureLabel(10, 95, 200)]
    assert read_labels(tmp_path / "a_labels.csv") == labels


def test_a_name_of_three_hundred_letters_in_a_list_is_a_finding(tmp_path: Path) -> None:
    name = f"user01_{'l' * 300}.aedat"
    (tmp_path / "trials_to_train.txt").write_text(f"{name}\n")
    trials, findings = list_trials(tmp_path)
    assert trials == []
    said = [each.sentence for each in findings if "not a name like" in each.sentence]
    assert len(said) == 1
    assert len(said[0]) < 300


def test_a_list_names_no_file_of_another_folder(tmp_path: Path) -> None:
    names = ["../user01_led.aedat", "/etc/user01_led.aedat", "user01_../../led.aedat"]
    (tmp_path / "trials_to_train.txt").write_text("\n".join(names))
    trials, findings = list_trials(tmp_path)
    assert trials == []
    assert sum("not a name like" in each.sentence for each in findings) == len(names)
