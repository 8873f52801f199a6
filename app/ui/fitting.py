"""Dialogs no larger than the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

PART = 0.88  # of the screen, as a title bar and a panel take some


def resize_to_fit(dialog: QWidget, width: int, height: int) -> None:
    """Be so large, or as large as the screen allows."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() * PART))
