"""Choosing systems, on a pipeline that only notes down what it was asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from app.pipeline.snapshot import PipelineState, Stats
from app.pipeline.systems import DEFAULT_MODEL, Systems, bundled_models, system_at
from app.settings import RecognitionSettings
from app.settings_file import load
from app.sources.contract import FileSpec
from app.ui.logic.model_file import UNREADABLE
from app.ui.system_menu import SystemMenu
from app.ui.system_switch import FIRST, SECOND, wanted_systems
from models.spec import TickEvents
from tests.ui.conftest import Desk
from tests.ui.fakes import reading, recognition, snapshot

RECORDED = FileSpec("/data/session 1.aedat4")


def answer(desk: Desk, refusal: str | None = None) -> None:
    """Let the pipeline do what it was asked for last."""
    systems = desk.window.systems.chosen
    readings = tuple(reading(system=system) for system in systems)
    desk.show(snapshot(chosen=systems, readings=readings, refusal=refusal))


def last_choice(desk: Desk) -> list[str]:
    systems: Systems = next(
        call[1] for call in reversed(desk.pipeline.calls) if call[0] == "set_systems"
    )
    return [system.path.stem for system in systems]


def saved(tmp_path: Path) -> RecognitionSettings:
    return load(tmp_path / "settings.json").settings.recognition


@pytest.fixture
def playing(desk: Desk) -> Desk:
    desk.window.open(RECORDED)
    answer(desk)
    return desk


# The choice


def test_where_room_is_short_words_about_a_system_go_as_a_whole(playing: Desk) -> None:
    label = playing.window.instrument.first.gesture.detail
    kind, parameters, _ = label.text().split(", ")
    for shown in (f"{kind}, {parameters}", kind):
        label.resize(label.fontMetrics().horizontalAdvance(f"{shown}, 1") + 4, 20)
        assert label.shown_text() == shown
    label.resize(40, 20)
    assert label.shown_text().endswith("…")


def test_the_default_recognises_at_first(playing: Desk) -> None:
    first = playing.window.instrument.first
    assert first.chooser.text() == "Default"
    assert first.gesture.detail.text().startswith("convolutional LIF, ")
    assert not playing.window.instrument.comparing


def test_a_choice_goes_to_the_pipeline_and_is_remembered_once_it_works(
    playing: Desk, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    playing.window.systems.choose(FIRST, checkpoints["near"])
    assert last_choice(playing) == ["near"]
    assert playing.window.instrument.first.chooser.text() == "Near"
    assert saved(tmp_path) == RecognitionSettings()
    answer(playing)
    path = str(checkpoints["near"])
    assert saved(tmp_path) == RecognitionSettings(model=path, opened=(path,))
    playing.window.systems.choose(FIRST, DEFAULT_MODEL)
    answer(playing)
    assert saved(tmp_path) == RecognitionSettings(opened=(path,))


def test_what_is_refused_is_told_and_not_remembered(
    playing: Desk, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    before = playing.window.systems.chosen
    playing.window.systems.choose(FIRST, checkpoints["damaged"])
    playing.show(
        snapshot(chosen=before, readings=(reading(system=before[0]),), refusal="it is damaged")
    )
    assert playing.window.banner.sentence == "It is damaged"
    assert playing.window.banner.is_failure
    assert playing.window.instrument.first.chooser.text() == "Default"
    assert saved(tmp_path) == RecognitionSettings()
    playing.window.systems.choose(FIRST, checkpoints["near"])
    assert playing.window.banner.sentence == ""


def test_the_same_refusal_is_told_again(playing: Desk, checkpoints: dict[str, Path]) -> None:
    before = playing.window.systems.chosen
    refused = snapshot(chosen=before, readings=(reading(system=before[0]),), refusal="damaged")
    for _ in range(2):
        playing.window.systems.choose(FIRST, checkpoints["damaged"])
        playing.show(refused)
        assert playing.window.banner.sentence == "Damaged"
        playing.window.banner.dismiss()
        playing.show(refused)
        assert playing.window.banner.sentence == ""


def test_compare_and_stop(playing: Desk, checkpoints: dict[str, Path], tmp_path: Path) -> None:
    window = playing.window
    window.systems.choose(SECOND, checkpoints["far"])
    assert last_choice(playing) == ["default", "far"]
    assert window.instrument.comparing
    answer(playing)
    assert saved(tmp_path).compare == str(checkpoints["far"])
    window.actions_by_name["alone"].trigger()
    assert last_choice(playing) == ["default"]
    assert not window.instrument.comparing
    assert not window.actions_by_name["alone"].isEnabled()
    answer(playing)
    assert saved(tmp_path).compare is None


@pytest.mark.parametrize("place", [FIRST, SECOND])
def test_choosing_the_other_one_swaps(
    playing: Desk, checkpoints: dict[str, Path], place: int
) -> None:
    systems = playing.window.systems
    systems.choose(SECOND, checkpoints["far"])
    systems.choose(place, systems.chosen[1 - place].path)
    assert last_choice(playing) == ["far", "default"]


def test_comparing_with_itself_is_no_comparison(playing: Desk) -> None:
    playing.window.systems.choose(SECOND, DEFAULT_MODEL)
    assert last_choice(playing) == ["default"]
    assert not playing.window.instrument.comparing


def test_a_failed_run_is_played_anew_with_another_system(
    playing: Desk, checkpoints: dict[str, Path]
) -> None:
    playing.show(snapshot(state=PipelineState.FAILED, failure="no network", readings=()))
    playing.window.systems.choose(FIRST, checkpoints["near"])
    assert playing.pipeline.opened == [RECORDED, RECORDED]


def test_a_choice_before_the_first_source_is_kept(desk: Desk, checkpoints: dict[str, Path]) -> None:
    desk.window.systems.choose(FIRST, checkpoints["near"])
    desk.window.open(RECORDED)
    assert last_choice(desk) == ["near"]
    assert [call[0] for call in desk.pipeline.calls[:2]] == ["set_systems", "start"]


def test_a_file_that_was_written_anew_is_another_system(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    missing = system_at(path)
    path.write_text("1")
    assert system_at(path) != missing
    assert system_at(path) == system_at(path)


# At the start


def test_the_last_choice_comes_back(checkpoints: dict[str, Path]) -> None:
    near, far = checkpoints["near"], checkpoints["far"]
    settings = RecognitionSettings(model=str(near), compare="default.safetensors")
    assert [system.path for system in wanted_systems(settings)] == [near, DEFAULT_MODEL]
    assert [system.path for system in wanted_systems(RecognitionSettings())] == [DEFAULT_MODEL]
    given = wanted_systems(settings, model=far)
    assert [system.path for system in given] == [far, DEFAULT_MODEL]
    assert [system.path for system in wanted_systems(settings, compare=far)] == [near, far]
    assert [system.path for system in wanted_systems(settings, compare=near)] == [near]


# Menus


def texts(menu: SystemMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def entry(menu: SystemMenu, text: str) -> QAction:
    menu.fill()
    return next(action for action in menu.actions() if action.text().split("\t")[0] == text)


def test_menus_list_bundled_and_opened_models(
    playing: Desk, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    systems = playing.window.systems
    playing.keeper.change_recognition(
        opened=(str(checkpoints["near"]), str(tmp_path / "gone.safetensors"))
    )
    first, second = (SystemMenu(systems, place, playing.window) for place in (FIRST, SECOND))
    bundled = [systems._read(path).name for path in bundled_models()]
    assert bundled[0] == "Default"
    assert texts(first) == [*bundled, "Near", "Open &model file …"]
    assert texts(second) == ["&Nothing (one system alone)", *bundled, "Near", "Open &model file …"]
    assert "parameters" in entry(first, "Near").text()
    assert entry(first, "Default").isChecked()
    assert not entry(second, "Default").isEnabled()
    entry(second, "Near").trigger()
    assert last_choice(playing) == ["default", "near"]
    assert entry(second, "Near").isChecked()
    entry(first, "Near").trigger()
    assert last_choice(playing) == ["near", "default"]
    entry(second, "&Nothing (one system alone)").trigger()
    assert last_choice(playing) == ["near"]


def test_models_of_one_name_are_told_apart(
    playing: Desk, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(checkpoints["near"].read_bytes())
    playing.keeper.change_recognition(opened=(str(checkpoints["near"]), str(copy)))
    names = [file.name for file in playing.window.systems.files()]
    assert names[-2:] == ["Near (near.safetensors)", "Near (copy.safetensors)"]


def test_a_file_of_the_users_own(
    playing: Desk, checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(checkpoints["damaged"]), str(checkpoints["far"])])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(answers), ""))
    calls = len(playing.pipeline.calls)
    playing.window.actions_by_name["open_model"].trigger()
    assert len(playing.pipeline.calls) == calls
    playing.window.actions_by_name["open_model"].trigger()
    assert playing.window.instrument.first.chooser.text() == "damaged"
    assert playing.window.instrument.first.gesture.detail.text() == UNREADABLE
    entry(
        SystemMenu(playing.window.systems, SECOND, playing.window), "Open &model file …"
    ).trigger()
    assert last_choice(playing) == ["damaged", "far"]


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_S, FIRST), (Qt.Key.Key_C, SECOND)])
def test_keys_open_the_menus(playing: Desk, qtbot, key: Qt.Key, place: int) -> None:
    menus = playing.window.findChildren(SystemMenu)
    qtbot.keyClick(playing.window, key)
    assert [menu._place for menu in menus if menu.isVisible()] == [place]
    for menu in menus:
        menu.close()


def test_enter_opens_the_menu_of_the_button_in_focus(playing: Desk, qtbot) -> None:
    chooser = playing.window.instrument.first.chooser
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Return)
    (shown,) = [menu for menu in playing.window.findChildren(SystemMenu) if menu.isVisible()]
    shown.close()


# What is shown of two


def test_two_answers_and_the_spikes_of_either(playing: Desk, checkpoints: dict[str, Path]) -> None:
    window, instrument = playing.window, playing.window.instrument
    window.systems.choose(SECOND, checkpoints["far"])
    first, second = window.systems.chosen
    mine = reading(system=first, recognition=recognition("arm_roll", arm_roll=80))
    spec = replace(mine.spec, name="far")
    other = reading(
        system=second, spec=spec, recognition=recognition("air_drums", air_drums=60, arm_roll=20)
    )
    playing.show(
        snapshot(chosen=(first, second), readings=(mine, other), stats=Stats(loads=(0.124, 0.31)))
    )
    answers = (instrument.first, instrument.second)
    assert [each.gesture.name.text() for each in answers] == ["Arm roll", "Air drums"]
    assert [each.bars.canvas.votes[7] for each in answers] == [80, 20]
    assert [each.chooser.text() for each in answers] == ["Default", "Far"]
    assert instrument.second.gesture.detail.text().startswith("31 % load, convolutional LIF, ")
    assert instrument.raster.detail.text() == "Test network"
    window.actions_by_name["other_spikes"].trigger()
    window.refresh()
    assert instrument.raster.detail.text() == "Far"


def test_a_second_that_is_not_there_yet_is_waited_for(
    playing: Desk, checkpoints: dict[str, Path]
) -> None:
    playing.window.systems.choose(SECOND, checkpoints["far"])
    chosen = playing.window.systems.chosen
    playing.show(snapshot(chosen=chosen, readings=(reading(system=chosen[0]),)))
    second = playing.window.instrument.second
    assert second.gesture.name.text() == "One moment"
    assert second.gesture.detail.text() == "loading …"
    answer(playing)
    assert second.gesture.detail.text().endswith("32 × 32")
    assert second.gesture.name.text() == "Warming up"


@pytest.mark.parametrize("size", [(960, 620), (1100, 700), (1920, 1080)])
def test_nothing_is_cut_off(
    playing: Desk, qtbot, checkpoints: dict[str, Path], size: tuple[int, int]
) -> None:
    window = playing.window
    window.systems.choose(SECOND, checkpoints["far"])
    answer(playing, refusal="one sentence")
    window.resize(*size)
    qtbot.wait(50)
    assert (window.width(), window.height()) == size
    instrument = window.instrument
    answers = (instrument.first, instrument.second)
    for view in (instrument.raster, *(part for a in answers for part in (a.gesture, a.bars))):
        needed = view.minimumSizeHint()
        assert view.width() >= needed.width()
        assert view.height() >= needed.height()
        assert window.rect().contains(view.mapTo(window, view.rect().bottomRight()))


def test_every_control_can_be_focused_and_has_a_name(
    playing: Desk, checkpoints: dict[str, Path]
) -> None:
    playing.window.systems.choose(SECOND, checkpoints["far"])
    shown = playing.window.instrument
    for control in (shown.first.chooser, shown.second.chooser, shown.compare, shown.alone):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert control.accessibleName() or control.text()


def test_counting_operations_takes_another_session_of_the_same_systems(
    playing: Desk, checkpoints: dict[str, Path]
) -> None:
    playing.window.systems.choose(FIRST, checkpoints["near"])
    answer(playing)
    action = playing.window.actions_by_name["operations"]
    for counts in (True, False):
        action.trigger()
        (system,) = playing.window.systems.chosen
        assert (system.path, system.counts) == (checkpoints["near"], counts)
        answer(playing)
    action.trigger()
    playing.window.systems.choose(FIRST, checkpoints["far"])
    assert playing.window.systems.chosen[0].counts


def test_a_system_that_counts_counts(checkpoints: dict[str, Path]) -> None:
    silence = TickEvents.silence((2, 16, 16))
    for counts in (True, False):
        output = system_at(checkpoints["near"], counts=counts).load().run(silence)
        assert (output.synaptic_operations is not None) is counts
