"""One layer's recent spikes as an image that scrolls: a row a neuron, newest at the right."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.logic.raster_light import SHADES, shades
from app.ui.logic.raster_ring import RasterRing
from app.ui.palettes import rgb
from app.ui.theme import DARK, Look

WINDOW_US = 2_000_000
COLUMN_US = 5_000
COLUMNS = WINDOW_US // COLUMN_US
TINT_OPACITY = 44


def spike_colours(ground: str, spike: str) -> np.ndarray:
    """(SHADES,) uint32 0xffRRGGBB: from the ground to the colour of many spikes."""
    strength = np.linspace(0.0, 1.0, SHADES)[:, None]
    low, high = (rgb(colour) for colour in (ground, spike))
    red, green, blue = np.round(low + strength * (high - low)).astype(np.uint32).T
    return 0xFF000000 | red << 16 | green << 8 | blue


class RasterStrip(QWidget):
    """A pixel is one row over 5 ms; the picture is made when it is painted, so only if seen.

    At least ``saturates_at`` spikes are the brightest pixel, more in a layer that fires more.
    Neurons beyond ``most_rows`` share rows; with fewer, thin lines set the rows apart.
    ``clicked`` carries the range of the neurons there, which share rows.
    """

    clicked = Signal(object)

    def __init__(
        self, saturates_at: int, most_rows: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ring: RasterRing | None = None
        self.marked: int | None = None
        self._neurons = 0
        self._saturates_at = saturates_at
        self._most_rows = most_rows
        self._look = DARK
        self._colours = spike_colours(DARK.strip_ground, DARK.text)
        self._tint = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # It covers its place, so what lies behind need not be painted thirty times a second.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def prepare(self, neurons: int) -> RasterRing:
        """Make room for a layer of ``neurons``; the same size keeps what is there."""
        if self.ring is None or neurons != self._neurons:
            self._neurons = neurons
            rows = min(neurons, self._most_rows or neurons)  # none, if nothing spikes there
            self.ring = RasterRing(neurons, rows, COLUMNS, COLUMN_US)
            self.update()
        return self.ring

    def add(self, t_us: int, tick_us: int, spikes: np.ndarray) -> None:
        """Add spikes (T, N) of consecutive ticks from ``t_us`` on."""
        self.prepare(spikes.shape[1]).add(t_us, tick_us, spikes)
        self.update()

    def clear(self) -> None:
        """Remove every spike."""
        if self.ring is not None:
            self.ring.clear()
            self.update()

    def mark_row(self, row: int | None) -> None:
        """Lay a tint over one row, or over none."""
        if row != self.marked:
            self.marked = row
            self.update()

    def set_look(self, look: Look, spike_colour: str) -> None:
        """Take the theme's colours; spikes are drawn in ``spike_colour``."""
        self._look = look
        self._colours = spike_colours(look.strip_ground, spike_colour)
        self._tint = QColor(look.accent)
        self._tint.setAlpha(TINT_OPACITY)
        self.update()

    def neurons_at(self, y: int) -> range:
        """The neurons that share the rows at a height of this widget, if there are any."""
        rows = self.ring.rows if self.ring is not None else 0
        if not rows or not 0 <= y < self.height():
            return range(0)
        row = y * rows // self.height()
        ends = row, max(row + 1, (y + 1) * rows // self.height())
        return range(*(-(-number * self._neurons // rows) for number in ends))

    def pixels(self) -> np.ndarray:
        """(rows, COLUMNS) uint32 0xffRRGGBB of the spikes."""
        counts = self.ring.image() if self.ring is not None else np.zeros((0, COLUMNS), np.int64)
        filled = self.ring.filled if self.ring is not None else 0
        return self._colours[shades(counts, filled, self._saturates_at)][counts]

    # Qt's own methods

    def mousePressEvent(self, event: QMouseEvent) -> None:
        neurons = self.neurons_at(int(event.position().y()))
        if event.button() is Qt.MouseButton.LeftButton and neurons:
            self.clicked.emit(neurons)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pixels = self.pixels()
        rows, columns = pixels.shape
        if not rows:
            painter.fillRect(self.rect(), QColor(self._look.strip_ground))
            return
        image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        painter.drawImage(self.rect(), image)
        high = self.height() / rows
        if self.marked is not None:
            painter.fillRect(QRectF(0, self.marked * high, self.width(), high), self._tint)
        if self._most_rows is None:
            card = QColor(self._look.card)
            for row in range(1, rows):
                painter.fillRect(0, round(row * high), self.width(), 1, card)
