"""What lies behind the seek bar: the event rate of the whole recording, and the marks A and B."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from app.pipeline.overview import Overview
from app.ui.logic.marks import Marks
from app.ui.theme import DARK, Look

# Single peaks beyond this part of the bins do not make all others look flat.
FULL_PART = 0.99
RATE_ALPHA, SPAN_ALPHA = 150, 60


def heights(overview: Overview) -> np.ndarray:
    """(counted,) 0..1 how high the rate stands in each bin that is counted."""
    rates = overview.rates
    if not rates.size:
        return rates
    top = max(float(np.quantile(rates, FULL_PART)), 1.0)
    return np.minimum(rates / top, 1.0)


class SeekGround:
    """Paints itself into a rectangle that spans the recording; the rate is drawn only once."""

    def __init__(self) -> None:
        self._look = DARK
        self._overview: Overview | None = None
        self._duration_us = 0
        self.marks = Marks()
        self._drawn: tuple[object, ...] = ()
        self._picture = QPixmap()

    @property
    def is_empty(self) -> bool:
        return self._overview is None

    def show_overview(self, overview: Overview | None) -> bool:
        """Take another overview; whether there is anything new in it."""
        is_new = overview is not self._overview
        self._overview = overview
        return is_new

    def set_look(self, look: Look) -> None:
        """Take the colours of ``look``."""
        self._look = look

    def paint(self, painter: QPainter, place: QRectF, duration_us: int) -> None:
        """Paint the rate above the bar in the middle, and the marks over both."""
        self._paint_rate(painter, place.adjusted(0, 0, 0, -place.height() / 2))
        if duration_us > 0:
            self._paint_marks(painter, place, duration_us)

    def _paint_rate(self, painter: QPainter, place: QRectF) -> None:
        if self._overview is None or not self._overview.counted:
            return
        ratio = painter.device().devicePixelRatioF()
        wanted = (self._overview, place.width(), place.height(), self._look, ratio)
        if wanted != self._drawn:
            self._drawn = wanted
            self._picture = self._draw(self._overview, place, ratio)
        painter.drawPixmap(place.topLeft(), self._picture)

    def _draw(self, overview: Overview, place: QRectF, ratio: float) -> QPixmap:
        picture = QPixmap((place.size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        high, wide = place.height(), place.width() / overview.counts.shape[1]
        tops = (high * (1 - heights(overview))).tolist()
        points = [QPointF(0, high)]
        points += [QPointF((number + 0.5) * wide, top) for number, top in enumerate(tops)]
        points.append(QPointF((len(tops) - 0.5) * wide, high))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._look.muted)
        colour.setAlpha(RATE_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(points))
        painter.end()
        return picture

    def _paint_marks(self, painter: QPainter, place: QRectF, duration_us: int) -> None:
        def x(t_us: int) -> float:
            return place.left() + place.width() * min(max(t_us / duration_us, 0.0), 1.0)

        if self.marks.span is not None:
            first, last = (x(t_us) for t_us in self.marks.span)
            band = QColor(self._look.accent)
            band.setAlpha(SPAN_ALPHA)
            painter.fillRect(QRectF(first, place.top(), last - first, place.height()), band)
        painter.setPen(QPen(QColor(self._look.accent), 2))
        painter.setFont(self._look.font(0.8, bold=True))
        for letter, t_us in (("A", self.marks.a_us), ("B", self.marks.b_us)):
            if t_us is not None:
                self._paint_mark(painter, place, x(t_us), letter)

    def _paint_mark(self, painter: QPainter, place: QRectF, x: float, letter: str) -> None:
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        wide = self._look.px(12)
        left = x + 2 if letter == "A" else x - wide - 2  # inside the span
        box = QRectF(left, place.top(), wide, place.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, letter)
