"""The filters' window, beside what they change; without it nobody measures the noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRect, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.filters.geometry import Geometry
from app.pipeline.snapshot import Snapshot
from app.settings import FilterSettings, Settings
from app.ui.event_pointer import EventPointer
from app.ui.fitting import resize_to_fit
from app.ui.logic.language import translate
from app.ui.logic.player import Player
from app.ui.pace import Pace
from app.ui.theme import DARK, Look
from app.ui.window_store import WindowStore

if TYPE_CHECKING:
    from app.ui.filters.panel import FiltersPanel
    from app.ui.setting_row import Change

WIDTH, HEIGHT, MARGIN = 640, 640, 12


class FiltersView(QObject):
    """Shows the filters while ``action`` is checked; ``change`` is asked for other settings.

    With ``pointer`` the crop can be drawn on the picture.
    """

    def __init__(
        self,
        window: QWidget,
        action: QAction,
        player: Player,
        settings: Settings,
        store: WindowStore,
        pointer: EventPointer,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pointer = pointer
        self._action = action
        self._player = player
        self._settings = settings
        self._store = store
        self._look = DARK
        self._pace = Pace()
        self._dialog: FiltersDialog | None = None
        self.change: Change = lambda path, value: None
        action.toggled.connect(self._show)
        pointer.drawing_changed.connect(self._give_way)

    @property
    def dialog(self) -> FiltersDialog:
        """The window, made when it is asked for first."""
        if self._dialog is None:
            self._dialog = FiltersDialog(
                self._window, self._store, lambda path, value: self.change(path, value)
            )
            self._dialog.rejected.connect(self._dismiss)
            self._dialog.panel.wished.connect(self._wish)
            self._dialog.panel.drawing_wished.connect(self._draw)
            self._dialog.panel.set_look(self._look)
        return self._dialog

    @property
    def panel(self) -> FiltersPanel:
        return self.dialog.panel

    def restore(self) -> None:
        """Open it if it was open when the window was closed last."""
        self._action.setChecked(self._store.filters_shown)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the filters take away, at reading pace."""
        if self._action.isChecked() and self._pace.due(now=False):
            self._report(snapshot)

    def follow_settings(self, settings: Settings) -> None:
        """Look through the filters of ``settings`` from now on."""
        if settings.filters != self._settings.filters:
            self._player.set_filters(settings.filters)
        self._settings = settings
        if self._dialog is not None:
            self._dialog.panel.show_settings(settings)

    def set_look(self, look: Look) -> None:
        """Take the sizes of ``look``."""
        self._look = look
        if self._dialog is not None:
            self._dialog.panel.set_look(look)

    def _report(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            info = snapshot.info
            self.panel.show_report(snapshot.filters, None if info is None else info.resolution)

    def _wish(self, filters: FilterSettings) -> None:
        """Change all that is different."""
        for name, value in filters:
            if value != getattr(self._settings.filters, name):
                self.change(("filters", name), value)

    def _draw(self, wished: bool) -> None:
        self._pointer.draw(self._crop if wished else None)

    def _crop(self, drawn: QRect | None) -> None:
        """Leave of the sensor what is seen inside of ``drawn``."""
        self.panel.draw.setChecked(False)
        snapshot = self._player.snapshot
        if drawn is None or snapshot is None or snapshot.filters.sensor is None:
            return
        geometry = Geometry.of(self._settings.filters, snapshot.filters.sensor)
        seen = (drawn.x(), drawn.y(), drawn.width(), drawn.height())
        if snapshot.info is not None and snapshot.info.resolution == geometry.resolution:
            self.change(("filters", "crop"), geometry.shown_by(seen))

    def _give_way(self, drawing: bool) -> None:
        """Somebody draws what the networks see instead."""
        if drawing and self._dialog is not None:
            self.panel.draw.setChecked(False)

    def _dismiss(self) -> None:
        # At the end of the program all windows are closed, which is nobody's wish.
        if self._window.isVisible():
            self._action.setChecked(False)

    def _show(self, shown: bool) -> None:
        self._store.filters_shown = shown
        self._player.measure_noise(shown)
        if shown:
            self.panel.show_settings(self._settings)
            self._report(self._player.snapshot)
            self.dialog.show()
        elif self._dialog is not None:
            self.panel.draw.setChecked(False)
            self._dialog.hide()


class FiltersDialog(QDialog):
    """The filters beside the window, whose keys work here, too; Esc closes."""

    def __init__(
        self,
        window: QWidget,
        store: WindowStore,
        change: Callable[[tuple[str, ...], object], object],
    ) -> None:
        super().__init__(window)
        from app.ui.filters.panel import FiltersPanel

        self._store = store
        self.panel = FiltersPanel(change)
        self.setWindowTitle(translate("window", "Filters"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.panel)
        escape = QKeySequence(Qt.Key.Key_Escape)
        self.addActions([each for each in window.actions() if escape not in each.shortcuts()])
        if not self.restoreGeometry(QByteArray(store.filters_geometry)):
            resize_to_fit(self, WIDTH, HEIGHT)
            self._lie_beside(window)

    def _lie_beside(self, window: QWidget) -> None:
        """Stand at the right end of ``window``, so that the picture is seen, or right of it."""
        screen, place = window.screen().availableGeometry(), window.frameGeometry()
        room = screen.right() - place.right()
        left = place.right() + 1 if room >= self.width() else place.right() - self.width()
        top = min(place.top(), screen.bottom() - self.height())
        self.move(max(left, screen.left()), max(top, screen.top()))

    # Qt's own methods

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._store.filters_geometry = self.saveGeometry()
