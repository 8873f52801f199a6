from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.pipeline.snapshot import PipelineState
from app.ui.actions import Actions
from app.ui.theme import DARK
from app.ui.transport_bar import TransportBar
from tests.ui.fakes import CAMERA, snapshot


@pytest.fixture
def bar(qtbot) -> TransportBar:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.set_look(DARK)
    made = TransportBar(actions, window)
    made.set_look(DARK)
    made.resize(900, 50)
    window.show()
    made.host = window  # Python would free the parent, and Qt the bar with it
    return made


def test_position_and_duration(bar: TransportBar) -> None:
    bar.show_snapshot(snapshot(position_us=2_350_000))
    assert bar.time.text() == "0:01.3 / 0:04.0"
    assert (bar.slider.value(), bar.slider.maximum()) == (1350, 4000)
    assert bar.slider.isEnabled()


def test_live_sources_leave_only_play_and_pause(bar: TransportBar) -> None:
    bar.buttons["play"].defaultAction().setEnabled(True)
    bar.show_snapshot(snapshot(info=CAMERA))
    assert bar.time.text() == "Live"
    assert not bar.slider.isEnabled()
    assert not bar.speed.isEnabled()
    for name in ("restart", "step_back", "step_forward", "loop"):
        assert not bar.buttons[name].isEnabled()
    assert bar.buttons["play"].isEnabled()


def test_the_play_button_shows_what_it_would_do(bar: TransportBar) -> None:
    bar.show_snapshot(snapshot(state=PipelineState.PLAYING))
    pause = bar.buttons["play"].icon().pixmap(20, 20).toImage()
    bar.show_snapshot(snapshot(state=PipelineState.PAUSED))
    assert bar.buttons["play"].icon().pixmap(20, 20).toImage() != pause


def test_a_click_on_the_groove_seeks_there(bar: TransportBar, qtbot) -> None:
    bar.show_snapshot(snapshot())
    slider = bar.slider
    with qtbot.waitSignal(bar.seek_requested, timeout=2000) as sought:
        middle = QPoint(slider.width() // 2, slider.height() // 2)
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert sought.args[0] == pytest.approx(2_000_000, rel=0.03)


def test_playback_itself_does_not_seek(bar: TransportBar, qtbot) -> None:
    bar.show_snapshot(snapshot())
    with qtbot.assertNotEmitted(bar.seek_requested, wait=300):
        bar.show_snapshot(snapshot(position_us=3_000_000))
    assert bar.slider.value() == 2000


def test_arrow_keys_seek(bar: TransportBar, qtbot) -> None:
    bar.show_snapshot(snapshot(position_us=2_000_000))
    with qtbot.waitSignal(bar.seek_requested, timeout=2000) as sought:
        qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
    assert sought.args == [1_250_000]


def test_after_a_seek_the_handle_waits_for_playback_to_arrive(bar: TransportBar, qtbot) -> None:
    bar.show_snapshot(snapshot(position_us=2_000_000))
    with qtbot.waitSignal(bar.seek_requested, timeout=2000):
        qtbot.keyClick(bar.slider, Qt.Key.Key_PageUp)
    assert bar.slider.value() == 2000
    bar.show_snapshot(snapshot(position_us=2_033_000))
    assert bar.slider.value() == 2000
    bar.show_snapshot(snapshot(position_us=3_010_000, restarted=True))
    assert bar.slider.value() == 2010


def test_speeds(bar: TransportBar, qtbot) -> None:
    bar.set_speed(1.0)
    words = [bar.speed.itemText(i) for i in range(bar.speed.count())]
    assert words == ["0.1x", "0.25x", "0.5x", "1x", "2x", "5x", "10x", "max"]
    heard: list[float | None] = []
    bar.speed_changed.connect(heard.append)
    bar.change_speed(+1)
    bar.change_speed(-1)
    bar.change_speed(-9)
    bar.change_speed(+99)
    assert heard == [2.0, 1.0, 0.1, None]


def test_a_speed_from_the_settings_that_is_not_in_the_list_is_added(bar: TransportBar) -> None:
    bar.set_speed(3.0)
    assert bar.speed.currentText() == "3x"
