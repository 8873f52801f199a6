"""A titled panel: the frame that every view of the instrument sits in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.elided_label import ElidedLabel
from app.ui.theme import Look


class Card(QFrame):
    """Title at the left, a detail at the right, the content below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self._title = QLabel(title)
        self._title.setObjectName("cardTitle")
        self.detail = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.detail.setProperty("tone", "muted")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.header = QHBoxLayout()
        self.header.addWidget(self._title)
        self.header.addWidget(self.detail, 1)
        self.body = QVBoxLayout(self)
        self.body.addLayout(self.header)

    def show_title(self, title: str) -> None:
        """Head the card with other words, or with none."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def set_header_height(self, height: int) -> None:
        """Make the header as high as that of a card beside it."""
        self._title.setMinimumHeight(height)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self.header.setSpacing(look.px(12))
        self.body.setSpacing(look.px(6))
        self.body.setContentsMargins(look.px(14), look.px(9), look.px(14), look.px(11))
