"""What helps: the guide, the keys, what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.about import AboutDialog
from app.ui.actions import Actions
from app.ui.bringing_up import bring_up
from app.ui.guide import GuideDialog
from app.ui.shortcuts_dialog import ShortcutsDialog


def connect_help(window: QWidget, actions: Actions) -> None:
    """Let the commands of the help menu open their windows."""
    actions.connect("guide", lambda: bring_up(open_guide(window) or GuideDialog(window)))
    actions.connect("shortcuts", lambda: ShortcutsDialog(window).open())
    actions.connect("about", lambda: AboutDialog(window).open())


def open_guide(window: QWidget) -> GuideDialog | None:
    """The guide that is open already, if it is."""
    return next((each for each in window.findChildren(GuideDialog) if each.isVisible()), None)
