"""Takes files that are dropped on the window, and says beforehand what dropping will do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from app.sources.address import path_of_url
from app.ui.logic.language import translate
from app.ui.theme import DARK, Look


class DropZone(QWidget):
    """A veil over ``parent`` while local files are held over ``window``.

    ``dropped`` carries their paths, none if whoever dragged them has ended before they were asked.
    """

    dropped = Signal(object)  # a list of str, which Qt would change if a name is not UTF-8

    def __init__(self, window: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._veiled = parent
        self._look = DARK
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look

    def _enter(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.setGeometry(self._veiled.rect())
            self.raise_()
            self.show()

    def _drop(self, event: QDropEvent) -> None:
        self.hide()
        event.acceptProposedAction()
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        self.dropped.emit([path_of_url(bytes(url.toEncoded().data()).decode()) for url in urls])

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDragLeaveEvent):
            self.hide()
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._drop(event)
        else:
            return False
        return True

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
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignCenter, translate("window", "Drop to play")
        )
