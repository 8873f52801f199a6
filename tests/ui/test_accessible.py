"""Everything can be reached by Tab, is seen to be in focus, and has a name for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QWidget,
)

from app.sources.bundled import greeting
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, snapshot

DIALOGS = (
    "guide", "shortcuts", "about", "file_info", "network", "settings", "microscope", "rates",
    "camera_settings",
)  # fmt: skip
INNER = ("qt_", "_q_")


def controls(window: QWidget) -> Iterator[QWidget]:
    """Every visible widget to which Tab leads, but for the insides of Qt's own."""
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
        own = widget.objectName().startswith(INNER) or inside
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not own:
            yield widget


def nameless(window: QWidget) -> list[str]:
    """What a screen reader would have no word for."""
    return [
        described(widget)
        for widget in controls(window)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def described(widget: QWidget) -> str:
    parents = [type(widget).__name__]
    while (widget := widget.parentWidget()) is not None:
        parents.append(type(widget).__name__)
    return " < ".join(parents)


@pytest.fixture
def busy_desk(desk: Desk, qtbot) -> Desk:
    """Every view and dialog is open."""
    desk.window.open(greeting())
    desk.show(snapshot())
    for name in DIALOGS:
        desk.window.actions_by_name[name].trigger()
    desk.show(snapshot())
    return desk


def test_every_control_has_a_name(busy_desk: Desk) -> None:
    assert len(list(controls(busy_desk.window))) > 60
    assert nameless(busy_desk.window) == []


def test_every_control_of_the_start_page_has_a_name(desk: Desk) -> None:
    assert len(list(controls(desk.window.welcome))) >= 5
    assert nameless(desk.window) == []


def test_every_button_of_the_window_is_reached_by_tab(desk: Desk, qtbot) -> None:
    desk.window.open(greeting())
    for info in (snapshot().info, CAMERA):
        desk.show(snapshot(info=info))
        wanted = {
            widget
            for widget in desk.window.instrument.findChildren(QWidget)
            if isinstance(widget, QAbstractButton | QComboBox | QLineEdit)
            and widget.isVisible()
            and widget.isEnabled()
            and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QMenu)
        }
        desk.window.instrument.setFocus()
        seen = set()
        for _ in range(100):
            seen.add(desk.window.focusWidget())
            qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        assert {described(each) for each in wanted - seen} == set()


def test_the_focus_is_seen(desk: Desk, qtbot) -> None:
    """A button looks different when Tab has come to it."""
    desk.window.open(greeting())
    desk.show(snapshot())
    for name, button in desk.window.instrument.transport.buttons.items():
        if not (button.isVisible() and button.isEnabled()):
            continue
        desk.window.instrument.setFocus()
        before = button.grab().toImage()
        button.setFocus()
        assert button.grab().toImage() != before, name
