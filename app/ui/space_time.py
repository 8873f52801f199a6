"""Draws the last second as a cloud of events in space and time; the mouse and the keys turn it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.events import empty_events
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.recent_events import KEPT_US, RecentEvents
from app.ui.logic.space_time import Camera, Stance, draw, shades, thinned
from app.ui.notes import Corner, paint_note
from app.ui.theme import DARK, Look

NOTCH, ZOOM_STEP = 120, 1.15
DEGREES_PER_PIXEL, DEGREES_PER_KEY = 0.4, 5.0
NAME = QT_TRANSLATE_NOOP("window", "The last second as a cloud of events")
HINT = QT_TRANSLATE_NOOP(
    "window", "Drag or arrow keys turn, the wheel zooms, a double click resets"
)
NOTHING = QT_TRANSLATE_NOOP("window", "No events")
TURNS = {
    Qt.Key.Key_Left: (-DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Right: (DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, -DEGREES_PER_KEY),
    Qt.Key.Key_Down: (0.0, DEGREES_PER_KEY),
}
# Pairs of corners, by x, y and whether old, that an edge of the box joins.
EDGES = [
    (one, tuple(int(i == axis) or each for i, each in enumerate(one)))
    for axis in range(3)
    for one in ((x, y, t) for x in (0, 1) for y in (0, 1) for t in (0, 1))
    if one[axis] == 0
]


class SpaceTime(QWidget):
    """The image is made when it is painted, so only if somebody sees it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stance = Stance()
        self.every = 1  # of so many events one is drawn
        self._recent = RecentEvents()
        self._now_us: int | None = None
        self._sensor = (1, 1)
        self._look = DARK
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("window", NAME))
        self.setToolTip(translate("window", HINT))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_events(
        self, recent: RecentEvents, now_us: int | None, width: int, height: int
    ) -> None:
        """Draw what there is before ``now_us`` of a sensor of this size."""
        self._recent, self._now_us, self._sensor = recent, now_us, (width, height)
        self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.update()

    def _stand(self, stance: Stance) -> None:
        self.stance = stance
        self.update()

    def _image(self, size: QSize, events: np.ndarray) -> QImage:
        """The points, without the box."""
        ground, off, on = (
            _rgb(QColor(c)) for c in (self._look.event_ground, self._look.off, self._look.on)
        )
        pixels = np.full((size.height(), size.width()), QColor(*ground).rgb(), np.uint32)
        camera = Camera(self.stance, *self._sensor, (size.width(), size.height()))
        if self._now_us is not None and events.size:
            dot = 1 + min(size.width(), size.height()) // 400
            draw(pixels, events, self._now_us, camera, shades(ground, off, on), dot)
        width, height = size.width(), size.height()
        return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)

    # Qt's own methods

    def sizeHint(self) -> QSize:
        return QSize(640, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        now_us = self._now_us
        events = empty_events() if now_us is None else self._recent.since(now_us - KEPT_US)
        events, self.every = thinned(events)
        image = self._image(QSize(self.size() * ratio), events)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, image)
        if now_us is None:
            painter.setPen(QColor(self._look.muted))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, translate("window", NOTHING)
            )
            return
        self._paint_box(painter)
        self._paint_notes(painter)

    def _paint_box(self, painter: QPainter) -> None:
        camera = Camera(self.stance, *self._sensor, (self.width(), self.height()))
        corners = camera.corners(*self._sensor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near, far = QPen(QColor(self._look.muted)), QPen(QColor(self._look.border))
        far.setStyle(Qt.PenStyle.DashLine)
        for one, other in EDGES:
            painter.setPen(far if camera.farthest in (one, other) else near)
            painter.drawLine(QPointF(*corners[one]), QPointF(*corners[other]))
        painter.setFont(self._look.font(0.9))
        painter.setPen(QColor(self._look.text))
        side, gap = 1 - camera.farthest[0], self._look.px(4)
        for old, word in enumerate((translate("window", "now"), translate("window", "1 s ago"))):
            at = QPointF(*corners[side, 1, old])
            painter.drawText(at + QPointF(gap, gap + painter.fontMetrics().ascent()), word)

    def _paint_notes(self, painter: QPainter) -> None:
        lines = []
        if self.every > 1:
            lines.append(translate("window", "1 of {0} events is drawn").format(self.every))
        if self._recent.is_cut:
            lines.append(translate("window", "more events than a second of them can be kept"))
        place = QRect(self.rect())
        paint_note(painter, place, Corner.TOP_LEFT, lines, self._look)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            way = (event.position() - self._dragged) * DEGREES_PER_PIXEL
            self._dragged = event.position()
            self._stand(self.stance.turned(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._stand(Stance())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._stand(self.stance.closer(ZOOM_STEP ** (event.angleDelta().y() / NOTCH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = TURNS.get(Qt.Key(event.key()))
        if turn is None:
            super().keyPressEvent(event)
        else:
            self._stand(self.stance.turned(*turn))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
