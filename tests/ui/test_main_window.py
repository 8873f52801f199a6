from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.pipeline.snapshot import PipelineState
from app.settings import DisplaySettings, PlaybackSettings, Settings
from app.settings_file import load
from app.sources.contract import FileSpec, NetworkSpec, PerformerSpec
from app.ui.connect_dialog import ConnectDialog
from app.ui.drop_zone import DropZone
from app.ui.main_window import STOP_TIMEOUT_S, MainWindow
from app.ui.theme import (
    BASE_PX,
    DARK,
    LIGHT,
    SMALLEST_HEIGHT,
    SMALLEST_WIDTH,
    base_px_for,
)
from app.ui.window_store import WindowStore
from tests.ui.conftest import Desk
from tests.ui.fakes import RECORDING, recognition, snapshot

RECORDED = FileSpec("/data/session 1.aedat4")


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


# Opening


def test_the_first_page_says_what_to_do(desk: Desk) -> None:
    assert desk.window.pages.currentWidget() is desk.window.welcome
    assert desk.pipelines == []
    assert not desk.window.actions_by_name["play"].isEnabled()


def test_opening_shows_the_instrument_and_starts_the_pipeline(desk: Desk) -> None:
    desk.window.open(RECORDED)
    assert desk.window.pages.currentWidget() is desk.window.instrument
    assert desk.pipeline.opened == [RECORDED]
    assert desk.window.windowTitle() == "arm_roll_1.aedat4 – Spikehand"
    assert desk.window.actions_by_name["play"].isEnabled()


