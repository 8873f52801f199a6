"""When the window is refreshed: at its rate while it is seen, else often enough to miss nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ui.pace import READING_MS, Pace


class Heartbeat(QTimer):
    """``beat`` comes at every timeout while ``window`` is seen or ``is_watched`` says so.

    Else it comes every ``READING_MS``: what has been decided is remembered all the same.
    """

    beat = Signal()

    def __init__(self, window: QWidget, is_watched: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_watched = is_watched
        self._slow = Pace(READING_MS)
        self.timeout.connect(self._pass_on)

    def _pass_on(self) -> None:
        if self._slow.due(now=self._is_seen or self._is_watched()):
            self.beat.emit()

    @property
    def _is_seen(self) -> bool:
        window, handle = self._window, self._window.windowHandle()
        exposed = handle is not None and handle.isExposed()
        return exposed and window.isVisible() and not window.isMinimized()
