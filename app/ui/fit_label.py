"""Text as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SMALLEST_PX = 12
UNBREAKABLE_HYPHEN, UNBREAKABLE_SPACE = "\u2011", "\u00a0"


class FitLabel(QWidget):
    """Plain text, wrapped at spaces alone, in the largest size up to ``largest_px`` that fits.

    With ``one_line`` it is not wrapped at all.
    """

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._text = self._drawn = ""
        self._colour = "#ffffff"
        self._largest_px = 72
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, colour: str) -> None:
        """Show ``text`` in ``colour``."""
        if (text, colour) == (self._text, self._colour):
            return
        self._text, self._colour = text, colour
        self._drawn = text.replace("-", UNBREAKABLE_HYPHEN)
        if self._one_line:
            self._drawn = self._drawn.replace(" ", UNBREAKABLE_SPACE)
        self.setAccessibleName(text)
        self.update()

    def set_largest_px(self, largest_px: int) -> None:
        """How large the text may become."""
        self._largest_px = largest_px
        self.update()

    def fitted_font(self) -> QFont:
        """The largest font with which the text fits, found by halving the interval."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        low, high = SMALLEST_PX, max(self._largest_px, SMALLEST_PX)
        while low < high:
            middle = (low + high + 1) // 2
            font.setPixelSize(middle)
            low, high = (middle, high) if self._fits(font) else (low, middle - 1)
        font.setPixelSize(low)
        return font

    def _fits(self, font: QFont) -> bool:
        metrics = QFontMetrics(font)
        words = self._drawn.split(" ")  # but not where it may not be broken
        longest = max(metrics.horizontalAdvance(word) for word in words)
        needed = metrics.boundingRect(QRect(0, 0, self.width(), 10_000), self._flags(), self._drawn)
        return longest <= self.width() and needed.height() <= self.height()

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(
            Qt.TextFlag.TextWordWrap
        )

    # Qt's own methods

    def minimumSizeHint(self) -> QSize:
        return QSize(100, SMALLEST_PX + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.fitted_font())
        painter.setPen(self._colour)
        painter.drawText(self.rect(), self._flags(), self._drawn)
