"""The last two seconds of spikes: the output neurons per class, and one hidden layer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui.card import Card
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.verdict import gesture_in
from app.ui.logic.words import NO_NETWORK, readable, spelled
from app.ui.raster_axes import SPARSE_TIMES, TIMES, RowNames, TimeAxis
from app.ui.raster_strip import RasterStrip
from app.ui.theme import DARK, Look

OUTPUT_SATURATES_AT = 12
HIDDEN_SATURATES_AT = 6
HIDDEN_ROWS = 64
SMALLEST_PX, READABLE_PX = 8, 10  # of the rows' names
AIRY, TIGHT = 0.82, 0.9  # of a row's height; tight is for what would not be readable otherwise
OUTPUT_PART, HIDDEN_PART = 11, 4
NO_HIDDEN = QT_TRANSLATE_NOOP("window", "This system has no hidden layer that spikes")
OUTPUT_ROW, GAP_ROW, HIDDEN_ROW, TIME_ROW = range(4)


class SpikeRaster(Card):
    """Spike images of the output and of one hidden layer, newest at the right.

    Whoever wants to know which row is clicked on asks ``output`` and ``hidden``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "Spikes"), parent)
        self._look = DARK
        self._classes: tuple[str, ...] = ()
        self._hidden_name = ""
        self._layers: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self.output = RasterStrip(OUTPUT_SATURATES_AT)
        self.hidden = RasterStrip(HIDDEN_SATURATES_AT, HIDDEN_ROWS)
        self.output_names, self.hidden_names = RowNames(), RowNames()
        self.time = TimeAxis()
        self._view = QWidget()
        self._view.setAccessibleName(translate("window", "Spike raster of the last two seconds"))
        self._grid = self._lay_out()
        self._shows_hidden: bool | None = None
        self._placeholder = QLabel(translate("window", NO_NETWORK))
        self._placeholder.setProperty("tone", "muted")
        self._placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._view, 1)
        self._no_hidden = QLabel(translate("window", NO_HIDDEN))
        self._no_hidden.setProperty("tone", "muted")
        self._no_hidden.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._no_hidden.hide()
        self.body.addWidget(self._placeholder, 1)
        self.body.addWidget(self._no_hidden)
        self._view.hide()
        self._show_hidden()

    def _lay_out(self) -> QGridLayout:
        """Names at the left, spikes at the right of them, and room for half of the last time."""
        grid = QGridLayout(self._view)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        strips = (OUTPUT_ROW, self.output_names, self.output), (
            HIDDEN_ROW, self.hidden_names, self.hidden
        )  # fmt: skip
        for row, names, strip in strips:
            grid.addWidget(names, row, 0)
            grid.addWidget(strip, row, 1)
        grid.addWidget(self.time, TIME_ROW, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(OUTPUT_ROW, OUTPUT_PART)
        return grid

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
        hidden_name = spelled(raster[-1].hidden_name) if raster else self._hidden_name
        layers = (snapshot.classes, hidden_name, self._has_hidden)
        if layers != self._layers:
            self._layers = layers
            self._classes, self._hidden_name = snapshot.classes, hidden_name
            self._show_layers()
        self.output.mark_row(gesture_in(snapshot))
        self.detail.setText(spelled(snapshot.model_name or ""))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self._view.setMinimumSize(look.px(220), look.px(110 if look.compact else 176))
        # The last time label is centred under the right edge and needs room beyond it.
        self._grid.setColumnMinimumWidth(2, look.px(16))
        for axis in (self.output_names, self.hidden_names, self.time):
            axis.set_look(look)
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
        self.hidden.setVisible(shown)
        self.hidden_names.setVisible(shown)
        self._grid.setRowMinimumHeight(GAP_ROW, self._look.px(5) if shown else 0)
        self._grid.setRowStretch(HIDDEN_ROW, HIDDEN_PART if shown else 0)

    def _label(self) -> None:
        """Write the rows' names in the size that a row allows."""
        names = [readable(name) for name in self._classes]
        parts = OUTPUT_PART + (HIDDEN_PART if self._shows_hidden else 0)
        row = (self._view.height() - self._look.px(24)) * OUTPUT_PART / parts / max(len(names), 1)
        font = self._look.font()
        size = max(SMALLEST_PX, row * AIRY, min(row * TIGHT, READABLE_PX))
        font.setPixelSize(int(min(self._look.base_px, size)))
        metrics = QFontMetrics(font)
        widest = max((metrics.horizontalAdvance(n) for n in [*names, self._hidden_name]), default=0)
        width = widest + self._look.px(14)
        self.output_names.rows = max(len(names), 1)
        self.output_names.show_labels(tuple((i + 0.5, name) for i, name in enumerate(names)), font)
        self.hidden_names.show_labels(((0.5, self._hidden_name),), font)
        for axis in (self.output_names, self.hidden_names):
            axis.setFixedWidth(width)
        self._label_time(font, width)

    def _label_time(self, font: QFont, names_width: int) -> None:
        """Write the seconds before now below the spikes; fewer where there is no room."""
        metrics = QFontMetrics(font)
        sparse = self._view.width() - names_width < 5 * metrics.horizontalAdvance(TIMES[0][1])
        self.time.left, self.time.right = names_width, self._look.px(16)
        self.time.show_labels(SPARSE_TIMES if sparse else TIMES, font)
        self.time.setFixedHeight(metrics.height() + self._look.px(4))

    # Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label()
