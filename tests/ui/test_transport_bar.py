from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.pipeline.snapshot import PipelineState
from app.ui.actions import Actions
from app.ui.theme import DARK
from app.ui.transport_bar import TransportBar
from tests.ui.fakes import CAMERA, RECORDING, snapshot


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


KEYS_AND_PLACES = [
    (Qt.Key.Key_Right, 1_250_000),
    (Qt.Key.Key_Up, 1_250_000),
    (Qt.Key.Key_Left, 750_000),
    (Qt.Key.Key_PageUp, 2_000_000),
    (Qt.Key.Key_PageDown, 0),
    (Qt.Key.Key_Home, 0),
    (Qt.Key.Key_End, 4_000_000),
]


def heard(bar: TransportBar) -> list[int]:
    places: list[int] = []
    bar.seek_requested.connect(places.append)
    return places


@pytest.mark.parametrize(("key", "place_us"), KEYS_AND_PLACES)
@pytest.mark.parametrize("state", [PipelineState.PLAYING, PipelineState.PAUSED])
def test_keys_seek_at_once(
    bar: TransportBar, qtbot, key: Qt.Key, place_us: int, state: PipelineState
) -> None:
    bar.show_snapshot(snapshot(position_us=2_000_000, state=state))
    sought = heard(bar)
    bar.slider.setFocus()
    qtbot.keyClick(bar.slider, key)
    assert sought == [place_us]


def test_quick_keys_add_up_and_each_place_is_shown_before_the_next(
    bar: TransportBar, qtbot
) -> None:
    bar.show_snapshot(snapshot(position_us=2_000_000))
    sought = heard(bar)
    for _ in range(4):
        qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
        bar.show_snapshot(snapshot(position_us=2_033_000, seeking_us=2_250_000))
    assert sought == [1_250_000]
    assert bar.slider.value() == 2000
    bar.show_snapshot(snapshot(position_us=2_250_000))
    qtbot.waitUntil(lambda: sought == [1_250_000, 2_000_000], timeout=2000)


def wheel(slider: QWidget, notches: int) -> None:
    place = QPointF(slider.rect().center())
    turn = QPoint(0, 120 * notches)
    event = QWheelEvent(
        place, QPointF(slider.mapToGlobal(place)), QPoint(), turn, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(slider, event)


def test_the_wheel_seeks_at_once(bar: TransportBar) -> None:
    bar.show_snapshot(snapshot(position_us=2_000_000))
    sought = heard(bar)
    for notches in (1, 1, -1):
        wheel(bar.slider, notches)
        bar.show_snapshot(snapshot(position_us=1_000_000 + sought[-1]))
    assert sought[0] > 1_000_000
    assert sought[1] - sought[0] == sought[0] - 1_000_000
    assert sought[2] == sought[0]


def test_the_handle_shows_where_playback_is_going(bar: TransportBar) -> None:
    bar.show_snapshot(snapshot(position_us=2_033_000, seeking_us=3_000_000))
    assert bar.slider.value() == 2000
    assert bar.time.text() == "0:02.0 / 0:04.0"
    bar.show_snapshot(snapshot(position_us=3_010_000, restarted=True))
    assert bar.slider.value() == 2010


def test_a_drag_moves_the_recording_now_and_then_and_at_its_end(bar: TransportBar, qtbot) -> None:
    bar.show_snapshot(snapshot())
    sought = heard(bar)
    bar.slider.setSliderDown(True)
    for place in range(100, 2000, 100):
        bar.slider.setSliderPosition(place)
        bar.show_snapshot(snapshot())  # the handle stays in the hand
    assert sought == []
    qtbot.waitUntil(lambda: sought == [1_900_000], timeout=2000)
    bar.slider.setSliderPosition(2500)
    bar.slider.setSliderDown(False)
    assert sought == [1_900_000, 2_500_000]


@pytest.mark.parametrize(
    "duration_us", [1, 999, 3_600_000_000, 30 * 86_400_000_000, 10**15, 2**63 - 1]
)
def test_every_duration_that_a_file_may_claim_can_be_shown_and_sought(
    bar: TransportBar, qtbot, duration_us: int
) -> None:
    info = replace(RECORDING, start_us=0, duration_us=duration_us)
    bar.show_snapshot(snapshot(info=info, position_us=duration_us // 2))
    assert bar.slider.value() == pytest.approx(bar.slider.maximum() / 2, abs=1)
    sought = heard(bar)
    if duration_us > 1_000_000:
        qtbot.keyClick(bar.slider, Qt.Key.Key_End)
        assert duration_us <= sought[-1] <= 1.001 * duration_us
        bar.show_snapshot(snapshot(info=info, position_us=0))
        qtbot.keyClick(bar.slider, Qt.Key.Key_PageUp)
        assert sought[-1] >= 900_000


def test_a_shorter_recording_does_not_seek_by_itself(bar: TransportBar) -> None:
    bar.show_snapshot(snapshot(position_us=4_900_000))
    sought = heard(bar)
    short = replace(RECORDING, duration_us=1_000_000)
    bar.show_snapshot(snapshot(info=short, position_us=1_500_000))
    assert sought == []


def test_speeds(bar: TransportBar, qtbot) -> None:
    bar.set_speed(1.0)
    words = [bar.speed.itemText(i) for i in range(bar.speed.count())]
    assert words[:3] == ["0.01x", "0.02x", "0.05x"]
    assert words[3:] == ["0.1x", "0.25x", "0.5x", "1x", "2x", "5x", "10x", "max"]
    heard: list[float | None] = []
    bar.speed_changed.connect(heard.append)
    bar.change_speed(+1)
    bar.change_speed(-1)
    bar.change_speed(-9)
    bar.change_speed(+99)
    assert heard == [2.0, 1.0, 0.01, None]


def test_a_speed_from_the_settings_that_is_not_in_the_list_is_added(bar: TransportBar) -> None:
    bar.set_speed(3.0)
    assert bar.speed.currentText() == "3x"
