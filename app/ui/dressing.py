"""Colours and sizes of the window: by its settings, its size and the desktop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.fitting import spread_files
from app.ui.style_sheet import style_sheet
from app.ui.theme import (
    BASE_PX,
    Look,
    base_px_for,
    is_compact,
    look_for,
    palette_for,
    system_px,
)

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Dressed(Protocol):
    """What takes a look."""

    def set_look(self, look: Look) -> object: ...


class Dressing(QObject):
    """Dresses the window and its parts, anew when its size or the desktop's colours change."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._parts: tuple[Dressed, ...] = ()
        self._base_px, self._compact = BASE_PX, False
        window.installEventFilter(self)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)

    def dress(self, parts: Iterable[Dressed]) -> None:
        """Dress these from now on."""
        self._parts = tuple(parts)

    def apply(self) -> None:
        """Put the look of the moment on everything."""
        window = self._window
        self._base_px, self._compact = self._fitting_px(), self._is_compact()
        theme = window.keeper.settings.display.theme
        look = look_for(theme, self._base_px, compact=self._compact)
        QApplication.setPalette(palette_for(look))
        window.setStyleSheet(style_sheet(look))
        for part in self._parts:
            part.set_look(look)

    def _fitting_px(self) -> int:
        return base_px_for(self._window.width(), self._window.height(), system_px())

    def _is_compact(self) -> bool:
        return is_compact(self._window.width(), self._window.height())

    def _follow_size(self) -> None:
        if (self._fitting_px(), self._is_compact()) != (self._base_px, self._compact):
            self.apply()

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QFileDialog):
            if event.type() is QEvent.Type.Show:
                spread_files(watched)
        elif event.type() is QEvent.Type.Resize:
            self._follow_size()
        elif isinstance(event, QChildEvent) and isinstance(event.child(), QFileDialog):
            event.child().installEventFilter(self)
        return False
