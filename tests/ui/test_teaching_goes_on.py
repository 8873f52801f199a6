"""What is taught survives another language, and ends where another system takes over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.pipeline.snapshot import PipelineState
from app.ui import teach_view
from app.ui.logic.teaching import Learnt
from app.ui.teach_dialog import TeachDialog
from models.spec import ModelSpec
from tests.ui.conftest import Desk
from tests.ui.fakes import reading, snapshot
from tests.ui.test_calibrating import calibrating, dialog_of, fake_fit, make_all
from tests.ui.test_teaching import home, shows, teaching_desk

__all__ = ["calibrating", "home", "teaching_desk"]
SLAYER = snapshot(readings=(reading(spec=ModelSpec("x", "slayer", ("a", "b"), (2, 8, 8))),))


def teach_dialog(desk: Desk) -> TeachDialog:
    dialog = desk.window.views.teach.dialog
    assert dialog is not None
    return dialog


def speak_korean(desk: Desk) -> None:
    desk.keeper.change_display(language="ko")
    desk.window.speak()


def begin(desk: Desk, name: str) -> None:
    teach_dialog(desk).name.setText(name)
    teach_dialog(desk).button.click()


@pytest.fixture
def learning(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], threading.Event]:
    """How many ticks were learnt from; learning waits for the event."""
    ticks: list[int] = []
    go_on = threading.Event()

    def learn(base: Path, name: str, hidden: np.ndarray, advance: object) -> Learnt:
        ticks.append(len(hidden))
        go_on.wait(30)
        return Learnt(home / "default+you.safetensors", name, 0.93)

    monkeypatch.setattr("app.ui.teach_view.learn", learn)
    return ticks, go_on


def said(desk: Desk, words: str) -> Callable[[], bool]:
    def told() -> bool:
        desk.show(shows(1))
        return words in teach_dialog(desk).verdict.text()

    return told


def test_what_is_being_learnt_is_told_in_the_other_language(
    teaching_desk: Desk, learning: tuple[list[int], threading.Event], home: Path, qtbot
) -> None:
    begin(teaching_desk, "Salute")
    teaching_desk.show(shows(10_000))
    speak_korean(teaching_desk)
    assert teach_dialog(teaching_desk).isVisible()
    assert "배우" in teach_dialog(teaching_desk).verdict.text()
    learning[1].set()
    qtbot.waitUntil(said(teaching_desk, "“Salute” 동작을 배웠어요"))
    assert teaching_desk.window.systems.chosen[0].path == home / "default+you.safetensors"


def test_what_is_being_shown_goes_on_in_the_other_language(
    teaching_desk: Desk, learning: tuple[list[int], threading.Event], qtbot
) -> None:
    begin(teaching_desk, "Salute")
    teaching_desk.show(shows(4000))
    teaching_desk.show(shows(0))  # which is taken once more when the window is built anew
    speak_korean(teaching_desk)
    learning[1].set()
    teaching_desk.show(shows(6000))
    qtbot.waitUntil(said(teaching_desk, "Salute"))
    assert learning[0] == [10_000]


def test_a_lesson_whose_dialog_is_closed_is_not_lost(
    teaching_desk: Desk, learning: tuple[list[int], threading.Event], home: Path, qtbot
) -> None:
    begin(teaching_desk, "Salute")
    teaching_desk.show(shows(10_000))
    teach_dialog(teaching_desk).reject()
    speak_korean(teaching_desk)
    assert not teach_dialog(teaching_desk).isVisible()
    learning[1].set()
    qtbot.waitUntil(said(teaching_desk, "Salute"))
    assert teaching_desk.window.systems.chosen[0].path == home / "default+you.safetensors"


def test_what_may_be_kept_is_offered_in_the_other_language(
    calibrating: Desk, monkeypatch: pytest.MonkeyPatch, home: Path, qtbot
) -> None:
    monkeypatch.setattr("app.ui.calibrate_view.fit", fake_fit(home, []))
    make_all(calibrating, qtbot)
    speak_korean(calibrating)
    calibrating.show(shows(1))
    assert "87 %" in dialog_of(calibrating).said.text()
    dialog_of(calibrating).keep.click()
    assert (home / "default+you.safetensors").exists()


def test_where_nothing_plays_it_waits(teaching_desk: Desk) -> None:
    dialog = teach_dialog(teaching_desk)
    held = replace(shows(0), state=PipelineState.PAUSED)
    teaching_desk.show(held)
    dialog.name.setText("Salute")
    assert (dialog.verdict.text(), dialog.button.isEnabled()) == (teach_view.READY, False)
    teaching_desk.show(shows(0))
    dialog.button.click()
    teaching_desk.show(held)
    assert dialog.verdict.text() == teach_view.WAITS
    teaching_desk.show(shows(4000))
    assert (dialog.verdict.text(), dialog.bar.value()) == (teach_view.SHOWING, 40)


def test_where_nothing_plays_fitting_waits(calibrating: Desk) -> None:
    dialog = dialog_of(calibrating)
    dialog.button.click()
    calibrating.show(replace(shows(0), state=PipelineState.FAILED))
    assert dialog.said.text() == teach_view.WAITS
    dialog.button.click()
    calibrating.show(replace(shows(0), state=PipelineState.FINISHED))
    assert (dialog.said.text(), dialog.button.isEnabled()) == (teach_view.READY, False)


def test_another_system_ends_it_until_the_first_is_back(teaching_desk: Desk) -> None:
    dialog = teach_dialog(teaching_desk)
    assert dialog.verdict.text() == teach_view.CAN
    begin(teaching_desk, "Salute")
    teaching_desk.show(shows(4000))
    teaching_desk.show(SLAYER)
    assert dialog.verdict.text() == teach_view.NEEDS
    assert (dialog.bar.value(), dialog.name.isEnabled()) == (0, True)
    teaching_desk.show(shows(10_000))
    assert dialog.verdict.text() == teach_view.CAN


def test_another_system_ends_fitting_until_the_first_is_back(calibrating: Desk) -> None:
    dialog_of(calibrating).button.click()
    calibrating.show(shows(4000))
    calibrating.show(SLAYER)
    assert dialog_of(calibrating).said.text() == teach_view.NEEDS
    calibrating.show(shows(1))
    assert dialog_of(calibrating).said.text() == teach_view.CAN
    assert dialog_of(calibrating).button.isEnabled()


def test_what_is_forgotten_or_renamed_is_said(
    teaching_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[object, ...]] = []
    monkeypatch.setattr(teach_view, "taught_in", lambda path: ("Salute", "arm_roll (mine)"))
    for name in ("forget", "rename"):
        monkeypatch.setattr(teach_view, name, lambda path, *names: done.append(names))
    dialog = teach_dialog(teaching_desk)
    dialog.rename_asked.emit("Salute", "Bow")
    assert dialog.verdict.text() == "“Salute” is now called “Bow”."
    dialog.forget_asked.emit("arm_roll (mine)")
    assert dialog.verdict.text() == "“Arm roll, my way” is forgotten."
    assert done == [("Salute", "Bow"), ("arm_roll (mine)",)]


@pytest.mark.parametrize("name", ["teach", "calibrate", "settings"])
def test_what_is_asked_for_again_has_the_keys(desk: Desk, name: str, qtbot) -> None:
    window = desk.window
    action = window.actions_by_name[name]
    action.trigger()
    views = {
        "teach": window.views.teach, "calibrate": window.views.calibrate,
        "settings": window.settings,
    }  # fmt: skip
    dialog = views[name].dialog
    qtbot.waitUntil(dialog.isActiveWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    action.trigger()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.showMinimized()
    action.trigger()
    qtbot.waitUntil(lambda: not dialog.isMinimized())
