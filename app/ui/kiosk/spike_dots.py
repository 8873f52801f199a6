"""The network's spikes as a band of dots that wanders to the left: a decoration that is true."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.pipeline.snapshot import RasterChunk, Reading
from app.ui.raster_ring import RasterRing

ROWS, COLUMNS, COLUMN_US = 10, 80, 20_000
LEAST_CELL_PX, MOST_CELL_PX = 2, 20
FULL, FADED = 1.0, 0.25  # strength of the newest dot and of the oldest


class SpikeDots:
    """Dots of at most ``ROWS`` neurons over 1.6 seconds; each is one neuron that fired."""

    def __init__(self) -> None:
        self._ring: RasterRing | None = None
        self._pixels: np.ndarray | None = None

    def add(self, reading: Reading) -> None:
        """Add what has fired since the last time."""
        if reading.restarted:
            self.clear()
        for chunk in reading.raster:
            self._add(chunk)

    def clear(self) -> None:
        """Forget every dot."""
        self._ring = None

    def image(self, cell_px: int, colour: str) -> QImage | None:
        """The dots with ``cell_px`` pixels to each, transparent between; none without any."""
        if self._ring is None:
            return None
        fired = self._ring.image() > 0
        stamp = _stamp(min(max(cell_px, LEAST_CELL_PX), MOST_CELL_PX))
        strength = fired * np.linspace(FADED, FULL, fired.shape[1])
        alpha = np.round(255 * strength[:, None, :, None] * stamp[None, :, None, :])
        alpha = alpha.reshape(fired.shape[0] * len(stamp), -1).astype(np.uint32)
        self._pixels = pixels = _premultiplied(alpha, QColor(colour))
        height, width = pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(pixels.data, width, height, 4 * width, kind)

    def _add(self, chunk: RasterChunk) -> None:
        spikes = chunk.hidden if chunk.hidden.shape[1] else chunk.output
        picked = np.linspace(0, spikes.shape[1] - 1, min(ROWS, spikes.shape[1])).astype(int)
        if self._ring is None or self._ring.rows != len(picked):
            self._ring = RasterRing(len(picked), len(picked), COLUMNS, COLUMN_US)
        self._ring.add(chunk.t_us, chunk.tick_us, spikes[:, picked])


def _stamp(side: int) -> np.ndarray:
    """(side, side) float coverage of a dot in its cell."""
    middle = (side - 1) / 2
    away = np.hypot(*np.meshgrid(np.arange(side) - middle, np.arange(side) - middle))
    return np.clip(0.36 * side + 0.5 - away, 0.0, 1.0)


def _premultiplied(alpha: np.ndarray, colour: QColor) -> np.ndarray:
    parts = [(alpha * part // 255) for part in (colour.red(), colour.green(), colour.blue())]
    return (alpha << 24 | parts[0] << 16 | parts[1] << 8 | parts[2]).astype(np.uint32)
