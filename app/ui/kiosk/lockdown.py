"""Lets through to the booth what a visitor may do, and nothing else of the whole application."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.kiosk.corners import CornerChord, corner_at
from app.ui.kiosk.pin_page import PinPage
from app.ui.running import application

CHORD_KEY = Qt.Key.Key_K
CHORD_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

_Type = QEvent.Type
KEYS = (_Type.KeyPress, _Type.KeyRelease, _Type.ShortcutOverride)
BUTTONS = (_Type.MouseButtonPress, _Type.MouseButtonRelease, _Type.MouseButtonDblClick)
PRESSES = (_Type.MouseButtonPress, _Type.MouseButtonDblClick)
# Never wanted: menus, drops, what a window manager or a desktop may send, text from elsewhere.
REFUSED = (
    _Type.Shortcut, _Type.ContextMenu, _Type.DragEnter, _Type.DragMove, _Type.DragLeave,
    _Type.Drop, _Type.Wheel, _Type.ToolTip, _Type.WhatsThis, _Type.EnterWhatsThisMode,
    _Type.InputMethod, _Type.NativeGesture, _Type.FileOpen, _Type.Quit,
)  # fmt: skip


class Lockdown(QObject):
    """An event filter on the application while ``window`` is the booth.

    ``tapped`` is a visitor's press on the screen or the space bar; ``leave_asked`` the chord or
    the corners. While ``pin_page`` is seen, it alone gets keys and presses.
    """

    tapped = Signal()
    leave_asked = Signal()

    def __init__(
        self, window: QWidget, pin_page: PinPage, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pin_page = pin_page
        self._clock = clock
        self._corners = CornerChord()

    def begin(self) -> None:
        """Lock."""
        application().installEventFilter(self)

    def end(self) -> None:
        """Unlock."""
        application().removeEventFilter(self)

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in KEYS:
            assert isinstance(event, QKeyEvent)
            self._on_key(event)
            return True
        if kind in BUTTONS:
            assert isinstance(event, QMouseEvent)
            return self._on_button(watched, event)
        return kind in REFUSED

    def _on_key(self, event: QKeyEvent) -> None:
        event.accept()
        if event.type() is not _Type.KeyPress or event.isAutoRepeat():
            return
        if event.key() == CHORD_KEY and event.modifiers() & CHORD_MODIFIERS == CHORD_MODIFIERS:
            self.leave_asked.emit()
        elif self._pin_page.isVisible():
            self._pin_page.take_key(event.key(), event.text())
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.tapped.emit()

    def _on_button(self, watched: QObject, event: QMouseEvent) -> bool:
        """Whether the event ends here."""
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return True
        if self._pin_page.isVisible():
            inside = not isinstance(watched, QWidget) or self._pin_page.isAncestorOf(watched)
            return not inside
        if event.type() in PRESSES:
            self._on_press(self._window.mapFromGlobal(event.globalPosition()))
        return True

    def _on_press(self, place: QPointF) -> None:
        size = self._window.size()
        corner = corner_at(place.x(), place.y(), size.width(), size.height())
        if self._corners.press(corner, self._clock()):
            self.leave_asked.emit()
        elif corner is None:
            self.tapped.emit()
