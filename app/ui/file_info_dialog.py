"""Everything that is known about the recording that plays; counts grow while they are made."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.ui.logic.file_rows import Rows
from app.ui.logic.language import translate

REFRESH_MS = 300
LEAST_WIDTH, WIDEST_WORD = 520, 480


class FileInfoDialog(QDialog):
    """``rows`` are asked for again and again; the words can be selected and copied."""

    def __init__(self, rows: Callable[[], Rows], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "About this recording"))
        self._rows = rows
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 14)
        column.setSpacing(14)
        column.addLayout(self._grid)
        column.addWidget(buttons)
        self.setMinimumWidth(LEAST_WIDTH)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Show what is known by now."""
        rows = self._rows()
        while len(self._labels) < len(rows):
            self._add_row()
        for number, pair in enumerate(self._labels):
            texts = rows[number] if number < len(rows) else ("", "")
            for label, text in zip(pair, texts, strict=True):
                shown = _shortened(text, label.fontMetrics())
                label.setText(shown)
                label.setToolTip(text if shown != text else "")
                label.setVisible(bool(text))

    def text(self) -> str:
        """All rows, a line each."""
        return "\n".join(f"{name}: {value}" for name, value in self._rows())

    def _add_row(self) -> None:
        name, value = QLabel(), QLabel()
        name.setProperty("tone", "muted")
        name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._labels.append((name, value))


def _shortened(text: str, metrics: QFontMetrics) -> str:
    """The text with the middle left out of each word or folder that no line has room for."""
    words = re.split(r"(?<=[/ ])", text)
    middle = Qt.TextElideMode.ElideMiddle
    return "".join(metrics.elidedText(word, middle, WIDEST_WORD) for word in words)
