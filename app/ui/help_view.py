"""What helps: the guide, the keys, what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.about import AboutDialog
from app.ui.actions import Actions
from app.ui.guide import GuideDialog
from app.ui.shortcuts_dialog import ShortcutsDialog


def connect_help(window: QWidget, actions: Actions) -> None:
    """Let the commands of the help menu open their windows."""
    actions.connect("guide", lambda: GuideDialog(window).show())
    actions.connect("shortcuts", lambda: ShortcutsDialog(window).open())
    actions.connect("about", lambda: AboutDialog(window).open())
