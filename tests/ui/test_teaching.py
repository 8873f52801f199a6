"""A gesture of one's own, taught in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from app.pipeline.lesson import Lesson
from app.sources.contract import FileSpec
from app.ui.logic import teaching
from app.ui.logic.teaching import (
    SHOWN_US,
    Learnt,
    Showing,
    forget,
    rename,
    taught_in,
    taught_path,
    to_be_taught,
)
from app.ui.teach_dialog import TeachDialog
from models.live import open_network
from models.model_file import DEFAULT_CHECKPOINT, load_model, load_spec
from models.spec import TAUGHT, ModelError, ModelSpec
from tests.ui.conftest import Desk
from tests.ui.fakes import chunk, reading, snapshot

HIDDEN = 512


def spikes(ticks: int):
    rng = np.random.default_rng(1)
    hidden = np.zeros((ticks, HIDDEN), np.uint8)
    hidden[:, ::16] = rng.random((ticks, HIDDEN // 16)) < 0.1
    return chunk(0, np.zeros((ticks, 11), np.int32), hidden, "hidden")


def shows(ticks: int):
    spec = load_spec(DEFAULT_CHECKPOINT)[0]
    return snapshot(readings=(reading(spec=spec, raster=(spikes(ticks),)),))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(teaching, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


def test_what_is_shown_is_collected_for_ten_seconds() -> None:
    showing = Showing()
    showing.add((spikes(4000),))
    assert showing.share == pytest.approx(0.4)
    showing.add((spikes(4000), spikes(4000)))
    assert showing.share == 1.0
    assert showing.hidden.shape == (12_000, HIDDEN)
    other = chunk(0, np.zeros((5, 11), np.int32), np.zeros((5, 9), np.uint8), "hidden")
    showing.add((other,))
    assert showing.hidden.shape == (5, 9)


def test_a_lesson_tells_its_result_or_why_there_is_none(qtbot) -> None:
    done = Lesson(lambda advance: advance(0.5) or "learnt")
    qtbot.waitUntil(lambda: done.is_over)
    assert (done.result, done.share, done.failure) == ("learnt", 0.5, None)

    def fail(_: object) -> None:
        raise ModelError("expected a name")

    failed = Lesson(fail)
    qtbot.waitUntil(lambda: failed.is_over)
    assert failed.result is None
    assert "expected a name" in (failed.failure or "")


@pytest.mark.slow
def test_a_gesture_is_learnt_kept_renamed_and_forgotten(home: Path) -> None:
    told: list[float] = []
    hidden = spikes(SHOWN_US // 1000 // 2).hidden
    learnt = teaching.learn(DEFAULT_CHECKPOINT, "salute", hidden, told.append)
    assert learnt.path == home / "default+you.safetensors" == taught_path(DEFAULT_CHECKPOINT)
    assert taught_path(learnt.path) == learnt.path
    assert told[-1] == 1.0
    assert taught_in(learnt.path) == ("salute",)
    assert open_network(learnt.path).spec.classes[-1] == "salute"
    rename(learnt.path, "salute", "bow")
    untaught = load_spec(DEFAULT_CHECKPOINT)[0]
    assert untaught.taught == ()
    assert to_be_taught(DEFAULT_CHECKPOINT, untaught).taught == ("bow",)
    with pytest.raises(ModelError, match="does not know yet"):
        teaching.learn(DEFAULT_CHECKPOINT, "bow", hidden, told.append)
    forget(learnt.path, "bow")
    _, before = load_model(DEFAULT_CHECKPOINT)
    _, after = load_model(learnt.path)
    assert all(before[name].tobytes() == after[name].tobytes() for name in before)


@pytest.fixture
def teaching_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch, home: Path) -> Desk:
    monkeypatch.setattr("app.ui.teach_view.COUNTDOWN_S", 0)
    desk.window.open(FileSpec("arm_roll_1.aedat4"))
    desk.window.actions_by_name["teach"].trigger()
    desk.show(shows(10))
    return desk


def test_a_gesture_is_shown_learnt_and_recognised_from_then_on(
    teaching_desk: Desk, monkeypatch: pytest.MonkeyPatch, home: Path, qtbot
) -> None:
    asked: list[tuple[Path, str, int]] = []

    def learn(base: Path, name: str, hidden: np.ndarray, advance: object) -> Learnt:
        asked.append((base, name, len(hidden)))
        return Learnt(home / "default+you.safetensors", name, 0.93)

    monkeypatch.setattr("app.ui.teach_view.learn", learn)
    window = teaching_desk.window
    dialog = window.views.teach.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.button.isEnabled()  # as yet, it has no name
    dialog.name.setText("Salute")
    dialog.button.click()
    teaching_desk.show(shows(4000))
    assert dialog.bar.value() == 40
    assert "again and again" in dialog.verdict.text()
    assert not dialog.name.isEnabled()
    teaching_desk.show(shows(6000))

    def learnt() -> None:
        teaching_desk.show(shows(1))
        assert "“Salute” is learnt" in dialog.verdict.text()

    qtbot.waitUntil(lambda: not learnt() or True)
    assert "93" in dialog.verdict.text()
    assert asked[0][1:] == ("Salute", 10_000)
    assert window.systems.chosen[0].path == home / "default+you.safetensors"


def test_a_name_that_is_known_is_refused_before_anything_is_shown(teaching_desk: Desk) -> None:
    dialog = teaching_desk.window.views.teach.dialog
    assert dialog is not None
    dialog.name.setText("Air drums")
    dialog.button.click()
    teaching_desk.show(shows(10))
    assert "does not know yet" in dialog.verdict.text()
    assert dialog.name.isEnabled()


def test_what_was_taught_before_is_listed_and_known(
    teaching_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taught_before(base: Path, spec: ModelSpec) -> ModelSpec:
        training = {**spec.training, TAUGHT: ["Salute"]}
        return replace(spec, classes=(*spec.classes, "Salute"), training=training, mirror=())

    monkeypatch.setattr("app.ui.teach_view.to_be_taught", taught_before)
    view = teaching_desk.window.views.teach
    view.open()
    teaching_desk.show(shows(10))
    assert view.dialog is not None
    assert [view.dialog.taught.item(row).text() for row in range(view.dialog.taught.count())] == [
        "Salute"
    ]
    view.dialog.name.setText("Salute")
    view.dialog.button.click()
    teaching_desk.show(shows(10))
    assert "does not know yet" in view.dialog.verdict.text()


def test_stopping_leaves_everything_as_it_was(teaching_desk: Desk) -> None:
    dialog = teaching_desk.window.views.teach.dialog
    assert dialog is not None
    dialog.name.setText("Salute")
    dialog.button.click()
    teaching_desk.show(shows(4000))
    dialog.button.click()
    teaching_desk.show(shows(9000))
    assert dialog.bar.value() == 0
    assert dialog.name.isEnabled()


def test_a_failure_is_told_in_a_sentence(
    teaching_desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    def learn(*_: object) -> Learnt:
        raise ModelError("expected another name")

    monkeypatch.setattr("app.ui.teach_view.learn", learn)
    dialog = teaching_desk.window.views.teach.dialog
    assert dialog is not None
    dialog.name.setText("Salute")
    dialog.button.click()
    teaching_desk.show(shows(10_000))

    def told() -> bool:
        teaching_desk.show(shows(1))
        return "xpected another name" in dialog.verdict.text()

    qtbot.waitUntil(told)


def test_another_system_cannot_be_taught(teaching_desk: Desk) -> None:
    dialog = teaching_desk.window.views.teach.dialog
    assert dialog is not None
    dialog.name.setText("Salute")
    other = ModelSpec("x", "slayer", ("a", "b"), (2, 8, 8))
    teaching_desk.show(snapshot(readings=(reading(spec=other),)))
    assert not dialog.button.isEnabled()
    assert "default system" in dialog.verdict.text()


def test_the_dialog_waits_for_a_name_and_nothing_in_it_overlaps(qtbot) -> None:
    dialog = TeachDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is dialog.name
    assert dialog.known.text() == "Taught gestures: none yet"
    dialog.show_taught(["Salute"])
    assert dialog.known.text() == "Taught gestures"
    assert dialog.taught.geometry().bottom() < dialog.rename.geometry().top()
    blurb = next(label for label in dialog.findChildren(QLabel) if label.wordWrap())
    assert blurb.height() >= blurb.heightForWidth(blurb.width())
