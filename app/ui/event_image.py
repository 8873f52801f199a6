"""The event picture as an image, and how large it is drawn where there is so much room."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from app.ui.palettes import colour_levels

# A whole multiple keeps every pixel equally large; below this part of the place it is too small.
WHOLE_MULTIPLE_FILLS = 0.9


def picture_size(image: QSize, place: QSize) -> QSize:
    """The size in device pixels at which ``image`` is drawn inside ``place``, aspect kept."""
    scale = min(place.width() / image.width(), place.height() / image.height())
    if int(scale) >= WHOLE_MULTIPLE_FILLS * scale:
        scale = int(scale)
    return QSize(max(1, int(image.width() * scale)), max(1, int(image.height() * scale)))


def image_of(levels: np.ndarray, table: np.ndarray) -> QImage:
    """The picture of (2, H, W) levels in the colours of ``table``, see ``colour_levels``."""
    pixels = colour_levels(levels, table)
    height, width = pixels.shape
    # QImage only borrows the memory, and keeps the buffer that lends it.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
