"""Draws the event picture: pixels kept square and crisp, as large as the place allows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import DARK, Look

# A whole multiple keeps every pixel equally large; below this part of the place it is too small.
WHOLE_MULTIPLE_FILLS = 0.9


def picture_size(image: QSize, place: QSize) -> QSize:
    """The size in device pixels at which ``image`` is drawn inside ``place``, aspect kept."""
    scale = min(place.width() / image.width(), place.height() / image.height())
    if int(scale) >= WHOLE_MULTIPLE_FILLS * scale:
        scale = int(scale)
    return QSize(max(1, int(image.width() * scale)), max(1, int(image.height() * scale)))


class EventCanvas(QWidget):
    """Draws one image, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.message = ""
        self._pixels: np.ndarray | None = None
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Event picture")

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_pixels(self, pixels: np.ndarray) -> None:
        """Draw (H, W) uint32 0xffRRGGBB; the array must not be written again."""
        height, width = pixels.shape
        self._pixels = pixels  # QImage only borrows the memory
        self.image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.message = ""
        self.update()

    def show_message(self, message: str) -> None:
        """Remove the picture and say why there is none."""
        if self.image is None and message == self.message:
            return
        self.image = self._pixels = None
        self.message = message
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture stands, in this widget's coordinates."""
        if self.image is None:
            return QRect()
        ratio = self.devicePixelRatioF()
        frame = QSize(2, 2)
        size = picture_size(self.image.size(), (self.size() - frame) * ratio) / ratio
        return QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    # Qt's own methods

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image is None:
            painter.setFont(self._look.font(1.15))
            painter.setPen(QColor(self._look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self.message)
            return
        place = self.picture_rect()
        shrunk = place.width() * self.devicePixelRatioF() < self.image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
        painter.drawImage(place, self.image)
        painter.setPen(QColor(self._look.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
