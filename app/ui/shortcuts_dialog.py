"""The list of keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import ACTIONS
from app.ui.fitting import PART
from app.ui.logic.language import translate
from app.ui.logic.words import without_key

# As many as the screen is wide enough for, so that most keys are seen at once.
MOST_COLUMNS = 3
MARGIN, SPACING = 24, 16
BESIDE_BAR = 6
ROW_SPACINGS = (8, 5, 2)  # the largest with which all keys are seen at once


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
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        hint = QLabel(
            translate("window", "Tab walks through the controls, Enter presses the one in focus.")
        )
        hint.setObjectName("hint")
        hint.setProperty("tone", "muted")
        buttons = QDialogButtonBox()
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, SPACING)
        column.setSpacing(SPACING)
        column.addWidget(area, 1)
        column.addLayout(below := QHBoxLayout())
        below.addWidget(hint, 1)
        below.addWidget(buttons)
        self.ensurePolished()
        foot = buttons.sizeHint().height() + MARGIN + 2 * SPACING
        beside = QSize(area.verticalScrollBar().sizeHint().width() + 2 * MARGIN, foot)
        room = self.screen().availableSize() * PART
        page = self._widest_page(room.width() - beside.width())
        tighten(page, room.height() - beside.height())
        area.setWidget(page)
        self.resize((page.sizeHint() + beside).boundedTo(room))

    def _widest_page(self, width: int) -> QWidget:
        """The keys in as many columns as fit into ``width``."""
        for columns in range(MOST_COLUMNS, 0, -1):
            page = QWidget(self)
            _fill(QGridLayout(page), columns)
            page.ensurePolished()
            if page.sizeHint().width() <= width:
                break
            page.deleteLater()
        return page


def tighten(page: QWidget, height: int) -> None:
    """Have so much air between rows that they fit into ``height``, if they can."""
    grid = page.layout()
    assert isinstance(grid, QGridLayout)
    for spacing in ROW_SPACINGS:
        grid.setVerticalSpacing(spacing)
        if page.sizeHint().height() <= height:
            break


def _fill(grid: QGridLayout, columns: int) -> None:
    grid.setContentsMargins(0, 0, BESIDE_BAR, 0)
    grid.setHorizontalSpacing(18)
    rows = shortcut_rows()
    high = -(-len(rows) // columns)
    for number, (words, keys) in enumerate(rows):
        label = QLabel(keys)
        label.setProperty("tone", "accent")
        row, column = number % high, 2 * (number // high)
        grid.addWidget(QLabel(words), row, column)
        grid.addWidget(label, row, column + 1)
