"""A label that shortens what does not fit and shows it whole as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget


class ElidedLabel(QLabel):
    """One line of plain text. File names lose their middle, so that the ending stays.

    What else can be said in its place goes before letters do.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def set_mode(self, mode: Qt.TextElideMode) -> None:
        """Shorten at another place from now on."""
        self._mode = mode
        self.update()

    def shown_text(self) -> str:
        """What is visible at the present width."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        cut = ""
        for text in (self.text(), *self._shorter):
            cut = metrics.elidedText(text, self._mode, width)
            if cut == text:
                break
        return cut

    # Qt's own methods

    def setText(self, text: str, *shorter: str) -> None:
        """Show ``text``, or the first of ``shorter`` that fits where it does not."""
        if shorter != self._shorter:
            self._shorter = shorter
            self.update()
        super().setText(text)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(metrics.averageCharWidth() * 6, self.sizeHint().width()), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text()
        self.setToolTip(self.text() if shown != self.text() else "")
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), shown)
