"""The window built anew in another language while what plays goes on: what is carried over."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.views import Views

# What the new actions are told before anybody listens; the others follow what is remembered.
CARRIED = ("operations", "other_spikes", "history_whole")


class Carried:
    """What the user has done in a window that neither the player nor a file remembers."""

    def __init__(self, window: MainWindow) -> None:
        self._views: Views = window.views
        self._pages = window.pages
        is_open = {
            "settings": window.settings.is_open,
            "teach": window.views.teach.is_open,
            "calibrate": window.views.calibrate.is_open,
        }
        self._open = [name for name, seen in is_open.items() if seen]
        self._touring = window.instrument.transport.touring
        actions = window.actions_by_name
        self.checked = tuple(name for name in CARRIED if actions[name].isChecked())

    def take_over(self, window: MainWindow) -> None:
        """Go on with it in the window as it is now."""
        window.instrument.transport.touring = self._touring
        window.views.take_over(self._views)
        window.pages.take_over(self._pages)
        for name in self._open:
            window.actions_by_name[name].trigger()


def clear(window: QWidget, kept: Container[QObject]) -> None:
    """Take everything out of ``window`` but its layout and what is ``kept``."""
    for action in window.actions():
        window.removeAction(action)
    for child in window.children():
        if child not in kept and not isinstance(child, QLayout):
            window.removeEventFilter(child)
            if isinstance(child, QWidget):
                child.hide()
            child.deleteLater()
