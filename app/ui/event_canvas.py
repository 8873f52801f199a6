"""Draws the event picture: pixels kept square and crisp, as large as the place allows.

The picture is coloured when it is painted, so only if somebody sees it.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.palettes import colour_levels, colour_table
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
    """Draws one image on a card, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = ""
        self._levels: np.ndarray | None = None
        self._colours = colour_table("blue_orange", DARK)
        self._image: QImage | None = None
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Event picture")
        # It covers its place, so the card behind need not be painted thirty times a second.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def set_colours(self, table: np.ndarray) -> None:
        """Colour levels by ``table``, see ``colour_levels``."""
        self._colours, self._image = table, None
        self.update()

    def show_levels(self, levels: np.ndarray) -> None:
        """Draw (2, H, W) faded events, which may change until the next call."""
        same_place = self._levels is not None and self._levels.shape == levels.shape
        self._levels, self._image, self.message = levels, None, ""
        self.update(self.picture_rect() if same_place else self.rect())

    @property
    def image(self) -> QImage | None:
        """The picture, none where there are no events to show."""
        if self._image is None and self._levels is not None:
            pixels = colour_levels(self._levels, self._colours)
            height, width = pixels.shape
            # QImage only borrows the memory, and keeps the buffer that lends it.
            self._image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        return self._image

    def show_message(self, message: str) -> None:
        """Remove the picture and say why there is none."""
        if self._levels is None and message == self.message:
            return
        self._image = self._levels = None
        self.message = message
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture stands, in this widget's coordinates."""
        if self._levels is None:
            return QRect()
        ratio = self.devicePixelRatioF()
        frame = QSize(2, 2)
        height, width = self._levels.shape[1:]
        size = picture_size(QSize(width, height), (self.size() - frame) * ratio) / ratio
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
        painter, place, image = QPainter(self), self.picture_rect(), self.image
        if not place.contains(event.rect()):
            painter.fillRect(self.rect(), QColor(self._look.card))
        if image is None:
            painter.setFont(self._look.font(1.15))
            painter.setPen(QColor(self._look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self.message)
            return
        shrunk = place.width() * self.devicePixelRatioF() < image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
        painter.drawImage(place, image)
        painter.setPen(QColor(self._look.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
