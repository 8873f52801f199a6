from __future__ import annotations

from pathlib import Path

import numpy as np

from app.ui.logic.truth import UNLABELLED, Truth, truth_beside
from models.data.dvs_gesture.labels import GestureLabel, write_labels
from models.data.gestures import CLASSES


def test_labels_beside_a_recording_are_found(tmp_path: Path) -> None:
    write_labels(tmp_path / "walk_labels.csv", [GestureLabel(2, 10_000, 20_000)])
    truth = truth_beside(tmp_path / "walk.aedat4")
    assert truth.at(np.array([9, 10, 19, 20])).tolist() == [UNLABELLED, 2, 2, UNLABELLED]
    assert truth.name_at(15_000) == CLASSES[2]
    assert truth.name_at(25_000) is None


def test_without_labels_there_is_no_truth(tmp_path: Path) -> None:
    assert truth_beside(tmp_path / "walk.aedat4") == Truth()


def test_labels_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    (tmp_path / "walk_labels.csv").write_text("class,startTime_usec,endTime_usec\n99,1,2\n")
    truth = truth_beside(tmp_path / "walk.aedat4")
    assert not truth.labels
    assert truth.note is not None
    assert "class 99 in row 1" in truth.note


def test_labels_that_begin_together_are_told(tmp_path: Path) -> None:
    labels = [GestureLabel(1, 0, 9), GestureLabel(2, 0, 5)]
    write_labels(tmp_path / "walk_labels.csv", labels)
    note = truth_beside(tmp_path / "walk.aedat4").note
    assert note is not None
    assert "start at the same time" in note
