"""The window over the whole screen: without its menu, whose keys go on to work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow


class FullScreen(QObject):
    """Follows ``action``, and whatever else makes the window fill the screen."""

    def __init__(self, window: QMainWindow, action: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        action.triggered.connect(self.fill)
        window.installEventFilter(self)
        self._follow()

    def fill(self, full: bool) -> None:
        """Fill the screen, or be a window as before."""
        states, full_screen = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(states | full_screen if full else states & ~full_screen)

    def _follow(self) -> None:
        self._action.setChecked(self._window.isFullScreen())
        self._window.menuBar().setVisible(not self._window.isFullScreen())

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowStateChange:
            self._follow()
        return False
