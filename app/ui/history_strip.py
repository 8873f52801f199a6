"""Decisions along time, a lane each for the truth and for every system; a click asks for a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.logic.blocks import Block, Lane, Scale, Verdict
from app.ui.logic.words import readable
from app.ui.theme import DARK, Look

LANE, GAP, AXIS = 17, 3, 16
NAMES, COMPACT_NAMES = 92, 70
RADIUS = 3
DARKER = 114  # percent; by that a light theme's border stands out from the ground of a lane


def paint_block(painter: QPainter, place: QRectF, verdict: Verdict, look: Look) -> None:
    """Right is blue, wrong is orange and hatched, nothing is a line: told apart by shape, too."""
    painter.setPen(Qt.PenStyle.NoPen)
    if verdict is Verdict.MISSED:
        painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DotLine))
        middle = place.center().y()
        painter.drawLine(QLineF(place.left(), middle, place.right(), middle))
        return
    unjudged = QColor(look.border) if look.dark else QColor(look.border).darker(DARKER)
    fills = {Verdict.RIGHT: look.off, Verdict.WRONG: look.on, Verdict.UNJUDGED: unjudged}
    painter.setBrush(QColor(fills[verdict]))
    painter.drawRoundedRect(place, RADIUS, RADIUS)
    if verdict is Verdict.WRONG:
        hatch = QColor(look.card)
        hatch.setAlpha(150)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(place, RADIUS, RADIUS)


class HistoryStrip(QWidget):
    """``sought`` carries the sensor time of a click; ``tip_at`` says what was at a time."""

    sought = Signal(object)

    def __init__(self, tip_at: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.scale = Scale(0, 1, 1)
        self.ticks: tuple[tuple[int, str], ...] = ()
        self._now_us: int | None = None
        self._tip_at = tip_at
        self._look = DARK
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def lanes_width(self) -> int:
        """Pixels there are for blocks."""
        return max(self.width() - self._left, 1)

    def show_lanes(
        self,
        lanes: Sequence[Lane],
        scale: Scale,
        ticks: Sequence[tuple[int, str]],
        now_us: int | None,
    ) -> None:
        """Draw ``lanes`` with ``ticks`` (sensor time, text) below and a line where playback is."""
        if len(lanes) != len(self.lanes):
            self.updateGeometry()
        self.lanes, self.scale, self.ticks = tuple(lanes), scale, tuple(ticks)
        self._now_us = now_us
        self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.updateGeometry()
        self.update()

    @property
    def _left(self) -> int:
        return self._look.px(COMPACT_NAMES if self._look.compact else NAMES)

    def _top(self, lane: int) -> int:
        return lane * self._look.px(LANE + GAP)

    def _time_at(self, x: float) -> int | None:
        inside = x >= self._left and self.lanes
        return self.scale.time_us(x - self._left) if inside else None

    def _paint_lane(self, painter: QPainter, number: int, lane: Lane) -> None:
        look, top = self._look, self._top(number)
        names = QRectF(0, top, self._left - look.px(8), look.px(LANE))
        painter.setPen(QColor(look.muted))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, int(names.width()))
        painter.drawText(names, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
        ground = QRectF(self._left, top, self.lanes_width, look.px(LANE))
        painter.fillRect(ground, QColor(look.strip_ground))
        for block in lane.blocks:
            width = max(block.right - block.left, 1)
            place = QRectF(self._left + block.left, top, width, look.px(LANE))
            paint_block(painter, place, block.verdict, look)
            self._paint_name(painter, place, block)

    def _paint_name(self, painter: QPainter, place: QRectF, block: Block) -> None:
        room = int(place.width()) - self._look.px(8)
        if block.name is None or room < self._look.px(30):
            return
        metrics = painter.fontMetrics()
        name = metrics.elidedText(readable(block.name), Qt.TextElideMode.ElideRight, room)
        plain = block.verdict is Verdict.UNJUDGED
        if block.verdict is Verdict.WRONG:  # hatching runs through no letters
            width = metrics.horizontalAdvance(name) + self._look.px(6)
            middle = QRectF(0, place.top(), width, place.height())
            middle.moveCenter(place.center())
            painter.fillRect(middle, QColor(self._look.on))
        painter.setPen(QColor(self._look.text if plain else self._look.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_axis(self, painter: QPainter) -> None:
        top, high = self._top(len(self.lanes)), self._look.px(AXIS)
        painter.setPen(QColor(self._look.muted))
        middle, metrics = Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics()
        for t_us, text in self.ticks:
            width = metrics.horizontalAdvance(text) + 2
            left = self._left + self.scale.x(t_us) - width / 2
            left = min(max(left, self._left), self.width() - width)
            painter.drawText(QRectF(left, top, width, high), middle, text)

    def _paint_now(self, painter: QPainter) -> None:
        x = None if self._now_us is None else self._left + self.scale.x(self._now_us)
        if x is not None and self._left <= x <= self.width():
            painter.setPen(QPen(QColor(self._look.text), 1))
            x = min(x, self.width() - 1)
            painter.drawLine(QLineF(x, 0, x, self._top(len(self.lanes)) - self._look.px(GAP)))

    # Qt's own methods

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._top(max(len(self.lanes), 1)) + self._look.px(AXIS))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._look.font(0.85))
        for number, lane in enumerate(self.lanes):
            self._paint_lane(painter, number, lane)
        self._paint_axis(painter)
        self._paint_now(painter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        t_us = self._time_at(event.position().x())
        tip = "" if t_us is None else self._tip_at(t_us)
        QToolTip.showText(event.globalPosition().toPoint(), tip, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        t_us = self._time_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and t_us is not None:
            self.sought.emit(t_us)
