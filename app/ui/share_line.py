"""A thin line, filled to a share."""

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
        self._muted = False
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, *, muted: bool = False) -> None:
        """Fill to ``share``; ``muted`` means that it decides nothing."""
        self.share, self._muted = share, muted
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
