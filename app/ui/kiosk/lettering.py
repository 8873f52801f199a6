"""Large type: text broken where it grows largest, in a font that has Latin and Hangul alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

# The first that is there; what none of them has comes from whatever the system offers.
FAMILIES = (
    "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic",
    "NanumGothic", "Nanum Gothic", "Inter", "Noto Sans", "Cantarell", "Segoe UI",
)  # fmt: skip
MEASURED_PX = 100
LINE = 1.22  # distance of lines in parts of the size
BASELINE = 0.36  # of the size, below the middle of a line
MOST_LINES = 4
WORTH_A_LINE = 1.08  # another line must make the type so much larger


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the size in pixels at which they fit."""

    lines: tuple[str, ...]
    px: float
    width: float

    @property
    def height(self) -> float:
        return LINE * self.px * len(self.lines)


def display_font(px: float, *, bold: bool) -> QFont:
    """The booth's font; anything that has no Hangul gives way to one that has, glyph by glyph."""
    font = QFont(QGuiApplication.font())
    font.setFamilies([*FAMILIES, *QGuiApplication.font().families()])
    font.setPixelSize(max(round(px), 1))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=512)
def fitted(
    text: str, width: float, height: float, largest_px: float, bold: bool, most_lines: int
) -> Fitted:
    """Break ``text`` at spaces only, so that it is as large as it can be in this place.

    Qt would break Korean within words. A no-break space keeps words together. Of lines that come
    out as large, those are taken that are most alike.
    """
    metrics = QFontMetricsF(display_font(MEASURED_PX, bold=bold))
    best, evenness = Fitted((text,), 0.0, 0.0), (0.0, 0.0)
    for lines in _breaks(text.split(" "), most_lines):
        widths = [metrics.horizontalAdvance(line) / MEASURED_PX for line in lines]
        widest = max(*widths, 1.0 / MEASURED_PX)
        px = min(largest_px, width / widest, height / (LINE * len(lines)))
        alike = len(lines) == len(best.lines)
        needed = 1.0 if alike else WORTH_A_LINE
        evener = (-widest, min(widths)) > evenness
        if px > best.px * needed or (alike and px == best.px and evener):
            best, evenness = Fitted(lines, px, widest * px), (-widest, min(widths))
    whole_px = float(int(best.px)) if best.px >= 1 else 1.0
    return Fitted(best.lines, whole_px, best.width * whole_px / max(best.px, 1.0))


def draw_fitted(
    painter: QPainter, place: QRectF, text: Fitted, colour: QColor, bold: bool, across: float
) -> QRectF:
    """Draw in the middle of ``place`` from top to bottom, ``across`` 0 left to 1 right.

    Returns:
        What the text takes up.
    """
    painter.setFont(display_font(text.px, bold=bold))
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    top = place.center().y() - text.height / 2
    for number, line in enumerate(text.lines):
        left = place.left() + across * (place.width() - metrics.horizontalAdvance(line))
        middle = top + LINE * text.px * (number + 0.5)
        painter.drawText(round(left), round(middle + BASELINE * text.px), line)
    left = place.left() + across * (place.width() - text.width)
    return QRectF(left, top, text.width, text.height)


def _breaks(words: list[str], most_lines: int) -> Iterator[tuple[str, ...]]:
    """All ways to set ``words`` in lines, fewer lines first."""
    for lines in range(1, min(most_lines, len(words)) + 1):
        for cuts in itertools.combinations(range(1, len(words)), lines - 1):
            edges = (0, *cuts, len(words))
            yield tuple(" ".join(words[a:b]) for a, b in itertools.pairwise(edges))
