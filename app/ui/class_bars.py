"""One bar per class: how the winners of the voting window are spread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui import figures
from app.ui.card import Card
from app.ui.theme import DARK, Look
from app.ui.verdict import gesture_in
from app.ui.words import BROKEN, NO_NETWORK, readable

NO_SHARES = np.zeros(0)
SMALLEST_PX = 9
MOST_FOR_NAMES = 0.58


def vote_shares(snapshot: Snapshot) -> np.ndarray:
    """(C,) each class's part of the winners in the window, all zero while there are none."""
    if snapshot.recognition is None or snapshot.state in BROKEN:
        return np.zeros(len(snapshot.classes))
    votes = snapshot.recognition.votes
    return votes / max(int(votes.sum()), 1)


class BarCanvas(QWidget):
    """Draws name, bar and figure of every class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.shares = NO_SHARES
        self.figures: tuple[str, ...] = ()
        self.gesture: int | None = None
        self.min_share = 0.5
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_shares(self, names: tuple[str, ...], shares: np.ndarray, gesture: int | None) -> None:
        """Draw ``shares`` (C,) and let the bar of ``gesture`` stand out."""
        self.names, self.shares, self.gesture = names, shares, gesture
        self.figures = tuple(figures.share(s) if s > 0 else "" for s in shares)
        self.update()

    # Qt's own methods

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(12) * max(len(self.names), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.names:
            painter.setPen(QColor(self._look.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, NO_NETWORK)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.height() / len(self.names)
        font = self._fitting_font(row)
        metrics = QFontMetrics(font)
        names = self._names_width(metrics) + self._look.px(14)
        figure = metrics.horizontalAdvance("100 %") + self._look.px(8)
        bars = QRectF(names, 0, max(self.width() - names - figure, 20), self.height())
        for index in range(len(self.names)):
            self._paint_row(painter, index, row, bars, font)
        self._paint_threshold(painter, bars)

    def _fitting_font(self, row: float) -> QFont:
        """Bold, in a size with which a row is high enough and the names leave room for the bars."""
        font = self._look.font()
        font.setBold(True)
        size = int(min(self._look.base_px, max(SMALLEST_PX, row * 0.72)))
        font.setPixelSize(size)
        while (
            size > SMALLEST_PX
            and self._names_width(QFontMetrics(font)) > MOST_FOR_NAMES * self.width()
        ):
            size -= 1
            font.setPixelSize(size)
        return font

    def _names_width(self, metrics: QFontMetrics) -> int:
        return max(metrics.horizontalAdvance(name) for name in self.names)

    def _paint_row(
        self, painter: QPainter, index: int, row: float, bars: QRectF, font: QFont
    ) -> None:
        top, chosen = index * row, index == self.gesture
        colour = QColor(self._look.text if chosen else self._look.muted)
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(colour)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, bars.left(), row), middle, self.names[index])
        right = QRectF(bars.right(), top, self.width() - bars.right(), row)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self.figures[index])
        thick = min(row * 0.5, self._look.px(12))
        track = QRectF(bars.left(), top + (row - thick) / 2, bars.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.raised))
        painter.drawRoundedRect(track, 3, 3)
        if self.shares[index] > 0:
            track.setWidth(max(track.width() * float(self.shares[index]), 3))
            painter.setBrush(QColor(self._look.accent) if chosen else colour)
            painter.drawRoundedRect(track, 3, 3)

    def _paint_threshold(self, painter: QPainter, bars: QRectF) -> None:
        x = round(bars.left() + bars.width() * self.min_share)
        painter.setPen(QColor(self._look.text))
        painter.setOpacity(0.35)
        painter.drawLine(x, 0, x, self.height())


class ClassBars(Card):
    """Vote shares of all classes, in the network's order."""

    def __init__(self, min_share: float = 0.5, parent: QWidget | None = None) -> None:
        super().__init__("Votes", parent)
        self.canvas = BarCanvas()
        self.canvas.min_share = min_share
        self.canvas.setToolTip("The upright line is the share that a class needs to be decided.")
        self.body.addWidget(self.canvas, 1)
        self.detail.setText(f"{figures.share(min_share)} decides")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the votes of the newest decision."""
        names = tuple(readable(name) for name in snapshot.classes)
        self.canvas.show_shares(names, vote_shares(snapshot), gesture_in(snapshot))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.canvas.set_look(look)
