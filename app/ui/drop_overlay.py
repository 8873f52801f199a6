"""What the window shows while a file is held over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import DARK, Look


class DropOverlay(QWidget):
    """A veil over its parent that says what dropping will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = DARK
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_look(self, look: Look) -> None:
        self._look = look

    def cover(self) -> None:
        """Lie over the whole parent."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    # Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        veil = QColor(look.window)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.accent), 2, Qt.PenStyle.DashLine))
        inset = look.px(16)
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), 14, 14)
        painter.setPen(QColor(look.text))
        painter.setFont(look.font(1.7, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Drop to play")
