from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget

from app.booth.pin import hash_pin
from app.booth.pin_gate import PinGate
from app.ui.actions import ACTIONS
from app.ui.kiosk.lockdown import Lockdown
from app.ui.kiosk.pin_page import PinPage

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SIZE = 800, 480
PIN = "2468"


class Booth(QWidget):
    """A locked window that would do everything it must not."""

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []
        self.setAcceptDrops(True)
        self.page = QLabel('<a href="file:///">a link</a>')
        self.page.linkActivated.connect(lambda: self.did.append("link"))
        self.pin_page = PinPage(PinGate(hash_pin(PIN)))
        self.pin_page.left.connect(lambda: self.did.append("left"))
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.pin_page)
        for spec in ACTIONS:
            action = QAction(spec.text, self)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.triggered.connect(lambda _=False, name=spec.name: self.did.append(name))
            self.addAction(action)
        self.now_s = 0.0
        self.lockdown = Lockdown(self, self.pin_page, lambda: self.now_s)
        self.lockdown.tapped.connect(lambda: self.did.append("tap"))
        self.lockdown.leave_asked.connect(lambda: self.did.append("ask"))
        self.lockdown.begin()

    def keyPressEvent(self, event: QEvent) -> None:  # noqa: N802
        self.did.append("key")

    def contextMenuEvent(self, event: QEvent) -> None:  # noqa: N802
        self.did.append("context menu")

    def wheelEvent(self, event: QEvent) -> None:  # noqa: N802
        self.did.append("wheel")

    def dragEnterEvent(self, event: QEvent) -> None:  # noqa: N802
        self.did.append("drag")

    def dropEvent(self, event: QEvent) -> None:  # noqa: N802
        self.did.append("drop")


@pytest.fixture
def booth(qtbot) -> Iterator[Booth]:
    made = Booth()
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.lockdown.end()


def test_the_space_bar_is_a_tap(booth: Booth) -> None:
    QTest.keyClick(booth, Qt.Key.Key_Space)
    assert booth.did == ["tap"]


def test_no_shortcut_of_the_window_gets_through(booth: Booth) -> None:
    keys = [key for spec in ACTIONS for key in spec.keys if key != "Space"]
    for key in keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(booth, combination.key(), combination.keyboardModifiers())
    assert booth.did == []


@pytest.mark.parametrize("modifier", ["Alt", "Control", "Shift", "Meta"])
def test_no_other_key_gets_through(booth: Booth, modifier: str) -> None:
    held = Qt.KeyboardModifier[f"{modifier}Modifier"]
    names = [
        name for name in Qt.Key.__members__ if name not in ("Key_Space", "Key_mu", "Key_micro")
    ]
    for name in names[:200]:
        QTest.keyClick(booth, Qt.Key[name], held)
    assert booth.did == []


def test_the_chord_asks_to_leave(booth: Booth) -> None:
    QTest.keyClick(booth, Qt.Key.Key_K, CHORD)
    assert booth.did == ["ask"]


def test_a_press_is_a_tap_and_other_buttons_are_nothing(booth: Booth) -> None:
    middle = booth.rect().center()
    QTest.mouseClick(booth, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseClick(booth.page, Qt.MouseButton.LeftButton, pos=middle)
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(booth, button, pos=middle)
        QTest.mouseDClick(booth, button, pos=middle)
    assert booth.did == ["tap", "tap"]


def test_the_four_corners_ask_to_leave(booth: Booth) -> None:
    width, height = SIZE
    corners = [(3, 3), (width - 3, 3), (width - 3, height - 3), (3, height - 3)]
    for corner in corners:
        QTest.mouseClick(booth, Qt.MouseButton.LeftButton, pos=QPoint(*corner))
        booth.now_s += 0.5
    assert booth.did == ["ask"]
    for corner in corners:
        QTest.mouseClick(booth, Qt.MouseButton.LeftButton, pos=QPoint(*corner))
        booth.now_s += 2.0
    assert booth.did == ["ask"]


def test_menus_drops_and_the_wheel_are_off(booth: Booth) -> None:
    place, action = QPoint(400, 240), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = QMimeData()
    data.setText("file:///etc/passwd")
    for event in (
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place),
        QDragEnterEvent(place, action, data, left, none),
        QDropEvent(QPointF(place), action, data, left, none),
        QWheelEvent(
            QPointF(place), QPointF(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            none, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    ):  # fmt: skip
        QApplication.sendEvent(booth, event)
    assert booth.did == []


def test_links_are_off(booth: Booth, qtbot) -> None:
    for x in range(0, 120, 5):
        QTest.mouseClick(booth.page, Qt.MouseButton.LeftButton, pos=QPoint(x, 240))
    assert "link" not in booth.did


def test_on_the_pin_page_digits_and_pads_work_and_nothing_else(booth: Booth) -> None:
    booth.stack.setCurrentWidget(booth.pin_page)
    QTest.keyClick(booth, Qt.Key.Key_Space)
    QTest.keyClick(booth, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(booth, PIN[:2])
    pads = {pad.text(): pad for pad in booth.pin_page._pads.values()}
    for text in (*PIN[2:], "Leave"):
        QTest.mouseClick(pads[text], Qt.MouseButton.LeftButton)
    assert booth.did == ["left"]


def test_afterwards_everything_is_as_before(booth: Booth) -> None:
    booth.lockdown.end()
    QTest.keyClick(booth, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(booth, Qt.Key.Key_X)
    assert [did for did in booth.did if did != "key"] == ["open"]
    assert booth.did[-1] == "key"
