"""The pictogram of a gesture, as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.logic.verdict import NO_GESTURE
from app.ui.pictures import gesture_picture
from app.ui.theme import DARK, Look

NEUTRAL_OPACITY = 0.55


class Picture(QWidget):
    """A square pictogram that fills its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.class_id = NO_GESTURE
        self._look = DARK
        self._pixmap: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_class(self, class_id: str) -> None:
        if class_id != self.class_id:
            self.class_id, self._pixmap = class_id, None
            self.update()

    def set_look(self, look: Look) -> None:
        self._look, self._pixmap = look, None
        self.update()

    # Qt's own methods

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 72)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixmap = None

    def paintEvent(self, event: QPaintEvent) -> None:
        side, ratio = min(self.width(), self.height()), self.devicePixelRatioF()
        if self._pixmap is None or self._pixmap.devicePixelRatioF() != ratio:
            self._pixmap = gesture_picture(self.class_id, side, ratio, self._look)
        painter = QPainter(self)
        painter.setOpacity(NEUTRAL_OPACITY if self.class_id == NO_GESTURE else 1.0)
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.drawPixmap(left, top, self._pixmap)
