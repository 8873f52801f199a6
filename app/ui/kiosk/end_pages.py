"""The end of a round, and the calm page while the camera is gone."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPolygonF

from app.ui.kiosk import words
from app.ui.kiosk.confetti import draw_confetti
from app.ui.kiosk.easel import Easel, View, rows
from app.ui.theme import DARK

POINTS_OF_STAR, WAIST = 5, 0.45
BREATH_S = 5.0
GOLD = DARK.on


def draw_score(easel: Easel, view: View) -> None:
    """A star for each hit, the points, the best of the day."""
    unit, scene = easel.unit, view.scene
    page = easel.inner(7)
    if easel.is_portrait:
        page = page.adjusted(0, 0.14 * page.height(), 0, -0.14 * page.height())
    praise, stars, count, points, best = rows(page, 20, 22, 9, 24, 13, gap=2.5 * unit)
    easel.text(praise, words.praise(scene.hits, scene.asked), 14, bold=True, across=0.5, lines=2)
    _draw_stars(easel, stars, scene.hits, scene.asked)
    said = words.hits_of(scene.hits, scene.asked)
    easel.text(count, said, 7, DARK.muted, bold=True, across=0.5, lines=1)
    easel.text(points, words.points(scene.points), 19, DARK.accent, bold=True, across=0.5, lines=1)
    if scene.is_best:
        easel.text(best, words.new_best(), 8, GOLD, bold=True, across=0.5, lines=2)
        draw_confetti(easel, scene.elapsed_s)
    elif scene.best_today is not None:
        easel.text(best, words.best_of_day(scene.best_today), 7, DARK.muted, across=0.5, lines=2)


def draw_lost(easel: Easel, view: View) -> None:
    """A ring that breathes, and two lines."""
    unit = easel.unit
    picture, what, wait = rows(easel.inner(9), 48, 26, 14, gap=2 * unit)
    breath = (1 - math.cos(2 * math.pi * view.now_s / BREATH_S)) / 2
    radius = 0.42 * min(picture.height(), picture.width())
    for ring, opacity in ((1.0, 0.16), (0.74, 0.3), (0.48, 1.0)):
        easel.painter.setOpacity(opacity * (0.55 + 0.45 * breath))
        easel.disc(picture.center(), radius * (ring + 0.12 * breath * ring), DARK.off)
    easel.painter.setOpacity(1.0)
    easel.text(what, words.camera_rests(), 13, bold=True, across=0.5, lines=2)
    easel.text(wait, words.one_moment(), 7, DARK.muted, across=0.5, lines=2)


def _draw_stars(easel: Easel, place: QRectF, hits: int, asked: int) -> None:
    if not asked:
        return
    in_row = min(asked, 10)
    lines = math.ceil(asked / in_row)
    step = min(place.width() / in_row, place.height() / lines)
    for each in range(asked):
        row, column = divmod(each, in_row)
        in_this_row = min(in_row, asked - row * in_row)
        x = place.center().x() + (column - (in_this_row - 1) / 2) * step
        y = place.center().y() + (row - (lines - 1) / 2) * step
        easel.painter.setPen(QColor(0, 0, 0, 0))
        easel.painter.setBrush(QColor(GOLD if each < hits else DARK.raised))
        easel.painter.drawPolygon(_star(QPointF(x, y + 0.03 * step), 0.46 * step))


def _star(centre: QPointF, radius: float) -> QPolygonF:
    corners = []
    for corner in range(2 * POINTS_OF_STAR):
        angle = math.pi * corner / POINTS_OF_STAR - math.pi / 2
        far = radius if corner % 2 == 0 else WAIST * radius
        corners.append(centre + QPointF(far * math.cos(angle), far * math.sin(angle)))
    return QPolygonF(corners)
