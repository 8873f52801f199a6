"""One layer's recent spikes as an image with labelled rows and a time axis."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsRectItem

from app.ui.raster_light import SHADES, brightness
from app.ui.raster_ring import RasterRing
from app.ui.theme import Look

WINDOW_US = 2_000_000
COLUMN_US = 5_000
COLUMNS = WINDOW_US // COLUMN_US
WINDOW_S = WINDOW_US / 1e6
TIMES = [(-1.5, "−1.5 s"), (-1.0, "−1 s"), (-0.5, "−0.5 s"), (0.0, "0")]


def spike_colours(ground: str, spike: str) -> np.ndarray:
    """(SHADES, 3) uint8: from the ground to the colour of many spikes."""
    strength = np.linspace(0.0, 1.0, SHADES)[:, None]
    low, high = (np.array(QColor(c).getRgb()[:3], float) for c in (ground, spike))
    return np.round(low + strength * (high - low)).astype(np.uint8)


class RasterStrip:
    """Draws into a plot of its own; a pixel is one row over 5 ms.

    At least ``saturates_at`` spikes are the brightest pixel, more in a layer that fires more.
    """

    def __init__(self, plot: pg.PlotItem, saturates_at: int, most_rows: int | None = None) -> None:
        self.plot = plot
        self.ring: RasterRing | None = None
        self._neurons = 0
        self._saturates_at = saturates_at
        self._most_rows = most_rows
        self.image = pg.ImageItem(axisOrder="row-major", levels=(0, SHADES - 1))
        self.mark = QGraphicsRectItem()
        self.mark.setPen(QColor(Qt.GlobalColor.transparent))
        plot.addItem(self.image)
        plot.addItem(self.mark)
        self._gaps = pg.PlotCurveItem(connect="pairs")
        plot.addItem(self._gaps)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(False, False)
        plot.invertY(True)
        plot.setRange(xRange=(-WINDOW_S, 0), yRange=(0, 1), padding=0)
        for side in ("left", "bottom"):
            plot.getAxis(side).setStyle(tickLength=0, tickAlpha=0, hideOverlappingLabels=False)
            plot.getAxis(side).setPen(pg.mkPen(None))
            plot.getAxis(side).setTickPen(pg.mkPen(None))

    def prepare(self, neurons: int) -> None:
        """Make room for a layer of ``neurons``; the same size keeps what is there."""
        if self.ring is None or neurons != self._neurons:
            self._neurons = neurons
            rows = min(neurons, self._most_rows or neurons)  # none, if nothing spikes there
            self.ring = RasterRing(neurons, rows, COLUMNS, COLUMN_US)
            self.plot.setYRange(0, max(rows, 1), padding=0)
            self._draw_gaps(rows)
            self.redraw()

    def add(self, t_us: int, tick_us: int, spikes: np.ndarray) -> None:
        """Add spikes (T, N) of consecutive ticks from ``t_us`` on."""
        self.prepare(spikes.shape[1])
        self.ring.add(t_us, tick_us, spikes)

    def clear(self) -> None:
        """Remove every spike."""
        if self.ring is not None:
            self.ring.clear()

    def redraw(self) -> None:
        """Hand the ring's picture to the screen."""
        if self.ring is not None and self.ring.rows:
            shown = brightness(self.ring.image(), self.ring.filled, self._saturates_at)
            self.image.setImage(shown, autoLevels=False)
            self.image.setRect(QRectF(-WINDOW_S, 0, WINDOW_S, self.ring.rows))

    def mark_row(self, row: int | None) -> None:
        """Lay a tint over one row, or over none."""
        self.mark.setVisible(row is not None)
        if row is not None:
            self.mark.setRect(QRectF(-WINDOW_S, row, WINDOW_S, 1))

    def _draw_gaps(self, rows: int) -> None:
        """Set rows that stand for single neurons or classes apart by thin lines."""
        edges = np.arange(1, rows) if self._most_rows is None else np.zeros(0)
        self._gaps.setData(np.tile((-WINDOW_S, 0.0), len(edges)), np.repeat(edges, 2))

    def label_rows(self, labels: list[tuple[float, str]], font: QFont, width: int) -> None:
        """Write ``labels`` (row position, text) beside the image, ``width`` pixels wide."""
        axis = self.plot.getAxis("left")
        axis.setTickFont(font)
        axis.setTicks([labels])
        axis.setWidth(width)

    def label_time(self, font: QFont, height: int, *, sparse: bool = False) -> None:
        """Write the seconds before now below the image; ``sparse`` ones where there is no room."""
        axis = self.plot.getAxis("bottom")
        axis.setTickFont(font)
        axis.setTicks([TIMES[1::2] if sparse else TIMES])
        axis.setHeight(height)

    def set_look(self, look: Look, spike_colour: str) -> None:
        """Take the theme's colours; spikes are drawn in ``spike_colour``."""
        table = spike_colours(look.event_ground, spike_colour)
        self.image.setLookupTable(table)
        self.plot.getViewBox().setBackgroundColor(look.event_ground)
        self._gaps.setPen(pg.mkPen(look.card, width=1))
        tint = QColor(look.accent)
        tint.setAlpha(44)
        self.mark.setBrush(tint)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setTextPen(look.muted)