def test_open_by_menu(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [("", ""), (RECORDED.path, "")]
    asked: list[str] = []

    def answer(parent: object, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return answers[min(len(asked), 2) - 1]

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    trigger(desk.window, "open")
    assert desk.pipelines == []
    trigger(desk.window, "open")
    assert desk.pipeline.opened == [RECORDED]
    trigger(desk.window, "open")
    assert asked == ["", "", "/data"]


def drop(window: MainWindow, *urls: QUrl) -> bool:
    """Drag ``urls`` over the window and let go; whether the window wanted them."""
    mime = QMimeData()
    mime.setUrls(urls)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    place = QPointF(50, 50)
    enter = QDragEnterEvent(place.toPoint(), copy, mime, left, keys)
    enter.ignore()
    zone = window.findChild(DropZone)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        assert not zone.isHidden()
        QApplication.sendEvent(window, QDropEvent(place, copy, mime, left, keys))
        assert zone.isHidden()
    return enter.isAccepted()


def test_open_by_drag_and_drop(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a b.aedat"
    assert drop(desk.window, QUrl.fromLocalFile(str(path)))
    assert desk.pipeline.opened == [FileSpec(str(path))]


def test_what_is_no_local_file_cannot_be_dropped(desk: Desk) -> None:
    assert not drop(desk.window, QUrl("https://example.org/a.aedat4"))
    assert not drop(desk.window)
    assert not desk.window.instrument.raster._view.acceptDrops()
    assert desk.pipelines == []


def test_a_drag_that_leaves_uncovers_the_window(desk: Desk) -> None:
    zone = desk.window.findChild(DropZone)
    zone.show()
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert zone.isHidden()


def test_recent_files_are_remembered_and_open_again(desk: Desk, tmp_path: Path) -> None:
    desk.window.open(RECORDED)
    desk.window.open(FileSpec("/data/b.aedat"))
    assert load(tmp_path / "settings.json").settings.recent_files == (
        "/data/b.aedat",
        RECORDED.path,
    )
    desk.window.menu.recent.actions()[1].trigger()
    assert desk.pipeline.opened[-1] == RECORDED
    assert desk.keeper.settings.recent_files[0] == RECORDED.path
    desk.window.menu.recent.actions()[-1].trigger()
    assert load(tmp_path / "settings.json").settings.recent_files == ()
    assert not desk.window.menu.recent.isEnabled()


def test_performer(desk: Desk) -> None:
    desk.window.menu.performer_chosen.emit("arm_roll")
    desk.window.welcome.performer_requested.emit()
    assert desk.pipeline.opened == [PerformerSpec("arm_roll"), PerformerSpec()]
    assert desk.keeper.settings.recent_files == ()


def test_connect_to_network(desk: Desk) -> None:
    trigger(desk.window, "network")
    (dialog,) = desk.window.findChildren(ConnectDialog)
    dialog.field.setText(" 10.0.0.5:7000 ")
    dialog.connect_button.click()
    assert desk.pipeline.opened == [NetworkSpec("10.0.0.5", 7000)]
    assert WindowStore().address == "10.0.0.5:7000"


# Commands


@pytest.mark.parametrize(
    ("key", "call"),
    [
        (Qt.Key.Key_Space, ("pause",)),
        (Qt.Key.Key_Period, ("step",)),
        (Qt.Key.Key_Comma, ("seek", 1_995_000)),
        (Qt.Key.Key_Home, ("seek", 1_000_000)),
        (Qt.Key.Key_L, ("set_loop", False)),
        (Qt.Key.Key_BracketRight, ("set_speed", 2.0)),
        (Qt.Key.Key_BracketLeft, ("set_speed", 0.5)),
    ],
)
def test_keys(desk: Desk, qtbot, key: Qt.Key, call: tuple[object, ...]) -> None:
    desk.window.open(RECORDED)
    desk.show(snapshot(position_us=2_000_000))
    qtbot.keyClick(desk.window, key)
    assert call in desk.pipeline.calls


@pytest.mark.parametrize(
    ("button", "call"),
    [
        ("play", ("pause",)),
        ("step_forward", ("step",)),
        ("step_back", ("seek", 1_995_000)),
        ("restart", ("seek", 1_000_000)),
        ("loop", ("set_loop", False)),
    ],
)
def test_buttons(desk: Desk, qtbot, button: str, call: tuple[object, ...]) -> None:
    desk.window.open(RECORDED)
    desk.show(snapshot(position_us=2_000_000))
    pressed = desk.window.instrument.transport.buttons[button]
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    assert call in desk.pipeline.calls


def test_enter_presses_the_button_in_focus_and_space_still_plays(desk: Desk, qtbot) -> None:
    desk.window.open(RECORDED)
    loop = desk.window.instrument.transport.buttons["loop"]
    loop.setFocus()
    qtbot.keyClick(loop, Qt.Key.Key_Return)
    assert not loop.isChecked()
    qtbot.keyClick(loop, Qt.Key.Key_Space)
    assert not loop.isChecked()
    assert desk.pipeline.calls[-1] == ("pause",)


def test_space_presses_buttons_while_there_is_nothing_to_play(desk: Desk, qtbot) -> None:
    button = desk.window.welcome.buttons["performer"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert desk.pipeline.opened == [PerformerSpec()]


def test_the_seek_slider_reaches_the_pipeline(desk: Desk) -> None:
    desk.window.open(RECORDED)
    desk.window.instrument.transport.seek_requested.emit(1_500_000)
    assert desk.pipeline.calls[-1] == ("seek", 2_500_000)


def test_speed_and_loop_are_saved(desk: Desk, tmp_path: Path) -> None:
    desk.window.open(RECORDED)
    speed = desk.window.instrument.transport.speed
    speed.setCurrentIndex(speed.findText("max"))
    desk.window.actions_by_name["loop"].trigger()
    assert load(tmp_path / "settings.json").settings.playback == PlaybackSettings(
        speed=None, loop=False
    )
    assert desk.pipeline.calls[-2:] == [("set_speed", None), ("set_loop", False)]


@pytest.mark.parametrize(
    "desk", [Settings(playback=PlaybackSettings(speed=0.5, loop=False))], indirect=True
)
def test_saved_speed_and_loop_come_back(desk: Desk) -> None:
    assert desk.window.instrument.transport.speed.currentText() == "0.5x"
    assert not desk.window.actions_by_name["loop"].isChecked()


def test_full_screen_and_back(desk: Desk, qtbot) -> None:
    window = desk.window
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.menu.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.menu.isVisible()
    assert not window.actions_by_name["full_screen"].isChecked()


# What is shown


def test_a_snapshot_reaches_every_view(desk: Desk) -> None:
    desk.window.open(RECORDED)
    desk.show(snapshot(recognition=recognition("arm_roll", arm_roll=80), position_us=2_000_000))
    shown = desk.window.instrument
    assert shown.gesture.name.text() == "Arm roll"
    assert shown.bars.canvas.gesture == 7
    assert shown.events.canvas.image is not None
    assert shown.raster.detail.text() == "Test network"
    assert shown.transport.time.text() == "0:01.0 / 0:04.0"
    assert shown.status.state.text() == "Playing"


def test_the_timer_takes_snapshots_by_itself(desk: Desk, qtbot) -> None:
    desk.window.open(RECORDED)
    decided = recognition("air_guitar", air_guitar=80)
    desk.pipeline.next_snapshot = snapshot(recognition=decided)
    name = desk.window.instrument.gesture.name
    qtbot.waitUntil(lambda: name.text() == "Air guitar", timeout=2000)


def test_a_failure_is_a_banner_and_the_next_file_plays(desk: Desk, qtbot) -> None:
    window = desk.window
    window.open(RECORDED)
    failed = snapshot(state=PipelineState.FAILED, failure="the file is damaged", counts=None)
    desk.show(failed)
    assert window.banner.sentence == "The file is damaged"
    assert window.instrument.status.state.text() == "Failed"
    assert window.instrument.gesture.name.text() == "No signal"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.banner.sentence == ""
    desk.pipeline.next_snapshot = snapshot()
    window.open(FileSpec("/data/next.aedat4"))
    assert desk.pipeline.opened[-1].path == "/data/next.aedat4"
    assert window.instrument.status.state.text() == "Playing"


def test_settings_that_cannot_be_saved_are_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(
        "app.settings_file.default_path", lambda: tmp_path / "file" / "settings.json"
    )
    desk.window.menu.display_chosen.emit("theme", "light")
    assert desk.window.banner.sentence.startswith("Cannot write the settings file")
    assert desk.window.banner.is_failure


def test_theme_palette_and_fading_take_effect_and_are_saved(desk: Desk, tmp_path: Path) -> None:
    window = desk.window
    assert DARK.window in window.styleSheet()
    for field, value in (("theme", "light"), ("palette", "cividis"), ("fading_ms", 150)):
        window.menu.display_chosen.emit(field, value)
    assert LIGHT.window in window.styleSheet()
    saved = load(tmp_path / "settings.json").settings.display
    assert saved == DisplaySettings(theme="light", palette="cividis", fading_ms=150)
    assert window.instrument.events.accumulation.display.fading_ms == 150
    ticked = {
        field: [action.data() for action in group.actions() if action.isChecked()]
        for field, group in window.menu._choices.items()
    }
    assert ticked == {
        "language": ["system"],
        "theme": ["light"],
        "palette": ["cividis"],
        "fading_ms": [150],
        "accumulation": ["fading"],
        "span_ms": [33],
        "span_events": [10_000],
    }


def test_type_grows_with_the_window() -> None:
    assert base_px_for(1100, 700) == BASE_PX
    assert base_px_for(1400, 900) > BASE_PX
    assert base_px_for(3840, 2160) == round(BASE_PX * 2.5)
    assert base_px_for(3840, 700) == BASE_PX


def test_the_desktops_text_size_is_taken_where_there_is_room() -> None:
    assert base_px_for(960, 620, system_px=20) == BASE_PX
    assert base_px_for(1100, 700, system_px=20) == 14
    assert base_px_for(1100, 700, system_px=12) == BASE_PX
    assert base_px_for(1920, 1200, system_px=18) == 20
    assert base_px_for(1400, 950, system_px=18) == 18


@pytest.mark.parametrize(
    "size", [(SMALLEST_WIDTH, SMALLEST_HEIGHT), (1100, 700), (1920, 1080), (3840, 2160)]
)
def test_nothing_is_cut_off(desk: Desk, qtbot, size: tuple[int, int]) -> None:
    window = desk.window
    window.open(RECORDED)
    long_name = replace(RECORDING, name="x" * 300)
    failure = "an unusually long sentence about what went wrong with this recording " * 3
    desk.show(snapshot(info=long_name, failure=failure))
    window.resize(*size)
    qtbot.wait(50)
    assert (window.width(), window.height()) == size
    instrument = window.instrument
    views = (instrument.events, instrument.gesture, instrument.raster, instrument.bars)
    for view in (*views, instrument.transport, instrument.status, window.banner):
        needed = view.minimumSizeHint()
        assert view.width() >= needed.width()
        assert view.height() >= needed.height()
        corner = view.mapTo(window, view.rect().bottomRight())
        assert window.rect().contains(corner)


# Closing


def test_closing_stops_the_pipeline_and_keeps_the_place(desk: Desk) -> None:
    desk.window.open(RECORDED)
    desk.window.close()
    assert desk.pipeline.calls[-1] == ("stop", STOP_TIMEOUT_S)
    assert desk.window.isHidden()
    assert desk.window.stopped_in_time
    assert not WindowStore().geometry.isEmpty()


def test_closing_ends_even_if_the_pipeline_does_not(desk: Desk) -> None:
    desk.window.open(RECORDED)
    desk.pipeline.stops_in_time = False
    assert desk.window.close()
    assert not desk.window.stopped_in_time


@pytest.mark.parametrize("state", PipelineState)
def test_closing_in_every_state(desk: Desk, state: PipelineState) -> None:
    desk.window.open(RECORDED)
    desk.show(snapshot(state=state))
    assert desk.window.close()
    assert desk.pipeline.calls[-1][0] == "stop"


def test_closing_the_first_page(desk: Desk) -> None:
    assert desk.window.close()


def test_no_snapshot_is_taken_after_closing(desk: Desk, qtbot) -> None:
    desk.window.open(RECORDED)
    desk.window.close()
    desk.pipeline.next_snapshot = snapshot(recognition=recognition("air_guitar", air_guitar=80))
    qtbot.wait(120)
    assert desk.window.instrument.gesture.name.text() != "Air guitar"


# Within reach of the keyboard and of screen readers


def test_every_control_can_be_focused_and_has_a_name(desk: Desk) -> None:
    transport = desk.window.instrument.transport
    controls = [*transport.buttons.values(), transport.slider, transport.speed]
    for control in [*controls, *desk.window.welcome.buttons.values()]:
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
        assert control.accessibleName(), control


def test_tooltips_name_the_keys(desk: Desk) -> None:
    buttons = desk.window.instrument.transport.buttons
    assert buttons["play"].toolTip() == "Play or pause (Space)"
    assert buttons["step_back"].toolTip() == "Step back (,)"
    assert buttons["full_screen"].toolTip() == "Full screen (F11)"
