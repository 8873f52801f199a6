"""What stands beside and below a raster: names of rows, and seconds before now."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import DARK, Look

WINDOW_S = 2.0
TIMES = ((-1.5, "−1.5 s"), (-1.0, "−1 s"), (-0.5, "−0.5 s"), (0.0, "0"))
SPARSE_TIMES = TIMES[1::2]
NAME_GAP = 5

Labels = tuple[tuple[float, str], ...]


class _Axis(QWidget):
    """Muted labels at places along it, painted anew only when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: Labels = ()
        self.label_font = QFont()
        self._look = DARK

    def show_labels(self, labels: Labels, font: QFont) -> None:
        """Write ``labels`` (place, text) in ``font``."""
        if (labels, font) != (self.labels, self.label_font):
            self.labels, self.label_font = labels, font
            self.update()

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def _painter(self) -> QPainter:
        painter = QPainter(self)
        painter.setFont(self.label_font)
        painter.setPen(QColor(self._look.muted))
        return painter


class RowNames(_Axis):
    """Names at the middle of their rows, of which there are ``rows``."""

    rows = 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        line, width = painter.fontMetrics().height(), self.width() - NAME_GAP
        for row, name in self.labels:
            middle = row * self.height() / max(self.rows, 1)
            place = QRectF(0, middle - line / 2, width, line)
            painter.drawText(place, flags | Qt.TextFlag.TextDontClip, name)


class TimeAxis(_Axis):
    """Seconds before now, below a picture that begins ``left`` and ends ``right`` pixels inside."""

    left = right = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        width = self.width() - self.left - self.right
        for time_s, text in self.labels:
            middle = self.left + width * (1 + time_s / WINDOW_S)
            place = QRectF(middle - 100, 0, 200, self.height())
            painter.drawText(place, flags, text)
