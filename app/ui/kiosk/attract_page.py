"""Nobody is there: a performance, and an invitation to do the same."""

from __future__ import annotations

from app.ui.kiosk import words
from app.ui.kiosk.easel import GROUND, Easel, View, halves, rows, square_in
from app.ui.theme import DARK


def draw_attract(easel: Easel, view: View) -> None:
    """Events at the left or above, figure and invitation beside or beneath."""
    unit, gesture = easel.unit, view.scene.gesture
    page = easel.rect
    side = min(page.width(), page.height())
    part = 0.5 if easel.is_portrait else min(side / page.width(), 0.53)
    shown, told = halves(page, part, easel.is_portrait, 0)
    easel.picture(square_in(shown), view.picture)
    margin = 5 * unit
    told = told.adjusted(margin, margin, -margin, -margin)
    figure, call, line = rows(told, 50, 38, 12, gap=1.5 * unit)
    across = 0.5
    easel.puppet(figure, gesture, view.now_s, GROUND)
    if view.has_camera:
        easel.text(call, words.wish(gesture), 15, bold=True, across=across)
        easel.text(line, words.what_this_is(), 4.4, DARK.muted, across=across, lines=2)
        return
    over, name = rows(call, 1, 2.6)
    easel.text(over, words.watch(), 6, DARK.accent, bold=True, across=across)
    title = words.gesture_name(gesture) if gesture else words.how_it_sees()
    easel.text(name, title, 15, bold=True, across=across)
    if gesture:
        easel.text(line, words.how_it_sees(), 4.4, DARK.muted, across=across, lines=2)
