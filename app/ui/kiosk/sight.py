"""What a camera sees as a small picture: fading events, the square that the network looks at.

Both polarities shine in their colours and add up to white, as light does: what moves fast glows,
and the lonely events of a sensor's noise stay faint.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from app.ui.logic.fading import EventFader
from app.ui.palettes import STEPS, STEPS_PER_EVENT, colour_levels, rgb
from app.ui.theme import DARK

FADING_MS = 110.0
MOST_LIGHT = 1.35  # of both polarities together, or every fast hand were plain white
HALF_BRIGHT = 1.5  # so many events at once shine with about 2/3 of the most


class Sight:
    """Fades events and colours them; ``image`` is none until there are some."""

    def __init__(self) -> None:
        self._fader = EventFader(FADING_MS)
        self._table = glowing_table()
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


def glowing_table() -> np.ndarray:
    """(1024,) uint32 0xffRRGGBB for ``colour_levels``."""
    level = np.arange(STEPS) / STEPS_PER_EVENT
    shine = (1 - np.exp(-level / HALF_BRIGHT)) / (1 - np.exp(-level[-1] / HALF_BRIGHT))
    ground, off, on = (rgb(colour) for colour in (DARK.event_ground, DARK.off, DARK.on))
    both = shine[:, None, None] + shine[None, :, None]
    light = shine[:, None, None] * (off - ground) + shine[None, :, None] * (on - ground)
    light *= np.minimum(1.0, MOST_LIGHT / np.maximum(both, MOST_LIGHT))
    mixed = np.round(np.clip(ground + light, 0, 255)).astype(np.uint32)
    red, green, blue = np.moveaxis(mixed, -1, 0)
    return (0xFF000000 | red << 16 | green << 8 | blue).reshape(-1).astype(np.uint32)


def centred_square(counts: np.ndarray) -> np.ndarray:
    """The largest centred square of (2, H, W)."""
    height, width = counts.shape[1:]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return counts[:, top : top + side, left : left + side]
