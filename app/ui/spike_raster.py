"""The last two seconds of spikes: the output neurons per class, and one hidden layer."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui.card import Card
from app.ui.raster_strip import TIMES, RasterStrip
from app.ui.theme import DARK, Look
from app.ui.verdict import gesture_in
from app.ui.words import NO_NETWORK, readable

OUTPUT_SATURATES_AT = 12
HIDDEN_SATURATES_AT = 6
HIDDEN_ROWS = 64
OUTPUT_PART, HIDDEN_PART = 11, 4
NO_HIDDEN = "This system has no hidden layer that spikes"
ANY_HEIGHT = 16_777_215  # Qt's own largest


class SpikeRaster(Card):
    """Spike images of the output and of one hidden layer, newest at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Spikes", parent)
        self._look = DARK
        self._classes: tuple[str, ...] = ()
        self._hidden_name = ""
        self._layers: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._view = pg.GraphicsLayoutWidget()
        self._view.setAccessibleName("Spike raster of the last two seconds")
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setAcceptDrops(False)  # files that are dropped here are for the window
        self.output = RasterStrip(self._view.addPlot(0, 0), OUTPUT_SATURATES_AT)
        self.hidden = RasterStrip(self._view.addPlot(1, 0), HIDDEN_SATURATES_AT, HIDDEN_ROWS)
        self._shows_hidden: bool | None = None
        self._placeholder = QLabel(NO_NETWORK)
        self._placeholder.setProperty("tone", "muted")
        self._placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._view, 1)
        self._no_hidden = QLabel(NO_HIDDEN)
        self._no_hidden.setProperty("tone", "muted")
        self._no_hidden.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._no_hidden.hide()
        self.body.addWidget(self._placeholder, 1)
        self.body.addWidget(self._no_hidden)
        self._view.hide()
        self._show_hidden()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add the spikes that came, newest at the right."""
        reading, source = snapshot.reading, snapshot.info and snapshot.info.name
        raster = reading.raster if reading is not None else ()
        shown = (source, reading and reading.system)
        restarted = shown != self._shown or (reading is not None and reading.restarted)
        self._shown = shown
        if restarted:
            self.output.clear()
            self.hidden.clear()
        for chunk in raster:
            self.output.add(chunk.t_us, chunk.tick_us, chunk.output)
            self.hidden.add(chunk.t_us, chunk.tick_us, chunk.hidden)
        if raster or restarted:
            self.output.redraw()
            self.hidden.redraw()
        hidden_name = raster[-1].hidden_name if raster else self._hidden_name
        layers = (snapshot.classes, hidden_name, self._has_hidden)
        if layers != self._layers:
            self._layers = layers
            self._classes, self._hidden_name = snapshot.classes, hidden_name
            self._show_layers()
        self.output.mark_row(gesture_in(snapshot))
        self.detail.setText(snapshot.model_name or "")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self._view.setBackground(look.card)
        self._view.setMinimumSize(look.px(220), look.px(110 if look.compact else 176))
        self._view.ci.setSpacing(look.px(5))
        # The last time label is centred under the right edge and needs room beyond it.
        self._view.ci.setContentsMargins(0, 0, look.px(16), 0)
        self.output.set_look(look, look.text)
        self.hidden.set_look(look, look.accent)
        self._show_hidden()
        self._label()

    def _show_layers(self) -> None:
        """Show the rows of a network, or that there is none."""
        self._view.setVisible(bool(self._classes))
        self._placeholder.setVisible(not self._classes)
        self._show_hidden()
        self.body.activate()  # what was hidden has no size yet, and the labels depend on it
        if self._classes:
            self.output.prepare(len(self._classes))
        self._label()

    @property
    def _has_hidden(self) -> bool:
        return self.hidden.ring is None or self.hidden.ring.rows > 0

    def _show_hidden(self) -> None:
        """Show both strips, or leave all the room to the output's; the lower one has the time."""
        roomy = not self._look.compact
        self._no_hidden.setVisible(roomy and bool(self._classes) and not self._has_hidden)
        shown = roomy and self._has_hidden
        if shown == self._shows_hidden:
            return
        self._shows_hidden = shown
        self.hidden.plot.setVisible(shown)
        self.output.plot.showAxis("bottom", not shown)
        layout = self._view.ci.layout
        layout.setRowStretchFactor(0, OUTPUT_PART)
        layout.setRowStretchFactor(1, HIDDEN_PART if shown else 0)
        layout.setRowMaximumHeight(1, ANY_HEIGHT if shown else 0)

    def _label(self) -> None:
        """Write the rows' names in the size that a row allows."""
        names = [readable(name) for name in self._classes]
        parts = OUTPUT_PART + (HIDDEN_PART if self._shows_hidden else 0)
        row = (self._view.height() - self._look.px(24)) * OUTPUT_PART / parts / max(len(names), 1)
        font = self._look.font()
        font.setPixelSize(int(min(self._look.base_px, max(9, row * 0.85))))
        metrics = QFontMetrics(font)
        widest = max((metrics.horizontalAdvance(n) for n in [*names, self._hidden_name]), default=0)
        width = widest + self._look.px(14)
        self.output.label_rows([(i + 0.5, name) for i, name in enumerate(names)], font, width)
        rows = self.hidden.ring.rows if self.hidden.ring is not None else 1
        self.hidden.label_rows([(rows / 2, self._hidden_name)], font, width)
        sparse = self._view.width() - width < 5 * metrics.horizontalAdvance(TIMES[0][1])
        lower = self.hidden if self._shows_hidden else self.output
        lower.label_time(font, metrics.height() + self._look.px(4), sparse=sparse)

    # Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label()
