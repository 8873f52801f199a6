"""The guided round: a gesture is asked for, and hit or missed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from app.ui.kiosk import words
from app.ui.kiosk.confetti import draw_confetti
from app.ui.kiosk.easel import CARD, GROUND, Easel, View, halves, inset, rows, square_in
from app.ui.theme import DARK

HURRY_S = 3.0
POP_S = 0.25
VEIL = 0.45
CHECK = ((-0.42, 0.02), (-0.12, 0.32), (0.44, -0.3))


def draw_asked(easel: Easel, view: View) -> None:
    """The figure in a ring that fills as the visitor gets near, and what to do."""
    unit, scene = easel.unit, view.scene
    shown, told = _columns(easel)
    _draw_ring(easel, shown, view, scene.nearness, view.now_s)
    top, wish, cheer, seen = rows(told, 14, 38, 11, 33, gap=2 * unit)
    _draw_place(easel, top, view)
    easel.text(wish, words.wish(scene.gesture), 15, bold=True)
    colour = DARK.accent if scene.nearness >= words.NEARLY else DARK.muted
    easel.text(cheer, words.cheer(scene.nearness), 6.4, colour, bold=True, lines=1)
    side = min(seen.height(), seen.width())
    inset_place = QRectF(seen.left(), seen.bottom() - side, side, side)
    easel.picture(inset_place, view.picture, round_units=2.5)
    _draw_points(easel, seen.adjusted(side + 4 * unit, 0, 0, 0), view)


def draw_hit(easel: Easel, view: View) -> None:
    """A tick in the full ring, the time it took, the points."""
    unit, scene = easel.unit, view.scene
    shown, told = _columns(easel)
    draw_confetti(easel, scene.elapsed_s)
    place = square_in(shown)
    easel.disc(place.center(), 0.47 * place.width() * _pop(scene.elapsed_s), DARK.accent)
    _draw_tick(easel, place)
    top, well, time, points, _ = rows(told, 14, 32, 16, 16, 8, gap=2 * unit)
    _draw_place(easel, top, view, counting=False)
    easel.text(well, words.hit(), 17, bold=True, lines=2)
    if scene.after_s is not None:
        easel.text(time, words.in_seconds(scene.after_s), 9, DARK.on, bold=True, lines=1)
    easel.text(points, words.points(scene.points), 8, DARK.muted, bold=True, lines=1)


def draw_missed(easel: Easel, view: View) -> None:
    """Kind words; the figure shows it once more, calmly."""
    unit, scene = easel.unit, view.scene
    shown, told = _columns(easel)
    _draw_ring(easel, shown, view, 0.0, view.now_s)
    place = square_in(shown)
    easel.painter.setOpacity(VEIL)
    easel.disc(place.center(), place.width() / 2, GROUND)
    easel.painter.setOpacity(1.0)
    top, kind, then, _ = rows(told, 14, 36, 22, 14, gap=2 * unit)
    _draw_place(easel, top, view, counting=False)
    easel.text(kind, words.missed(), 16, bold=True, lines=2)
    is_last = scene.number >= scene.asked
    easel.text(then, words.what_comes(is_last), 8, DARK.on, bold=True, lines=2)


def _columns(easel: Easel) -> tuple[QRectF, QRectF]:
    unit = easel.unit
    page = easel.inner(5)
    part = 0.46 if easel.is_portrait else min(0.48, page.height() / page.width())
    return halves(page, part, easel.is_portrait, 5 * unit)


def _draw_ring(easel: Easel, place: QRectF, view: View, nearness: float, time_s: float) -> None:
    place = square_in(place)
    width = 3 * easel.unit
    radius = place.width() / 2 - width / 2
    easel.disc(place.center(), radius, CARD)
    easel.ring(place.center(), radius, width, nearness)
    easel.puppet(inset(place, 0.12 * place.width()), view.scene.gesture, time_s, CARD)


def _draw_place(easel: Easel, place: QRectF, view: View, *, counting: bool = True) -> None:
    """Which of how many, as words and as dots, and the seconds that are left."""
    scene, unit = view.scene, easel.unit
    clock = QRectF(place.right() - place.height(), place.top(), place.height(), place.height())
    line, dots = rows(place.adjusted(0, 0, -place.height() - 2 * unit, 0), 9, 3, gap=1.5 * unit)
    said = words.number_of(scene.number, scene.asked)
    easel.text(line, said, 7, DARK.muted, bold=True, lines=1)
    _draw_steps(easel, dots, scene.number, scene.asked)
    if counting and scene.left_s is not None:
        _draw_clock(easel, clock, scene.left_s, scene.elapsed_s)


def _draw_steps(easel: Easel, place: QRectF, number: int, asked: int) -> None:
    if not asked:
        return
    step = min(place.width() / asked, 7 * easel.unit)
    for each in range(asked):
        colour = DARK.accent if each < number else DARK.border
        left = place.left() + each * step
        bar = QRectF(left, place.center().y() - 0.6 * easel.unit, 0.8 * step, 1.2 * easel.unit)
        easel.bar(bar, 1.0, colour)


def _draw_clock(easel: Easel, place: QRectF, left_s: float, elapsed_s: float) -> None:
    colour = DARK.on if left_s <= HURRY_S else DARK.text
    width = 1.2 * easel.unit
    part = left_s / max(left_s + elapsed_s, 0.1)
    easel.ring(place.center(), (place.height() - width) / 2, width, part, colour)
    easel.text(inset(place, 2.4 * easel.unit), f"{-int(-left_s // 1)}", 8, colour, bold=True,
               across=0.5, lines=1)  # fmt: skip


def _draw_points(easel: Easel, place: QRectF, view: View) -> None:
    if view.scene.points and place.width() > 18 * easel.unit:
        said = words.points(view.scene.points)
        easel.text(place, said, 6.4, DARK.muted, bold=True, lines=2)


def _draw_tick(easel: Easel, place: QRectF) -> None:
    middle, scale = place.center(), 0.62 * place.width()
    pen = QPen(QColor(GROUND), 0.1 * place.width())
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    easel.painter.setPen(pen)
    easel.painter.setBrush(Qt.BrushStyle.NoBrush)
    easel.painter.drawPolyline([middle + QPointF(x, y) * scale for x, y in CHECK])


def _pop(elapsed_s: float) -> float:
    """Grows quickly, a little too far, and back."""
    part = min(elapsed_s / POP_S, 1.0)
    return 0.7 + part * (0.9 - 0.6 * part)
