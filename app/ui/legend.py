"""Which colour stands for what: outlined squares, each with a word, and a note about all."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import DARK, Look

SIDE, GAP, BETWEEN = 10, 6, 14  # the square, the space to its word and to the next square


class Legend(QWidget):
    """The outline lets a square stand out from a card of its own colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[tuple[QColor, str], ...] = ()
        self.note = ""
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_entries(self, entries: tuple[tuple[QColor, str], ...], note: str = "") -> None:
        """Draw these colours and words from left to right, and a note at the end."""
        self.entries, self.note = entries, note
        words = [word for _, word in entries] + ([note] if note else [])
        self.setAccessibleName(", ".join(words))
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.updateGeometry()
        self.update()

    def squares(self) -> list[QRectF]:
        """Where the squares are."""
        side, left, made = self._look.px(SIDE), 0.5, []
        for _, word in self.entries:
            made.append(QRectF(left, (self.height() - side) // 2 + 0.5, side, side))
            left += side + self._look.px(GAP) + self._width(word) + self._look.px(BETWEEN)
        return made

    def _width(self, word: str) -> int:
        return self.fontMetrics().horizontalAdvance(word)

    # Qt's own methods

    def sizeHint(self) -> QSize:
        words = sum(self._width(word) for _, word in self.entries)
        each = self._look.px(SIDE) + self._look.px(GAP)
        between = self._look.px(BETWEEN) * max(len(self.entries) - 1, 0)
        note = self._look.px(BETWEEN) + self._width(self.note) if self.note else 0
        width = words + each * len(self.entries) + between + note + 2
        return QSize(width, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for (colour, word), square in zip(self.entries, self.squares(), strict=True):
            painter.setPen(QColor(self._look.muted))
            painter.setBrush(colour)
            painter.drawRect(square)
            left = square.right() + self._look.px(GAP)
            painter.setPen(QColor(self._look.text))
            place = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)
        if self.note:
            painter.setPen(QColor(self._look.muted))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect(), flags, self.note)
