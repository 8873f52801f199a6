"""Dialogs as large as their letters ask for, and no larger than the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.theme import BASE_PX

PART = 0.88  # of the screen, as a title bar and a panel take some


def resize_to_fit(dialog: QWidget, width: int, height: int) -> None:
    """Be so large with the smallest letters, or as large as the screen allows."""
    dialog.ensurePolished()
    scale = max(dialog.fontInfo().pixelSize() / BASE_PX, 1.0)
    wanted = QSize(round(width * scale), round(height * scale))
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize() * PART))
