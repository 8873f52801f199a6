"""Changes of settings, by the menu or the dialog, and what of them shows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.ui.bringing_up import bring_up
from app.ui.logic.setting_fields import Path
from app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LANGUAGE = ("display", "language")


class SettingsView:
    """Opens the dialog; keeps it in step with what is changed elsewhere."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialog: SettingsDialog | None = None
        window.actions_by_name.connect("settings", self.open)
        window.menu.display_chosen.connect(
            lambda field, value: self.change(("display", field), value)
        )

        window.views.filters.change = self.change

    def open(self) -> None:
        """Show the dialog."""
        if self.dialog is None:
            self.dialog = SettingsDialog(self.change, self._window)
        self.dialog.show_settings(self._window.keeper.settings)
        bring_up(self.dialog)
        self.dialog.search.setFocus()

    @property
    def is_open(self) -> bool:
        return self.dialog is not None and self.dialog.isVisible()

    def change(self, path: Path, value: object) -> None:
        """Keep another value, and show what it changes.

        Raises:
            SettingError: it is no value for that setting.
        """
        self._window.keeper.change(path, value)
        if path == LANGUAGE:
            QTimer.singleShot(0, self._window.speak)  # once what asked for it is closed
        elif path[0] == "display":
            self._window.apply_display()
        elif path[0] == "filters":
            self._window.views.filters.follow_settings(self._window.keeper.settings)
        elif path[0] == "playback":
            self._window.playback.follow_settings()
        elif path == ("recent_files",):
            self._window.menu.show_recent(self._window.keeper.settings.recent_files)
        if self.dialog is not None:
            self.dialog.show_settings(self._window.keeper.settings)
