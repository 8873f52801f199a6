"""Where the rates over time are seen: below the spikes, or in a window of their own.

pyqtgraph is imported when they are seen for the first time, so that a start does not pay for it.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui.instrument import Instrument
from app.ui.logic.language import translate
from app.ui.logic.rate_history import RateHistory
from app.ui.theme import DARK, Look, has_room_for_rates
from app.ui.window_store import WindowStore

if TYPE_CHECKING:
    from app.ui.rates_panel import RatesPanel

FIRST_WIDTH, FIRST_HEIGHT = 880, 230
CONTROLS_HEIGHT = 84
MARGIN = 10
MOVES = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Place(enum.Enum):
    """Where the rates are."""

    NOWHERE = "nowhere"
    STRIP = "strip"
    DIALOG = "dialog"


class RatesView(QObject):
    """Keeps the history from the start on, so that whoever looks sees what has just been."""

    def __init__(
        self, window: QWidget, instrument: Instrument, action: QAction, store: WindowStore
    ) -> None:
        super().__init__(window)
        self._window = window
        self._instrument = instrument
        self._action = action
        self._store = store
        self._history = RateHistory()
        self._look = DARK
        self._panel: RatesPanel | None = None
        self._dialog: RatesDialog | None = None
        self.at = Place.NOWHERE
        action.toggled.connect(self._remember)
        window.installEventFilter(self)

    @property
    def panel(self) -> RatesPanel:
        """The curves, made when they are asked for first."""
        if self._panel is None:
            from app.ui.rates_panel import RatesPanel

            self._panel = RatesPanel(self._window)
            self._panel.set_look(self._look)
        return self._panel

    @property
    def dialog(self) -> RatesDialog:
        """The window of their own, made when it is asked for first."""
        if self._dialog is None:
            self._dialog = RatesDialog(self._window, self._look, self._store.rates_geometry)
            self._dialog.rejected.connect(lambda: self._action.setChecked(False))
        return self._dialog

    def restore(self) -> None:
        """Show the rates if they were seen when the window was closed last."""
        self._action.setChecked(self._store.rates_shown)

    def take_over(self, before: RatesView) -> None:
        """Remember what another view remembered."""
        self._history = before._history

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember what is new, and show it if somebody looks."""
        self._history.show_snapshot(snapshot)
        if self.at is not Place.NOWHERE:
            self.panel.show_history(self._history)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        if self._panel is not None:
            self._panel.set_look(look)

    @property
    def _fitting(self) -> Place:
        """Where they should be."""
        if not self._action.isChecked():
            return Place.NOWHERE
        width = self._window.width()
        height = self._window.height() - self._instrument.height_below
        if has_room_for_rates(width, height, self._look.base_px):
            return Place.STRIP
        return Place.DIALOG if self._window.isVisible() else Place.NOWHERE

    def _remember(self, shown: bool) -> None:
        self._store.rates_shown = shown
        self.settle()

    def settle(self) -> None:
        """Be where there is room now."""
        if self.at is self._fitting:
            return
        self._leave()
        self.at = self._fitting
        if self.at is Place.STRIP:
            self._instrument.show_strip(self.panel)
        elif self.at is Place.DIALOG:
            self.dialog.take(self.panel)
        if self.at is not Place.NOWHERE:
            self.panel.show()
            self.panel.show_history(self._history, now=True)

    def _leave(self) -> None:
        """Be nowhere."""
        if self.at is Place.STRIP:
            self._instrument.show_strip(None)
        elif self.at is Place.DIALOG:
            self._store.rates_geometry = self.dialog.saveGeometry()
            self.dialog.hide()
        if self.at is not Place.NOWHERE:
            self.panel.hide()

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self.settle()
        return False


class RatesDialog(QDialog):
    """The rates beside the window, whose keys work here, too; Esc closes."""

    def __init__(self, window: QWidget, look: Look, geometry: QByteArray) -> None:
        super().__init__(window)
        self.setWindowTitle(translate("window", "Rates over time"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        escape = QKeySequence(Qt.Key.Key_Escape)
        self.addActions([each for each in window.actions() if escape not in each.shortcuts()])
        if not self.restoreGeometry(geometry):
            self._lie_over(window, look)

    def _lie_over(self, window: QWidget, look: Look) -> None:
        """Cover the spikes of ``window``, but neither its answer nor its controls."""
        place = QRect(0, 0, look.px(FIRST_WIDTH), look.px(FIRST_HEIGHT))
        place.moveLeft(window.geometry().left())  # it may grow
        place.moveBottom(window.geometry().bottom() - look.px(CONTROLS_HEIGHT))
        self.setGeometry(place)

    def take(self, panel: QWidget) -> None:
        """Show ``panel``."""
        self._column.addWidget(panel)
        self.show()
