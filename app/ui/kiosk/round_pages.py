"""The guided round: a gesture is asked for, and hit or missed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from app.ui.kiosk import words
from app.ui.kiosk.confetti import draw_confetti
from app.ui.kiosk.easel import GROUND, Easel, View, halves, inset, rows, square_in
from app.ui.theme import DARK

HURRY_S = 3.0
POP_S = 0.25
VEIL = 0.45
CHECK = ((-0.42, 0.02), (-0.12, 0.32), (0.44, -0.3))


def draw_asked(easel: Easel, view: View) -> None:
    """The figure in a ring that fills as the visitor gets near, and what to do."""
    unit, scene = easel.unit, view.scene
    place = _places(easel)
    easel.framed_puppet(place.shown, scene.gesture, view.now_s, scene.nearness, DARK.accent)
    _draw_header(easel, place.header, view)
    wish, cheer, seen = rows(place.told, 40, 12, 34, gap=2 * unit)
    easel.text(wish, words.wish(scene.gesture), 15, bold=True, across=place.across)
    colour = DARK.accent if scene.nearness >= words.NEARLY else DARK.muted
    easel.text(
        cheer, words.cheer(scene.nearness), 6.4, colour, bold=True, across=place.across, lines=1
    )
    _draw_picture_and_points(easel, seen, view, place.across)


def draw_hit(easel: Easel, view: View) -> None:
    """A tick in the full ring, the time it took, the points."""
    unit, scene = easel.unit, view.scene
    place = _places(easel)
    shown = square_in(place.shown)
    easel.disc(shown.center(), 0.47 * shown.width() * _pop(scene.elapsed_s), DARK.accent)
    _draw_tick(easel, shown)
    _draw_header(easel, place.header, view, counting=False)
    well, time, points, _ = rows(place.told, 36, 17, 17, 8, gap=2 * unit)
    easel.text(well, words.hit(), 17, bold=True, across=place.across, lines=2)
    if scene.after_s is not None:
        said = words.in_seconds(scene.after_s)
        easel.text(time, said, 9, DARK.on, bold=True, across=place.across, lines=1)
    said = words.points(scene.points)
    easel.text(points, said, 8, DARK.muted, bold=True, across=place.across, lines=1)
    draw_confetti(easel, scene.elapsed_s)


def draw_missed(easel: Easel, view: View) -> None:
    """Kind words; the figure shows it once more, calmly."""
    unit, scene = easel.unit, view.scene
    place = _places(easel)
    easel.framed_puppet(place.shown, scene.gesture, view.now_s, 0.0, DARK.accent)
    shown = square_in(place.shown)
    easel.painter.setOpacity(VEIL)
    easel.disc(shown.center(), shown.width() / 2, GROUND)
    easel.painter.setOpacity(1.0)
    _draw_header(easel, place.header, view, counting=False)
    kind, then, _ = rows(place.told, 40, 22, 16, gap=2 * unit)
    easel.text(kind, words.missed(), 17, bold=True, across=place.across, lines=1)
    is_last = scene.number >= scene.asked
    said = words.what_comes(is_last)
    easel.text(then, said, 8, DARK.on, bold=True, across=place.across, lines=2)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand; ``across`` says where text does, 0 left to 0.5 middle."""

    header: QRectF
    shown: QRectF
    told: QRectF
    across: float


def _places(easel: Easel) -> _Places:
    unit = easel.unit
    page = easel.inner(5)
    if easel.is_portrait:
        header, shown, told = rows(page, 9, 46, 45, gap=4 * unit)
        return _Places(header, shown, told, 0.5)
    shown, beside = halves(page, min(0.48, page.height() / page.width()), False, 5 * unit)
    header, told = rows(beside, 14, 86, gap=2 * unit)
    return _Places(header, shown, told, 0.0)


def _draw_header(easel: Easel, place: QRectF, view: View, *, counting: bool = True) -> None:
    """Which of how many, as words and as dots, and the seconds that are left."""
    scene, unit = view.scene, easel.unit
    high = min(place.height(), 13 * unit)
    place = QRectF(place.left(), place.center().y() - high / 2, place.width(), high)
    clock = QRectF(place.right() - high, place.top(), high, high)
    line, dots = rows(place.adjusted(0, 0, -high - 2 * unit, 0), 9, 3, gap=1.5 * unit)
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


def _draw_picture_and_points(easel: Easel, place: QRectF, view: View, across: float) -> None:
    """What the camera sees, small, and the points so far beside it."""
    unit, count = easel.unit, view.scene.points
    side = min(place.height(), place.width(), 40 * unit)
    beside = 3 * unit + 26 * unit if count else 0.0
    left = place.left() + across * max(place.width() - side - beside, 0.0)
    seen = QRectF(left, place.bottom() - side, side, side)
    easel.picture(seen, view.picture, round_units=2.5)
    rest = QRectF(seen.right() + 3 * unit, seen.top(), 26 * unit, side)
    if count and rest.right() <= place.right() + 1:
        easel.text(rest, words.points(count), 6.4, DARK.muted, bold=True, lines=2)


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
