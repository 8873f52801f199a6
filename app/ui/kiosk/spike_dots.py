"""The network's neurons as a field of dots that light up: a decoration that is true.

Each dot is one neuron of the hidden layer, or of the output where there is none. It shines when
the neuron fires and fades in sensor time; every gesture lights up a pattern of its own.
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.pipeline.snapshot import RasterChunk, Reading

MOST_DOTS = 240
WIDE = 8.0  # the field is about so many times as wide as high
FADING_US = 160_000
DIM = 0.13  # strength of a neuron that is silent
LEAST_CELL_PX, MOST_CELL_PX = 2, 40


class SpikeDots:
    """Remembers how lately each neuron fired. ``glow`` is (N,) 0..1, or none without a network."""

    def __init__(self) -> None:
        self.glow: np.ndarray | None = None
        self._pixels: np.ndarray | None = None

    def add(self, reading: Reading) -> None:
        """Add what has fired since the last time."""
        if reading.restarted:
            self.clear()
        for chunk in reading.raster:
            self._add(chunk)

    def clear(self) -> None:
        """Forget every spike."""
        self.glow = None

    def image(self, width: float, height: float, colour: str) -> QImage | None:
        """The dots, as large as fits, transparent between; none without a network."""
        if self.glow is None:
            return None
        rows, columns = shape_of(len(self.glow))
        strength = np.zeros(rows * columns)
        strength[: len(self.glow)] = DIM + (1 - DIM) * self.glow
        cell_px = int(min(width / columns, height / rows))
        stamp = _stamp(min(max(cell_px, LEAST_CELL_PX), MOST_CELL_PX))
        alpha = np.round(
            255 * strength.reshape(rows, 1, columns, 1) * stamp[None, :, None, :]
        ).astype(np.uint32)
        self._pixels = pixels = _premultiplied(
            alpha.reshape(rows * len(stamp), columns * len(stamp)), QColor(colour)
        )
        kind = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(pixels.data, pixels.shape[1], pixels.shape[0], 4 * pixels.shape[1], kind)

    def _add(self, chunk: RasterChunk) -> None:
        spikes = chunk.hidden if chunk.hidden.shape[1] else chunk.output
        neurons = spikes.shape[1]
        picked = np.linspace(0, neurons - 1, min(neurons, MOST_DOTS)).astype(int)
        if self.glow is None or len(self.glow) != len(picked):
            self.glow = np.zeros(len(picked))
        age_us = chunk.tick_us * np.arange(len(spikes), 0, -1)  # at the end of the chunk
        newest = np.where(spikes[:, picked] > 0, np.exp(-age_us / FADING_US)[:, None], 0.0)
        faded = self.glow * math.exp(-len(spikes) * chunk.tick_us / FADING_US)
        self.glow = np.maximum(faded, newest.max(axis=0, initial=0.0))


def shape_of(dots: int) -> tuple[int, int]:
    """Rows and columns of a field of so many dots."""
    rows = max(round(math.sqrt(dots / WIDE)), 1)
    return rows, max(math.ceil(dots / rows), 1)


def _stamp(side: int) -> np.ndarray:
    """(side, side) float coverage of a dot in its cell."""
    middle = (side - 1) / 2
    away = np.hypot(*np.meshgrid(np.arange(side) - middle, np.arange(side) - middle))
    return np.clip(0.36 * side + 0.5 - away, 0.0, 1.0)


def _premultiplied(alpha: np.ndarray, colour: QColor) -> np.ndarray:
    parts = [(alpha * part // 255) for part in (colour.red(), colour.green(), colour.blue())]
    return (alpha << 24 | parts[0] << 16 | parts[1] << 8 | parts[2]).astype(np.uint32)
