"""Sessions to train on from both kinds of data, and windows drawn from them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.data.dvs_gesture.archive import MADE, Trial
from models.data.dvs_gesture.clips import DvsGesture
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import GestureLabel
from models.data.dvs_gesture.sessions import as_session, label_track, session_path
from models.data.gestures import CLASSES, NO_GESTURE, ON_THE_WAY
from models.data.performer_set import (
    BACK_MS,
    TO_MS,
    VERSION,
    Session,
    load_labels,
    load_session,
)
from models.data.sampling import Augmentation
from models.data.sources import DataSetSource, PerformerSource, open_source, split_people
from models.data.windows import Windows
from tests.models.dvs_sets import GESTURE_US, PERIOD_US, START_US, usual_labels, write_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set")


def test_a_trial_becomes_a_session_that_is_kept(folder: Path, tmp_path: Path) -> None:
    data = DvsGesture(folder)
    trial = data.trials_of("train")[0]
    path = session_path(data, trial)
    assert path == tmp_path / "set.cache" / f"{trial.name}.session.npz"
    session, stream = load_session(path), data.stream(trial)
    assert len(session.t_ms) == len(stream.events)
    np.testing.assert_array_equal(session.t_ms, (stream.events["t"] - START_US) // 1000)
    for name in "xyp":
        np.testing.assert_array_equal(getattr(session, name), stream.events[name])
    # The first gesture, which the set has from 20 to 80 ms.
    gap = (PERIOD_US - GESTURE_US) // 1000
    assert (session.label[gap : PERIOD_US // 1000] == stream.labels[0].gesture).all()
    assert [(g, a + START_US, b + START_US) for g, a, b in load_labels(path)] == [
        (la.gesture, la.start_us, la.end_us) for la in usual_labels()
    ]
    stamp = path.stat().st_mtime_ns
    assert session_path(data, trial).stat().st_mtime_ns == stamp
    trial.labels.write_text(trial.labels.read_text() + "\n")
    assert session_path(data, trial).stat().st_mtime_ns != stamp
    assert not list((tmp_path / "set.cache").glob("*.partial.npz"))


def test_unlabelled_time_is_rest_only_where_that_is_known() -> None:
    labels = [GestureLabel(3, 2_000_000, 3_000_000), GestureLabel(5, 5_000_000, 6_000_000)]
    real = label_track(labels, 0, 8000, rest_is_known=False)
    assert set(real[real < 0].tolist()) == {ON_THE_WAY}
    assert (real[2000:3000] == 3).all()
    assert (real[5000:6000] == 5).all()
    made = label_track(labels, 0, 8000, rest_is_known=True)
    assert (made[: 2000 - TO_MS] == NO_GESTURE).all()
    assert (made[2000 - TO_MS : 2000] == ON_THE_WAY).all()
    assert (made[3000 : 3000 + BACK_MS] == ON_THE_WAY).all()
    assert (made[3000 + BACK_MS : 5000 - TO_MS] == NO_GESTURE).all()
    late = label_track(labels, 2_500_000, 3500, rest_is_known=False)
    assert (late[:500] == 3).all(), "a gesture that began before the recording"


def test_a_synthetic_set_knows_its_rests(folder: Path) -> None:
    (folder / MADE).write_text(json.dumps({}))
    data = DvsGesture(folder)
    session = load_session(session_path(data, data.trials_of("train")[0]))
    assert session.label[0] == ON_THE_WAY, "20 ms before a gesture the arms are on their way"
    stream = data.stream(data.trials_of("train")[0])
    far = [GestureLabel(0, START_US + 900_000, START_US + 960_000)]
    early = as_session(type(stream)(stream.trial, tuple(far), stream.events), True)
    assert early.label[0] == NO_GESTURE


def test_times_of_a_long_recording_fit() -> None:
    t_ms = np.array([0, 65_535, 65_536, 100_000], np.uint32)
    column = np.zeros(4, np.uint8)
    session = Session(t_ms, column, column, column, np.full(100_001, 2, np.int8))
    windows = Windows(1, 1000, 1, 32, Augmentation())
    found = [windows.draw([session], np.random.default_rng(n))[0].sum() for n in range(200)]
    assert max(found) == 2.0
    assert min(found) == 0.0


def test_the_last_training_people_are_kept_out(folder: Path) -> None:
    names = [f"user{n:02d}_{light}" for n in range(1, 24) for light in ("led", "lab")]
    split = split_people([Trial(folder, name, "train") for name in names])
    assert {t.person for t in split["val"]} == {"user21", "user22", "user23"}
    assert len(split["train"]) == 40
    with pytest.raises(DataSetError, match="lists fewer than two people"):
        split_people([Trial(folder, "user01_led", "train"), Trial(folder, "user01_lab", "train")])


def test_sources(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    source = open_source(str(folder), tmp_path / "cache")
    assert source == DataSetSource(folder, tmp_path / "cache")
    train = source.paths("train", 99, 1, lambda *n: told.append(n))
    assert [p.name for p in train] == ["user01_led.session.npz", "user01_lab.session.npz"]
    assert told == [("train", 0, 2), ("train", 1, 2), ("train", 2, 2)]
    (val,) = source.paths("val", 99, 1, lambda *n: None)
    assert val == tmp_path / "cache" / "user02_led.session.npz"
    (one,) = source.paths("train", 1, 1, lambda *n: None)
    assert one == train[0]
    assert open_source("performer") == PerformerSource(Path("data/performer"))
    assert open_source("performer", tmp_path) == PerformerSource(tmp_path)
    rendered = tmp_path / "sessions"
    (rendered / f"v{VERSION}" / "train").mkdir(parents=True)
    assert open_source(str(rendered)) == PerformerSource(rendered)
    with pytest.raises(DataSetError, match='give the folder of a data set, or "performer"'):
        open_source(str(tmp_path / "nowhere"))


def test_windows_have_the_shape_that_was_asked_for(folder: Path) -> None:
    source = open_source(str(folder))
    sessions = [load_session(p) for p in source.paths("train", 2, 1, lambda *n: None)]
    counts, labels = Windows(3, 200, 10, 32, Augmentation()).draw(
        sessions, np.random.default_rng(0)
    )
    assert counts.shape == (20, 3, 2, 32, 32)
    assert counts.sum() > 0
    assert labels.shape == (20, 3)
    assert set(labels.unique().tolist()) <= {ON_THE_WAY, *range(len(CLASSES))}
