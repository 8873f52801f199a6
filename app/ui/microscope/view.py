"""The microscope's window, and what it looks at while it is open.

pyqtgraph and the neurons are imported when it is opened for the first time, so that a start does
not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRect, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.events import Resolution
from app.pipeline.snapshot import Reading, Snapshot
from app.pipeline.wishes import WatchWish
from app.recognition.watching import Patch
from app.ui.logic.target import Layers, Of, Target, watch_of
from app.ui.logic.words import spelled
from app.ui.theme import DARK, Look
from app.ui.window_store import WindowStore
from models.naming import model_name

if TYPE_CHECKING:
    from app.ui.microscope.panel import MicroscopePanel

LEAST_WIDTH, WIDTH_PART = 680, 0.62
MARGIN = 10


class MicroscopeView(QObject):
    """Asks the pipeline, by ``watch``, for what is looked at, and for nothing while it is closed.

    ``marked`` hears which pixels are looked at, so that the picture can show them.
    """

    def __init__(
        self,
        window: QWidget,
        action: QAction,
        store: WindowStore,
        watch: Callable[[WatchWish | None], object],
        marked: Callable[[Patch | None], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        self._store = store
        self._watch = watch
        self._marked = marked
        self._look = DARK
        self._dialog: MicroscopeDialog | None = None
        self._layers: Layers | None = None
        self._wish: WatchWish | None = None
        self.target = Target()
        action.toggled.connect(self._show)

    @property
    def dialog(self) -> MicroscopeDialog:
        """The window, made when it is asked for first."""
        if self._dialog is None:
            self._dialog = MicroscopeDialog(self._window, self._look, self._store)
            self._dialog.rejected.connect(self._dismiss)
            self._dialog.panel.chooser.chosen.connect(self.look_at)
        return self._dialog

    @property
    def panel(self) -> MicroscopePanel:
        return self.dialog.panel

    @property
    def is_open(self) -> bool:
        return self._action.isChecked()

    def restore(self) -> None:
        """Open it if it was open when the window was closed last."""
        self._action.setChecked(self._store.microscope_shown)

    def look_at(self, target: Target) -> None:
        """Look at something else, and open the window if it is not."""
        if target.of is Of.PIXELS and self.target.side is not None and target.side is None:
            target = replace(target, side=self.target.side)
        self.target = target
        self._action.setChecked(True)

    def show_snapshot(self, snapshot: Snapshot, place: int = 0) -> None:
        """Ask for what is looked at in the system at ``place``, and show what has come."""
        if not self.is_open:
            return
        reading = snapshot.readings[place] if place < len(snapshot.readings) else None
        resolution = snapshot.info.resolution if snapshot.info is not None else None
        if reading is not None and reading.raster:
            self._layers = Layers.of(reading.raster[-1])
        if reading is None:
            self._layers = None
        if resolution is not None:
            self._ask(reading, resolution)
            classes = () if reading is None else reading.spec.classes
            self.panel.chooser.show_target(self.target, classes, self._layers, resolution)
        self._add(snapshot)
        self._say(reading)
        self.panel.refresh()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        if self._dialog is not None:
            self._dialog.panel.set_look(look)

    def _dismiss(self) -> None:
        # At the end of the program all windows are closed, which is nobody's wish.
        if self._window.isVisible():
            self._action.setChecked(False)

    def _ask(self, reading: Reading | None, resolution: Resolution) -> None:
        watch = watch_of(self.target, resolution, self._layers)
        patch = watch if isinstance(watch, Patch) else None
        system = None if patch is not None or reading is None else reading.system
        wish = None if watch is None else WatchWish(watch, system)
        if wish != self._wish:
            self._wish = wish
            self._watch(wish)
            self._marked(patch)

    def _add(self, snapshot: Snapshot) -> None:
        wanted = self._wish and self._wish.watch
        for reading in snapshot.readings:
            if reading.restarted and reading.watched:
                self.panel.bench.clear()
            for piece in reading.watched:
                if piece.watch == wanted:
                    self.panel.bench.add(piece)

    def _say(self, reading: Reading | None) -> None:
        """Whether a neuron has a row, and what stands in it if it has no membrane."""
        from app.ui.microscope import words

        panel = self.panel
        panel.show_neuron(self.target.of is not Of.PIXELS)
        bench = panel.bench
        if self._wish is None or reading is None:
            panel.show_message(words.NO_NETWORK)
        elif bench.watch != self._wish.watch:
            panel.show_message(words.WAITING)
        elif bench.kept.trace is None:
            name = spelled(model_name(reading.spec.name, reading.spec.system))
            panel.show_message(words.NO_MEMBRANE, name)
        else:
            panel.show_message(None)

    def _show(self, shown: bool) -> None:
        self._store.microscope_shown = shown
        if shown:
            self.panel.set_look(self._look)
            self.dialog.show()
            return
        self._wish = None
        self._watch(None)
        self._marked(None)
        if self._dialog is not None:
            self._dialog.hide()


class MicroscopeDialog(QDialog):
    """The microscope beside the window, whose keys work here, too; Esc closes."""

    def __init__(self, window: QWidget, look: Look, store: WindowStore) -> None:
        super().__init__(window)
        from app.ui.microscope.panel import MicroscopePanel, words

        self._store = store
        self.panel = MicroscopePanel()
        self.panel.show_span(store.microscope_span_s)
        self.setWindowTitle(words.say(words.TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.panel)
        escape = QKeySequence(Qt.Key.Key_Escape)
        self.addActions([each for each in window.actions() if escape not in each.shortcuts()])
        self.panel.span_changed.connect(self._keep_span)
        if not self.restoreGeometry(QByteArray(store.microscope_geometry)):
            self._lie_beside(window, look)

    def _lie_beside(self, window: QWidget, look: Look) -> None:
        """Stand right of ``window`` if the screen has room there, or else cover its right part,
        so that the picture and the beginning of the spikes can still be seen and clicked."""
        screen, place = window.screen().availableGeometry(), window.geometry()
        width = max(look.px(LEAST_WIDTH), round(WIDTH_PART * place.width()))
        room = screen.right() - window.frameGeometry().right()
        left = window.frameGeometry().right() + 1 if room >= width else place.right() - width
        self.setGeometry(QRect(left, place.top(), width, place.height()) & screen)

    def _keep_span(self, span_s: float) -> None:
        self._store.microscope_span_s = span_s

    # Qt's own methods

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._store.microscope_geometry = self.saveGeometry()
