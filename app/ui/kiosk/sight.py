"""What a camera sees as a small picture: fading events, the square that the network looks at."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from app.ui.fading import EventFader
from app.ui.palettes import colour_levels, colour_table
from app.ui.theme import DARK

FADING_MS = 110.0


class Sight:
    """Fades events and colours them; ``image`` is none until there are some."""

    def __init__(self) -> None:
        self._fader = EventFader(FADING_MS)
        self._table = colour_table("blue_orange", DARK)
        self._pixels: np.ndarray | None = None

    def see(self, counts: np.ndarray, position_us: int | None, restarted: bool) -> None:
        """Add ``counts`` (2, H, W) and fade to ``position_us``."""
        self._fader.add(centred_square(counts), position_us, restarted)
        self._pixels = None

    def clear(self) -> None:
        """Forget everything."""
        self._fader.clear()
        self._pixels = None

    def image(self, mirrored: bool) -> QImage | None:
        """The picture, square; it lives until the next ``see``."""
        levels = self._fader.levels
        if levels is None:
            return None
        seen = colour_levels(levels, self._table)
        # QImage only borrows the memory
        self._pixels = pixels = np.ascontiguousarray(seen[:, ::-1] if mirrored else seen)
        height, width = pixels.shape
        return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def centred_square(counts: np.ndarray) -> np.ndarray:
    """The largest centred square of (2, H, W)."""
    height, width = counts.shape[1:]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return counts[:, top : top + side, left : left + side]
