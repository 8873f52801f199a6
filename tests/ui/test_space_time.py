"""The cloud's window, turned by mouse and keys."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.events import Resolution
from app.pipeline.snapshot import PipelineState
from app.sources.contract import FileSpec, SourceInfo
from app.ui.logic import space_time as cloud_logic
from app.ui.logic.space_time import Stance
from app.ui.space_time import SpaceTime
from app.ui.theme import DARK, LIGHT
from tests.recognition.streams import random_events
from tests.ui.conftest import Desk
from tests.ui.fakes import snapshot

INFO = SourceInfo("a.aedat4", Resolution(16, 16), False, 0, 1_000_000)
NONE = np.zeros((2, 16, 16), np.uint16)
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def opened(desk: Desk, qtbot, events: int = 4000) -> SpaceTime:
    desk.window.open(FileSpec("a.aedat4"))
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    show(desk, events=(random_events(events, 999_000),))
    return desk.window.views.space_time.dialog.cloud


def show(desk: Desk, **fields: object) -> None:
    desk.show(snapshot(**{"info": INFO, "counts": NONE, "position_us": 1_000_000, **fields}))


def colours(cloud: SpaceTime) -> set[str]:
    image = cloud.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_v_opens_the_cloud_and_closes_it(desk: Desk, qtbot) -> None:
    cloud = opened(desk, qtbot)
    assert cloud.isVisible()
    assert {DARK.on, DARK.event_ground} < colours(cloud)
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    assert not cloud.isVisible()


def test_who_closes_it_finds_the_menu_right(desk: Desk, qtbot) -> None:
    cloud = opened(desk, qtbot)
    cloud.window().close()
    assert not desk.window.actions_by_name["space_time"].isChecked()


def test_mouse_wheel_and_keys_turn_it(desk: Desk, qtbot) -> None:
    cloud = opened(desk, qtbot)
    qtbot.mousePress(cloud, LEFT, NO_KEY, QPoint(100, 100))
    qtbot.mouseMove(cloud, QPoint(150, 75))
    qtbot.mouseRelease(cloud, LEFT, NO_KEY, QPoint(150, 75))
    assert cloud.stance == Stance().turned(20, -10)
    qtbot.mouseMove(cloud, QPoint(10, 10))
    assert cloud.stance == Stance().turned(20, -10)
    qtbot.keyClick(cloud, Qt.Key.Key_Right)
    qtbot.keyClick(cloud, Qt.Key.Key_Down)
    assert cloud.stance == Stance().turned(25, -5)
    wheel = QWheelEvent(
        QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NO_KEY,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(cloud, wheel)
    assert cloud.stance.zoom > 1
    qtbot.mouseDClick(cloud, LEFT, NO_KEY, QPoint(9, 9))
    assert cloud.stance == Stance()


def test_without_a_signal_it_says_so(desk: Desk, qtbot) -> None:
    cloud = opened(desk, qtbot)
    show(desk, state=PipelineState.FAILED)
    assert DARK.on not in colours(cloud)


def test_the_theme_and_many_events(desk: Desk, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(cloud_logic, "MOST_POINTS", 1000)
    cloud = opened(desk, qtbot)
    desk.window.menu.display_chosen.emit("theme", "light")
    assert LIGHT.event_ground in colours(cloud)
    assert cloud.every == 4


def test_it_opens_where_it_was(desk: Desk, qtbot) -> None:
    cloud = opened(desk, qtbot)
    cloud.window().resize(500, 410)
    desk.window.actions_by_name["space_time"].setChecked(False)
    desk.window.speak()
    desk.window.actions_by_name["space_time"].setChecked(True)
    assert desk.window.views.space_time.dialog.size().width() == 500
