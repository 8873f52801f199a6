"""Falling paper, the same for the same moment: no state, no chance."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath

from app.ui.kiosk.easel import Easel
from app.ui.theme import DARK

PIECES = 70
COLOURS = (DARK.accent, DARK.on, DARK.off, DARK.text)
GOLDEN = 0.618034
LASTS_S = 4.0


def draw_confetti(easel: Easel, elapsed_s: float) -> None:
    """Pieces that fall behind the text drawn so far, turning, and are gone after some seconds."""
    if elapsed_s >= LASTS_S:
        return
    painter, page, unit = easel.painter, easel.rect, easel.unit
    painter.save()
    painter.setClipPath(_beside_text(easel))
    for piece in range(PIECES):
        chance = piece * GOLDEN % 1.0
        speed = 0.35 + 0.35 * (piece * 0.377 % 1.0)
        down = (speed * elapsed_s - 0.25 + 0.8 * (piece * 0.271 % 1.0)) * page.height()
        sway = 2 * unit * math.sin(3 * elapsed_s + piece)
        painter.save()
        painter.setOpacity(0.85 * min(LASTS_S - elapsed_s, 1.0))
        painter.translate(page.left() + chance * page.width() + sway, page.top() + down)
        painter.rotate(math.degrees(2.5 * elapsed_s + piece))
        side = QRectF(-0.9 * unit, -0.5 * unit, 1.8 * unit, unit)
        painter.fillRect(side, QColor(COLOURS[piece % len(COLOURS)]))
        painter.restore()
    painter.restore()


def _beside_text(easel: Easel) -> QPainterPath:
    """Where paper may fall: not over what is to be read."""
    path = QPainterPath()
    path.addRect(easel.rect)
    for said in easel.said:
        path.addRect(said.place)
    return path  # what lies in the page and in a text as well is outside: odd-even
