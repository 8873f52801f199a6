"""The mouse pointer, hidden while nobody moves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.ui.running import application

MOVES = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Cursor(QObject):
    """Hides the pointer of the whole application after ``idle_s``, until ``show`` is called."""

    def __init__(self, idle_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hidden = False
        self._idle = QTimer(self, singleShot=True, interval=round(1000 * idle_s))
        self._idle.timeout.connect(self._hide)
        application().installEventFilter(self)
        self._idle.start()

    @property
    def is_hidden(self) -> bool:
        return self._hidden

    def release(self) -> None:
        """Show the pointer for good."""
        application().removeEventFilter(self)
        self._idle.stop()
        self._show()

    def _hide(self) -> None:
        if not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES and self._idle.interval():
            self._show()
            self._idle.start()
        return False
