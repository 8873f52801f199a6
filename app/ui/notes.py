"""Words in a corner of a picture, on a ground that lets them be read over anything."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.ui.theme import Look

GROUND_OPACITY = 215
FONT = 0.85
MARGIN, PADDING = 6, 5


class Corner(enum.Enum):
    """Whether words stand at the top, and whether at the left."""

    TOP_LEFT = (True, True)
    BOTTOM_LEFT = (False, True)
    BOTTOM_RIGHT = (False, False)


def paint_parts(
    painter: QPainter, place: QRect, corner: Corner, parts: Sequence[str], look: Look
) -> None:
    """Write ``parts`` in one line where there is room for it, else one below the other."""
    line = "   ".join(parts)
    painter.setFont(look.font(FONT))
    room = place.width() - 2 * (look.px(MARGIN) + look.px(PADDING))
    fits = painter.fontMetrics().horizontalAdvance(line) <= room
    paint_note(painter, place, corner, (line,) if fits and parts else parts, look)


def paint_note(
    painter: QPainter, place: QRect, corner: Corner, lines: Sequence[str], look: Look
) -> None:
    """Write ``lines`` into a corner of ``place``; what is too wide is shortened."""
    if not lines:
        return
    painter.setFont(look.font(FONT))
    metrics = painter.fontMetrics()
    margin, padding = look.px(MARGIN), look.px(PADDING)
    room = place.width() - 2 * (margin + padding)
    shown = [metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room) for line in lines]
    width = max(metrics.horizontalAdvance(line) for line in shown) + 2 * padding
    box = QRect(0, 0, width, block_height(metrics, shown) + 2 * (padding // 2))
    at_top, at_left = corner.value
    box.moveLeft(place.left() + margin if at_left else place.right() - margin - width)
    box.moveTop(place.top() + margin if at_top else place.bottom() - margin - box.height())
    painter.fillRect(box, ground(look))
    painter.setPen(QColor(look.text))
    text = box.adjusted(padding, 0, -padding, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, "\n".join(shown))


def ground(look: Look) -> QColor:
    """What words stand on over a picture."""
    colour = QColor(look.card)
    colour.setAlpha(GROUND_OPACITY)
    return colour


def block_height(metrics: QFontMetrics, lines: Sequence[str]) -> int:
    """What lines take below each other; letters of another font, as Hangul may be, take more."""
    return metrics.boundingRect(QRect(0, 0, 10_000, 10_000), 0, "\n".join(lines)).height()
