"""Free play: what the visitor does is named, large, beside what the camera sees of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from app.ui.kiosk import words
from app.ui.kiosk.easel import Easel, View, halves, inset, rows, square_in
from app.ui.theme import DARK


def draw_live(easel: Easel, view: View) -> None:
    """The visitor's events, the gesture in a ring that fills while it is held, and the spikes."""
    unit, scene = easel.unit, view.scene
    page = easel.rect
    part = 0.42 if easel.is_portrait else min(0.5, page.height() / page.width())
    shown, told = halves(page, part, easel.is_portrait, 0)
    easel.picture(square_in(shown), view.picture)
    told = inset(told, 4.5 * unit)
    figure, name, share, play, dots = rows(told, 42, 22, 7, 13, 16, gap=1.6 * unit)
    easel.framed_puppet(figure, scene.gesture, view.now_s, scene.nearness, DARK.on)
    if scene.gesture is None:
        easel.text(name, words.try_something(), 12, DARK.muted, bold=True, across=0.5)
    else:
        easel.text(name, words.gesture_name(scene.gesture), 13, bold=True, across=0.5, lines=2)
        if view.share is not None:
            easel.text(share, words.votes(view.share), 6, DARK.accent, across=0.5, lines=1)
    easel.text(play, words.how_to_play(), 5.6, DARK.on, bold=True, across=0.5, lines=2)
    _draw_spikes(easel, dots, view)


def _draw_spikes(easel: Easel, place: QRectF, view: View) -> None:
    band, line = rows(place, 13, 6.5)
    dots = view.dots(band.width(), band.height()) if view.dots is not None else None
    if dots is not None:
        left = band.center().x() - dots.width() / 2
        top = band.center().y() - dots.height() / 2
        easel.painter.drawImage(QPointF(round(left), round(top)), dots)
    easel.text(line, words.what_dots_are(), 3.6, DARK.muted, across=0.5, lines=1)
