"""Which line stands for what, and what it is at: a stroke, a word and a figure each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import DARK, Look

STROKE, GAP, BETWEEN, STROKE_PX = 16, 5, 12, 2
NAME_LEAST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: its colour, whether it is dashed, its word (which may be empty) and its figure."""

    colour: str
    dashed: bool
    word: str
    figure: str


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that belong together, under a name or none."""

    name: str
    entries: tuple[Entry, ...]


class RateLegend(QWidget):
    """Rows of entries at the right, as if every figure were ``widest``, so that nothing jumps.

    Names that have no room are cut short.
    """

    def __init__(self, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self.rows: tuple[Row, ...] = ()
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Draw these, from top to bottom."""
        if rows == self.rows:
            return
        before, self.rows = self.sizeHint(), rows
        words = (f"{row.name} {e.word} {e.figure}".strip() for row in rows for e in row.entries)
        self.setAccessibleName(", ".join(words))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.updateGeometry()
        self.update()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _font(self) -> QFont:
        return self._look.font(0.92)

    def _entry_width(self, entry: Entry) -> int:
        metrics, px = self._metrics(), self._look.px
        word = metrics.horizontalAdvance(entry.word) + px(GAP) if entry.word else 0
        return px(STROKE) + px(GAP) + word + metrics.horizontalAdvance(self._widest)

    @property
    def _names_width(self) -> int:
        # Advances are rounded; a pixel more, or a name that was rounded down would be shortened.
        names = [row.name for row in self.rows if row.name]
        return max((self._metrics().horizontalAdvance(name) + 1 for name in names), default=0)

    def _row_width(self, row: Row) -> int:
        """Of the entries without the name."""
        between = self._look.px(BETWEEN) * max(len(row.entries) - 1, 0)
        return sum(map(self._entry_width, row.entries)) + between

    def _size(self, names_width: int) -> QSize:
        name = names_width + self._look.px(BETWEEN) if names_width else 0
        width = name + max(map(self._row_width, self.rows), default=0)
        return QSize(width, max(len(self.rows), 1) * self._metrics().height())

    # Qt's own methods

    def sizeHint(self) -> QSize:
        return self._size(self._names_width)

    def minimumSizeHint(self) -> QSize:
        return self._size(min(self._names_width, self._look.px(NAME_LEAST)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        line = self._metrics().height()
        for number, row in enumerate(self.rows):
            self._paint_row(painter, row, QRectF(0, number * line, self.width(), line))

    def _paint_row(self, painter: QPainter, row: Row, place: QRectF) -> None:
        between = self._look.px(BETWEEN)
        left = place.right() - self._row_width(row)
        name_width = int(left - between)
        if row.name and name_width > 0:
            name = self._metrics().elidedText(row.name, Qt.TextElideMode.ElideRight, name_width)
            painter.setPen(QColor(self._look.muted))
            self._write(painter, QRectF(0, place.top(), left - between, place.height()), name, True)
        for entry in row.entries:
            width = self._entry_width(entry)
            self._paint_entry(painter, entry, QRectF(left, place.top(), width, place.height()))
            left += width + between

    def _paint_entry(self, painter: QPainter, entry: Entry, place: QRectF) -> None:
        px, style = self._look.px, Qt.PenStyle.DashLine if entry.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(entry.colour), px(STROKE_PX), style))
        middle = round(place.center().y())
        painter.drawLine(round(place.left()), middle, round(place.left()) + px(STROKE), middle)
        words = place.adjusted(px(STROKE) + px(GAP), 0, 0, 0)
        painter.setPen(QColor(self._look.muted))
        self._write(painter, words, entry.word)
        painter.setPen(QColor(self._look.text))
        self._write(painter, words, entry.figure, True)

    @staticmethod
    def _write(painter: QPainter, place: QRectF, text: str, at_right: bool = False) -> None:
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
