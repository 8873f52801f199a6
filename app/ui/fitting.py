"""Dialogs as large as their letters ask for, and no larger than the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFileDialog,
    QHeaderView,
    QSplitter,
    QTreeView,
    QWidget,
)

from app.ui.theme import BASE_PX

PART = 0.88  # of the screen, as a title bar and a panel take some
FRAME = 60  # of a window, with some space around it
INDENT, BUTTONS, CURSOR = 7, 18, 5  # in a field for numbers
FILES_WIDTH, FILES_HEIGHT, PLACES_WIDTH = 860, 480, 140


def scale_of(dialog: QWidget) -> float:
    """How many times larger its letters are than the smallest."""
    dialog.ensurePolished()
    return max(dialog.fontInfo().pixelSize() / BASE_PX, 1.0)


def grow_to_fit(dialog: QWidget) -> None:
    """Be at least as high as wrapped texts make it, which Qt leaves to chance.

    Before it is seen it has no width to wrap them to.
    """
    column = dialog.layout()
    if column is not None and dialog.isVisible():
        needed = column.totalMinimumHeightForWidth(dialog.width())
        dialog.setMinimumHeight(min(needed, dialog.screen().availableSize().height() - FRAME))


def resize_to_fit(dialog: QWidget, width: int, height: int) -> None:
    """Be so large with the smallest letters, or as large as the screen allows."""
    scale = scale_of(dialog)
    wanted = QSize(round(width * scale), round(height * scale))
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize() * PART))


def indent(number: QAbstractSpinBox) -> None:
    """Let digits begin where words of other fields do: a style sheet cannot pad them."""
    number.lineEdit().setTextMargins(INDENT, 0, 0, 0)


def snug_width(number: QAbstractSpinBox, largest: str) -> int:
    """In what ``largest`` can be read; with a style sheet Qt counts the buttons twice."""
    buttons = round(BUTTONS * scale_of(number))
    return number.fontMetrics().horizontalAdvance(largest) + INDENT + buttons + CURSOR


def spread_files(dialog: QFileDialog) -> None:
    """Show sizes and dates whole; a dialog of the desktop's own sees to that itself."""
    files = dialog.findChild(QTreeView, "treeView")
    if not isinstance(files, QTreeView):
        return
    resize_to_fit(dialog, FILES_WIDTH, FILES_HEIGHT)
    header = files.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    places = round(PLACES_WIDTH * scale_of(dialog))
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([places, dialog.width() - places])
