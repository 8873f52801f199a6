"""The list of keys."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.ui.actions import ACTIONS
from app.ui.logic.language import translate
from app.ui.logic.words import without_key

COLUMNS = 3  # so that a small screen has room for them


def shortcut_rows() -> list[tuple[str, str]]:
    """(what it does, its keys) of every command that has keys."""
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (
            without_key(translate("window", spec.text)),
            translate("window", "  or  ").join(
                QKeySequence(key).toString(native) for key in spec.keys
            ),
        )
        for spec in ACTIONS
        if spec.keys
    ]


class ShortcutsDialog(QDialog):
    """Every command and its keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        rows = shortcut_rows()
        high = -(-len(rows) // COLUMNS)
        for number, (words, keys) in enumerate(rows):
            label = QLabel(keys)
            label.setProperty("tone", "accent")
            row, column = number % high, 2 * (number // high)
            grid.addWidget(QLabel(words), row, column)
            grid.addWidget(label, row, column + 1)
        hint = QLabel(
            translate("window", "Tab walks through the controls, Enter presses the one in focus.")
        )
        hint.setProperty("tone", "muted")
        buttons = QDialogButtonBox()
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 16)
        page.setSpacing(16)
        page.addLayout(grid)
        page.addWidget(hint)
        page.addWidget(buttons)
