"""The window of the cloud in space and time, and whether it is open."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRect, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui.event_view import EventView
from app.ui.logic.language import translate
from app.ui.logic.words import BROKEN
from app.ui.space_time import SpaceTime
from app.ui.theme import DARK, Look
from app.ui.window_store import WindowStore

MARGIN = 10
PART = 0.55  # of the window that the new one is as wide and high


class SpaceTimeView(QObject):
    """The events are those that the event picture keeps."""

    def __init__(
        self, window: QWidget, events: EventView, action: QAction, store: WindowStore
    ) -> None:
        super().__init__(window)
        self._window = window
        self._events = events
        self._action = action
        self._store = store
        self._look = DARK
        self._dialog: SpaceTimeDialog | None = None
        action.toggled.connect(self._show)

    @property
    def dialog(self) -> SpaceTimeDialog:
        """The window, made when it is asked for first."""
        if self._dialog is None:
            self._dialog = SpaceTimeDialog(self._window, self._store)
            self._dialog.cloud.set_look(self._look)
            self._dialog.rejected.connect(self._dismiss)
        return self._dialog

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the last second, if somebody looks."""
        if not self._action.isChecked():
            return
        accumulation, info = self._events.accumulation, snapshot.info
        shown = info is not None and snapshot.state not in BROKEN
        size = (info.resolution.width, info.resolution.height) if info is not None else (1, 1)
        now_us = accumulation.position_us if shown else None
        self.dialog.cloud.show_events(accumulation.recent, now_us, *size)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        if self._dialog is not None:
            self._dialog.cloud.set_look(look)

    def _show(self, shown: bool) -> None:
        if shown:
            self.dialog.show()
        elif self._dialog is not None:
            self._dialog.hide()

    def _dismiss(self) -> None:
        # At the end of the program all windows are closed, which is nobody's wish.
        if self._window.isVisible():
            self._action.setChecked(False)


class SpaceTimeDialog(QDialog):
    """The cloud beside the window, whose keys work here, too; Esc closes."""

    def __init__(self, window: QWidget, store: WindowStore) -> None:
        super().__init__(window)
        self._store = store
        self.cloud = SpaceTime()
        self.setWindowTitle(translate("window", "Space and time"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.cloud)
        escape = QKeySequence(Qt.Key.Key_Escape)
        self.addActions([each for each in window.actions() if escape not in each.shortcuts()])
        if not self.restoreGeometry(QByteArray(store.space_time_geometry)):
            self._lie_over(window)

    def _lie_over(self, window: QWidget) -> None:
        """Cover the right part of ``window``, so that the event picture can be seen beside it."""
        place = window.geometry()
        size = place.size() * PART
        left, top = place.right() - size.width(), place.bottom() - size.height()
        self.setGeometry(QRect(left, top, size.width(), size.height()))

    # Qt's own methods

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._store.space_time_geometry = self.saveGeometry()
