"""Dialogs that stay open: asked for again, they lie in front of the window and hear the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def bring_up(dialog: QDialog) -> None:
    """Show a dialog where what is typed next reaches it, even if it lay behind or was minimised."""
    if dialog.isMinimized():
        dialog.showNormal()
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
