"""Draws the event picture: pixels kept square and crisp, as large as the place allows, or larger.

The picture is coloured when it is painted, so only if somebody sees it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.event_image import image_of, picture_size
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.viewport import Viewport
from app.ui.notes import Corner, ground, paint_note, paint_parts
from app.ui.palettes import colour_table
from app.ui.theme import DARK, Look

SEEN = QT_TRANSLATE_NOOP("window", "the network sees this")


class EventCanvas(QWidget):
    """Draws one image on a card, or a sentence where there is none.

    ``viewport`` is what is seen of the sensor, none where there is no picture; ``zoomed`` tells
    that it has changed.
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = ""
        self._levels: np.ndarray | None = None
        self._colours = colour_table("blue_orange", DARK)
        self._image: QImage | None = None
        self._seen: QRect | None = None
        self._watched: QRect | None = None
        self.drawn: QRect | None = None  # by the mouse, not finished yet
        self.viewport: Viewport | None = None
        self.corner: tuple[str, ...] = ()
        self.reading: tuple[str, ...] = ()  # about the pixel under the mouse
        self.badge = ""
        self._reading_at = Corner.BOTTOM_LEFT
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(translate("window", "Event picture"))
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
        if not same_place:
            self.look_at(Viewport.whole(levels.shape[2], levels.shape[1]))
        self.update(self.picture_rect() if same_place else self.rect())

    def show_seen(self, region: QRect | None) -> None:
        """Outline the pixels that the networks see, unless that is all or none."""
        if region != self._seen:
            self._seen = region
            self.update()

    def show_watched(self, patch: QRect | None) -> None:
        """Outline the pixels that are looked at closely, or none."""
        if patch != self._watched:
            self._watched = patch
            self.update()

    def show_drawn(self, region: QRect | None) -> None:
        """Outline the region that is being drawn, or none."""
        if region != self.drawn:
            self.drawn = region
            self.update()

    def show_corner(self, lines: Sequence[str]) -> None:
        """Write lines into the picture's corner, or none."""
        if tuple(lines) != self.corner:
            self.corner = tuple(lines)
            self.update(self.picture_rect())

    def show_badge(self, text: str) -> None:
        """Say what happens to the picture, or nothing."""
        if text != self.badge:
            self.badge = text
            self.update(self.picture_rect())

    def show_reading(self, parts: Sequence[str], pixel: QPoint) -> None:
        """Write about a pixel of the sensor where the mouse on it does not hide it, or nothing."""
        at = Corner.BOTTOM_LEFT
        if self.viewport is not None and self.viewport.has_low_left(pixel.x(), pixel.y()):
            at = Corner.BOTTOM_RIGHT
        if (tuple(parts), at) != (self.reading, self._reading_at):
            self.reading, self._reading_at = tuple(parts), at
            self.update(self.picture_rect())

    def look_at(self, viewport: Viewport) -> None:
        """Show this part of the sensor."""
        if viewport != self.viewport:
            self.viewport = viewport
            self.update()
            self.zoomed.emit()

    @property
    def outlined(self) -> QRect | None:
        """What the networks see, if it is outlined."""
        return None if self._seen in (None, self.pixels) else self._seen

    @property
    def pixels(self) -> QRect:
        """All pixels of the sensor, none where there is no picture."""
        if self._levels is None:
            return QRect()
        return QRect(0, 0, self._levels.shape[2], self._levels.shape[1])

    def place_at(self, point: QPointF) -> QPointF | None:
        """Which place of the sensor, in its pixels, stands at a point of this widget, if any."""
        place, seen = self.picture_rect(), self.viewport
        if seen is None or not QRectF(place).contains(point):
            return None
        across = (point.x() - place.x()) * seen.width / place.width()
        down = (point.y() - place.y()) * seen.height / place.height()
        return QPointF(seen.left + across, seen.top + down)

    def pixel_at(self, point: QPoint) -> QPoint | None:
        """Which pixel of the sensor stands at a point of this widget, if any does."""
        at, pixels = self.place_at(QPointF(point)), self.pixels
        if at is None or not self.picture_rect().contains(point):
            return None
        return QPoint(min(int(at.x()), pixels.right()), min(int(at.y()), pixels.bottom()))

    def _place_of(self, pixels: QRect, seen: Viewport) -> QRectF:
        """Where ``pixels`` stand in this widget, or would beyond the picture's edge."""
        place = self.picture_rect()
        across, down = place.width() / seen.width, place.height() / seen.height
        return QRectF(
            place.x() + (pixels.x() - seen.left) * across,
            place.y() + (pixels.y() - seen.top) * down,
            pixels.width() * across - 1,
            pixels.height() * down - 1,
        )

    @property
    def image(self) -> QImage | None:
        """The picture, none where there are no events to show."""
        if self._image is None and self._levels is not None:
            self._image = image_of(self._levels, self._colours)
        return self._image

    def show_message(self, message: str) -> None:
        """Remove the picture and say why there is none."""
        if self._levels is None and message == self.message:
            return
        self._image = self._levels = self.viewport = None
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
        if image is None or self.viewport is None:
            painter.setFont(self._look.font(1.15))
            painter.setPen(QColor(self._look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self.message)
            return
        seen = self.viewport
        shrunk = place.width() * self.devicePixelRatioF() < seen.width
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
        part = QRectF(seen.left, seen.top, seen.width, seen.height)
        painter.drawImage(QRectF(place), image, part)
        painter.setPen(QColor(self._look.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.setClipRect(place)
        self._paint_outlines(painter, seen)
        lines = (self.badge, *self.corner) if self.badge else self.corner
        paint_note(painter, place, Corner.TOP_LEFT, lines, self._look)
        paint_parts(painter, place, self._reading_at, self.reading, self._look)

    def _paint_outlines(self, painter: QPainter, seen: Viewport) -> None:
        outlines = (
            (self.outlined, self._look.accent),
            (self._watched, self._look.text),
            (self.drawn, self._look.text),
        )
        for pixels, colour in outlines:
            if pixels is not None:
                painter.setPen(QColor(colour))
                painter.drawRect(self._place_of(pixels, seen))
        if self.outlined is not None and not self.corner and not self.badge:
            self._paint_word(painter, self._place_of(self.outlined, seen))

    def _paint_word(self, painter: QPainter, place: QRectF) -> None:
        """Say what the outline is, if there is room inside it."""
        words = translate("window", SEEN)
        painter.setFont(self._look.font(0.8))
        room = place.adjusted(1, 1, 0, 0)
        box = painter.boundingRect(room, Qt.AlignmentFlag.AlignLeft, words).adjusted(0, 0, 8, 2)
        if room.contains(box):
            painter.fillRect(box, ground(self._look))
            painter.setPen(QColor(self._look.accent))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
