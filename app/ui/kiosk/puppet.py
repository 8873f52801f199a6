"""The figure that performs a gesture, in the style of the pictograms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.kiosk.motions import Stroke, arrows_of, props_of, track_of
from app.ui.kiosk.poses import MIDDLE_X, Arm, Point, pose_of
from app.ui.theme import Look

BOX = QRectF(-16, -8, 272, 256)
HEAD, HEAD_RADIUS = QPointF(120, 58), 29.0
LIMB, GAP, HAND, ARROW, PROP, SMILE = 19.0, 5.0, 13.0, 7.0, 6.0, 3.6
BODY_ALPHA = 0.45
HEAD_LENGTH, HEAD_WIDTH = 17.0, 10.5
DOTS, DOT = ((98, 13), (120, 13), (142, 13)), 6.5


def draw_puppet(
    painter: QPainter,
    place: QRectF,
    gesture: str | None,
    phase: float,
    look: Look,
    *,
    mirrored: bool,
    ground: str,
) -> None:
    """Draw ``gesture`` at ``phase`` 0..1 as large as fits ``place``, over a plain ``ground``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(place.width() / BOX.width(), place.height() / BOX.height())
    painter.translate(place.center())
    painter.scale(-scale if mirrored else scale, scale)
    painter.translate(-MIDDLE_X, -BOX.center().y())
    brush = _Brush(painter, look, ground)
    brush.body()
    pose = pose_of(gesture, phase)
    if gesture == "air_guitar":
        brush.guitar()
    for line in props_of(gesture, phase):
        brush.line(line, PROP, look.figure)
    track = track_of(gesture)
    if track:
        brush.line(track, ARROW / 2, look.on, 0.35)
    for arm in sorted((pose.right, pose.left), key=lambda arm: (arm.moves, arm.size)):
        brush.arm(arm)
    for arrow in arrows_of(gesture, phase):
        brush.arrow(arrow)
    if gesture == "other_gestures":
        brush.dots()
    painter.restore()


class _Brush:
    """Draws the parts of the figure in its own coordinates."""

    def __init__(self, painter: QPainter, look: Look, ground: str) -> None:
        self._painter, self._look, self._ground = painter, look, ground

    def body(self) -> None:
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faint(self._look.figure, BODY_ALPHA))
        painter.drawPath(_torso())
        painter.drawEllipse(HEAD, HEAD_RADIUS, HEAD_RADIUS)
        painter.setBrush(QColor(self._ground))
        for x in (110, 130):
            painter.drawEllipse(QPointF(x, 54), SMILE, SMILE)
        smile = QPainterPath(QPointF(109, 67))
        smile.quadTo(120, 76, 131, 67)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(self._ground, SMILE))
        painter.drawPath(smile)

    def guitar(self) -> None:
        self._painter.setPen(_pen(self._look.figure, PROP))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(_guitar_body())

    def arm(self, arm: Arm) -> None:
        """An arm at rest is as pale as the body; one that moves stands out from it."""
        line = (arm.shoulder, arm.elbow, arm.hand)
        if not arm.moves:
            self._pale_arm(line)
            return
        radius = HAND * arm.size
        self.line(line, LIMB + 2 * GAP, self._ground)
        self._disc(arm.hand, radius + GAP, self._ground)
        self.line(line, LIMB, self._look.figure)
        self._disc(arm.hand, radius, self._look.figure)

    def arrow(self, arrow: Stroke) -> None:
        heads = []
        points = list(arrow.points)
        if arrow.head:
            heads.append(_head(points[-2], points[-1]))
        if arrow.tail_head:
            heads.append(_head(points[1], points[0]))
        for width, colour in ((ARROW + 2 * GAP - 2, self._ground), (ARROW, self._look.on)):
            self.line(points, width, colour)
            for head in heads:
                self._painter.setPen(_pen(colour, 3 if colour == self._look.on else 9))
                self._painter.setBrush(QColor(colour))
                self._painter.drawPolygon(head)

    def dots(self) -> None:
        for dot in DOTS:
            self._disc(dot, DOT, self._look.on)

    def line(
        self, points: Sequence[Point], width: float, colour: str, opacity: float = 1.0
    ) -> None:
        self._painter.setPen(_pen(colour, width, opacity))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))

    def _pale_arm(self, line: Sequence[Point]) -> None:
        self.line(line, LIMB + 2 * GAP, self._ground)
        self.line(line, LIMB, self._look.figure, BODY_ALPHA)

    def _disc(self, centre: Point, radius: float, colour: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(colour))
        self._painter.drawEllipse(QPointF(*centre), radius, radius)


def _faint(colour: str, opacity: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(opacity)
    return faint


def _pen(colour: str, width: float, opacity: float = 1.0) -> QPen:
    return QPen(
        _faint(colour, opacity), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )  # fmt: skip


def _head(before: Point, tip: Point) -> QPolygonF:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    corners = ((0.65, 0.0), (-0.35, 1.0), (-0.35, -1.0))
    return QPolygonF(
        [
            QPointF(
                tip[0] + HEAD_LENGTH * far * along[0] + HEAD_WIDTH * side * across[0],
                tip[1] + HEAD_LENGTH * far * along[1] + HEAD_WIDTH * side * across[1],
            )
            for far, side in corners
        ]
    )


@cache
def _torso() -> QPainterPath:
    path = QPainterPath(QPointF(74, 240))
    path.lineTo(74, 150)
    path.cubicTo(74, 118, 92, 102, 120, 102)
    path.cubicTo(148, 102, 166, 118, 166, 150)
    path.lineTo(166, 240)
    path.closeSubpath()
    return path


@cache
def _guitar_body() -> QPainterPath:
    path = QPainterPath(QPointF(140, 190))
    path.cubicTo(128, 172, 108, 172, 100, 184)
    path.cubicTo(86, 184, 72, 194, 76, 212)
    path.cubicTo(80, 230, 104, 240, 124, 230)
    path.cubicTo(140, 222, 152, 208, 140, 190)
    return path
