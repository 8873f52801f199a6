"""One's own way of known gestures, and the program fitted to a place, in the window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.recognition.decision import Recognition
from app.sources.contract import FileSpec
from app.ui.logic import teaching
from app.ui.logic.teaching import Fitted, Learnt, Told, fit, known_classes, taught_in
from app.ui.logic.words import readable
from models.model_file import DEFAULT_CHECKPOINT, load_model, load_spec
from models.spec import ModelError, ModelSpec
from models.teaching.ways import MINE
from tests.ui.conftest import Desk
from tests.ui.fakes import reading, snapshot
from tests.ui.test_teaching import shows, spikes

CHOSEN = ("hand_clapping", "right_hand_wave", "right_arm_clockwise", "arm_roll")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(teaching, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def calibrating(desk: Desk, monkeypatch: pytest.MonkeyPatch, home: Path) -> Desk:
    for module in ("teach_view", "calibrate_view"):
        monkeypatch.setattr(f"app.ui.{module}.COUNTDOWN_S", 0)
    desk.window.open(FileSpec("arm_roll_1.aedat4"))
    desk.window.actions_by_name["calibrate"].trigger()
    desk.show(shows(10))
    return desk


def dialog_of(desk: Desk):
    dialog = desk.window.views.calibrate.dialog
    assert dialog is not None
    return dialog


def fake_fit(home: Path, asked: list[Mapping[str, np.ndarray]]):
    def fitting(base: Path, shown: Mapping[str, np.ndarray], advance: object) -> Fitted:
        asked.append(shown)
        spec, weights = load_model(base)
        told = tuple(Told(name, 0.41, 0.87) for name in shown)
        return Fitted(home / "default+you.safetensors", spec, weights, told)

    return fitting


def make_all(desk: Desk, qtbot) -> None:
    dialog_of(desk).button.click()
    for class_id in CHOSEN:
        desk.show(shows(3000))
        assert dialog_of(desk).picture.class_id == class_id
        assert readable(class_id) in dialog_of(desk).said.text()
        desk.show(shows(3000))

    def learnt() -> bool:
        desk.show(shows(1))
        return dialog_of(desk).keep.isEnabled()

    qtbot.waitUntil(learnt)


def test_four_gestures_are_shown_learnt_and_kept(
    calibrating: Desk, monkeypatch: pytest.MonkeyPatch, home: Path, qtbot
) -> None:
    asked: list[Mapping[str, np.ndarray]] = []
    monkeypatch.setattr("app.ui.calibrate_view.fit", fake_fit(home, asked))
    make_all(calibrating, qtbot)
    assert {name: len(hidden) for name, hidden in asked[0].items()} == dict.fromkeys(CHOSEN, 6000)
    lines = dialog_of(calibrating).said.text().splitlines()
    assert len(lines) == 4
    assert all("87" in line and "41" in line for line in lines)
    assert not home.exists()
    dialog_of(calibrating).keep.click()
    assert (home / "default+you.safetensors").exists()
    assert calibrating.window.systems.chosen[0].path == home / "default+you.safetensors"
    assert not dialog_of(calibrating).keep.isEnabled()


def test_what_is_discarded_leaves_nothing(
    calibrating: Desk, monkeypatch: pytest.MonkeyPatch, home: Path, qtbot
) -> None:
    monkeypatch.setattr("app.ui.calibrate_view.fit", fake_fit(home, []))
    make_all(calibrating, qtbot)
    dialog_of(calibrating).discard.click()
    assert not home.exists()
    assert "Discarded" in dialog_of(calibrating).said.text()
    calibrating.show(shows(1))
    assert dialog_of(calibrating).button.isEnabled()


def test_a_failure_is_told_in_a_sentence(
    calibrating: Desk, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    def fail(*_: object) -> Fitted:
        raise ModelError("expected another network")

    monkeypatch.setattr("app.ui.calibrate_view.fit", fail)
    dialog_of(calibrating).button.click()
    for _ in range(8):
        calibrating.show(shows(3000))

    def told() -> bool:
        calibrating.show(shows(1))
        return "xpected another network" in dialog_of(calibrating).said.text()

    qtbot.waitUntil(told)
    assert not dialog_of(calibrating).keep.isEnabled()


def test_it_takes_three_to_five_gestures_and_can_be_stopped(calibrating: Desk) -> None:
    dialog = dialog_of(calibrating)
    assert dialog.chosen == tuple(c for c in known_classes(load_spec(DEFAULT_CHECKPOINT)[0])
                                  if c in CHOSEN)  # fmt: skip
    assert dialog.button.isEnabled()
    items = [dialog.gestures.item(row) for row in range(dialog.gestures.count())]
    for item in items:
        item.setCheckState(Qt.CheckState.Checked)
    assert not dialog.button.isEnabled()
    for item in items[2:]:
        item.setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.button.isEnabled()
    items[5].setCheckState(Qt.CheckState.Checked)
    dialog.button.click()
    calibrating.show(shows(3000))
    assert dialog.bar.value() > 0
    dialog.button.click()
    calibrating.show(shows(9000))
    assert dialog.bar.value() == 0
    assert dialog.button.isEnabled()


def test_another_system_cannot_be_fitted(calibrating: Desk) -> None:
    other = ModelSpec("x", "slayer", ("a", "b"), (2, 8, 8))
    calibrating.show(snapshot(readings=(reading(spec=other),)))
    assert not dialog_of(calibrating).button.isEnabled()
    assert "default system" in dialog_of(calibrating).said.text()


def test_one_s_way_of_a_wave_is_taught_and_listed(
    calibrating: Desk, monkeypatch: pytest.MonkeyPatch, home: Path, qtbot
) -> None:
    asked: list[str] = []

    def learn_way(base: Path, name: str, hidden: np.ndarray, advance: object) -> Learnt:
        asked.append(name)
        return Learnt(home / "default+you.safetensors", name, 0.9, 0.2)

    monkeypatch.setattr("app.ui.teach_view.learn_way", learn_way)
    calibrating.window.actions_by_name["teach"].trigger()
    calibrating.show(shows(10))
    dialog = calibrating.window.views.teach.dialog
    assert dialog is not None
    assert not dialog.button.isEnabled()
    dialog.kind.setCurrentIndex(dialog.kind.findData("right_hand_wave"))
    assert dialog.button.isEnabled()  # it needs no name
    dialog.button.click()
    calibrating.show(shows(10_000))

    def learnt() -> bool:
        calibrating.show(shows(1))
        return "20" in dialog.verdict.text()

    qtbot.waitUntil(learnt)
    assert asked == ["right_hand_wave"]
    assert "Your way of “Right hand wave”" in dialog.verdict.text()
    dialog.show_taught(["right_hand_wave (mine)", "Salute"])
    texts = [dialog.taught.item(row).text() for row in range(2)]
    assert texts == ["Right hand wave, my way", "Salute"]
    forgotten: list[str] = []
    dialog.forget_asked.connect(forgotten.append)
    dialog.taught.setCurrentRow(0)
    dialog.forget.click()
    assert forgotten == ["right_hand_wave (mine)"]


def test_the_bars_show_no_way_by_itself(calibrating: Desk) -> None:
    spec = ModelSpec(
        "x", "conv_lif", ("arm_roll", "arm_roll (mine)", "Salute"), (2, 8, 8), counts_as=(0, 0, 2)
    )
    decided = Recognition(0, 2, 2, 0.9, np.array([3, 0, 50], np.int32))
    calibrating.show(snapshot(readings=(reading(spec=spec, recognition=decided),)))
    canvas = calibrating.window.instrument.bars.canvas
    assert canvas.names == ("Arm roll", "Salute")
    assert (canvas.votes.tolist(), canvas.gesture) == ([3, 50], 1)


def test_a_place_is_learnt_kept_and_known_the_next_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.teaching.rehearsal.load_rehearsal", lambda path, weights: [])
    hidden = spikes(3000).hidden
    shown = {"arm_roll": hidden, "left_hand_wave": hidden}
    fitted = fit(DEFAULT_CHECKPOINT, shown, lambda share: None)
    assert [told.name for told in fitted.told] == list(shown)
    assert not home.exists()
    fitted.keep()
    assert taught_in(fitted.path) == tuple(name + MINE.format("") for name in shown)
    assert fit(DEFAULT_CHECKPOINT, shown, lambda share: None).spec.classes[-1].endswith(" (mine 2)")
    assert "left_hand_wave (mine)" not in known_classes(fitted.spec)
