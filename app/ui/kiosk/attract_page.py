"""Nobody is there: a performance, and an invitation to do the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.ui.kiosk import words
from app.ui.kiosk.easel import GROUND, Easel, View, halves, inset, rows, square_in
from app.ui.theme import DARK


def draw_attract(easel: Easel, view: View) -> None:
    """Events at the left or above, figure and invitation beside or beneath."""
    unit = easel.unit
    page = easel.rect
    side = min(page.width(), page.height())
    part = 0.5 if easel.is_portrait else min(side / page.width(), 0.53)
    shown, told = halves(page, part, easel.is_portrait, 0)
    told = inset(told, 5 * unit)
    figure, call, line = rows(told, 50, 38, 12, gap=1.5 * unit)
    if view.picture is not None:
        easel.picture(square_in(shown), view.picture)
        easel.puppet(figure, view.scene.gesture, view.now_s, GROUND)
    else:  # the performances are being read: the figure has the stage to itself
        easel.puppet(inset(shown, 6 * unit), view.scene.gesture, view.now_s, GROUND)
        _, call, line = rows(told, 20, 50, 30, gap=1.5 * unit)
    if view.has_camera:
        easel.text(call, words.wish(view.scene.gesture), 15, bold=True, across=0.5)
        easel.text(line, words.what_this_is(), 4.4, DARK.muted, across=0.5, lines=2)
    else:
        _draw_watch(easel, view.scene.gesture, call, line)


def _draw_watch(easel: Easel, gesture: str | None, call: QRectF, line: QRectF) -> None:
    """Nobody could be seen: not an invitation to wave, but to look."""
    over, name = rows(call, 1, 2.6)
    easel.text(over, words.watch(), 6, DARK.accent, bold=True, across=0.5)
    title = words.gesture_name(gesture) if gesture else words.how_it_sees()
    easel.text(name, title, 15, bold=True, across=0.5)
    if gesture:
        easel.text(line, words.how_it_sees(), 4.4, DARK.muted, across=0.5, lines=2)
