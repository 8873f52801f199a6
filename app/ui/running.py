"""The application that runs, of which Qt's own word may be none or one without a screen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The one QApplication of this process, where there is one by now."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running
