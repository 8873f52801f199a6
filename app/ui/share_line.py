"""A thin line, filled to a share, with a mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import DARK, Look


class ShareLine(QWidget):
    """Drawn in the accent colour from the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.mark: float | None = None
        self._muted = False
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, mark: float | None = None, *, muted: bool = False) -> None:
        """Fill to ``share`` and mark how much decides; ``muted`` means that it does not."""
        self.share, self.mark, self._muted = share, mark, muted
        self.update()

    def set_look(self, look: Look) -> None:
        self._look = look
        self.setFixedHeight(look.px(6))

    # Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, radius = QRectF(self.rect()), self.height() / 2
        painter.setBrush(QColor(self._look.border))
        painter.drawRoundedRect(whole, radius, radius)
        if self.share > 0:
            whole.setWidth(max(whole.width() * self.share, self.height()))
            painter.setBrush(QColor(self._look.muted if self._muted else self._look.accent))
            painter.drawRoundedRect(whole, radius, radius)
        if self.mark is not None:
            thick = max(round(self.height() / 3), 2)
            place = min(round(self.width() * self.mark), self.width() - thick)
            painter.setBrush(QColor(self._look.text))
            painter.drawRect(QRectF(place, 0, thick, self.height()))
