"""Words in a corner of the picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from app.ui.notes import Corner, block_height, paint_note
from app.ui.theme import DARK

LINES = ("x 76  y 76", "OFF 49밀리초 전", "11 /s")


@pytest.mark.parametrize("corner", list(Corner))
def test_lines_of_two_alphabets_are_not_cut_at_the_top(qapp, corner: Corner) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_note(painter, QRect(0, 0, 300, 200), corner, LINES, DARK)
    painter.end()
    rows = [y for y in range(200) if any(image.pixel(x, y) & 0xFFFFFF for x in range(300))]
    metrics = QFontMetrics(DARK.font(0.85))
    assert len(rows) >= block_height(metrics, LINES) >= metrics.height() * len(LINES)
