"""One sentence over the booth for some seconds: for staff, not for visitors."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.theme import DARK

SHOWN_MS = 10_000


class Toast(QLabel):
    """Lies at the upper edge of its parent, which calls ``place`` when its size changes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._parent = parent
        self._sentences: list[str] = []
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._forget)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, below those that are still shown."""
        if sentence not in self._sentences:
            self._sentences.append(sentence)
        self.setText("\n".join(self._sentences))
        self._timer.start()
        self.show()
        self.place()

    def place(self) -> None:
        """Fit the parent's size."""
        parent = self._parent
        unit = max(min(parent.width(), parent.height()) / 30, 14)
        self.setStyleSheet(
            f"background: {DARK.notice_ground}; color: {DARK.text}; font-size: {round(unit)}px; "
            f"padding: {round(unit / 2)}px; border-radius: {round(unit / 3)}px;"
        )
        width = round(min(parent.width() - 2 * unit, 40 * unit))
        height = self.heightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, round(unit), width, height)
        self.raise_()

    def _forget(self) -> None:
        self._sentences.clear()
        self.hide()
