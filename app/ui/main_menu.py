"""The menu bar. Choices among several come out as signals, single commands are actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton, QWidget

from app.settings import DisplaySettings
from app.sources.bundled import gesture_of
from app.sources.contract import FileSpec
from app.ui.actions import Actions
from app.ui.camera_menu import CameraMenu
from app.ui.language import LANGUAGES
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.words import presentable, readable
from app.ui.picture_menu import PictureMenu
from models.data.gestures import CLASSES

THEMES = {
    "dark": QT_TRANSLATE_NOOP("window", "&Dark"),
    "light": QT_TRANSLATE_NOOP("window", "&Light"),
    "system": QT_TRANSLATE_NOOP("window", "&As the desktop"),
}


class MainMenu(QMenuBar):
    """File, Playback, Recognition, View and Help."""

    file_chosen = Signal(object)  # a str, which Qt would change if its name is not UTF-8
    performer_chosen = Signal(object)
    display_chosen = Signal(str, object)
    recent_cleared = Signal()

    def __init__(
        self,
        actions: Actions,
        bundled: list[FileSpec],
        parent: QWidget | None = None,
        *,
        systems: Sequence[QMenu] = (),
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._choices: dict[str, QActionGroup] = {}
        self._build_file(bundled)
        self._build_playback()
        self._build_recognition(systems)
        self._build_view()
        self.start_button = QToolButton()
        self.start_button.setDefaultAction(actions["start"])
        self.start_button.setObjectName("menuButton")
        self.start_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCornerWidget(self.start_button)
        help_menu = self.addMenu(translate("window", "&Help"))
        help_menu.addAction(actions["guide"])
        help_menu.addAction(actions["shortcuts"])
        help_menu.addAction(actions["about"])

    def settle(self) -> None:
        """Give the corner's button its room anew, once it has its words and its style."""
        self.start_button.hide()
        self.start_button.show()

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """List the recent files, newest first."""
        self.recent.clear()
        for number, path in enumerate(paths, start=1):
            name = presentable(Path(path).name).replace("&", "&&")
            action = self.recent.addAction(f"&{number}  {name}")
            action.setToolTip(presentable(path))
            action.triggered.connect(lambda _=False, path=path: self.file_chosen.emit(path))
        self.recent.addSeparator()
        self.recent.addAction(translate("window", "&Clear the list")).triggered.connect(
            self.recent_cleared
        )
        self.recent.setEnabled(bool(paths))

    def show_display(self, display: DisplaySettings) -> None:
        """Tick what is in force."""
        self.picture.show_display(display)
        for field, group in self._choices.items():
            for action in group.actions():
                action.setChecked(action.data() == getattr(display, field))

    def _build_file(self, bundled: list[FileSpec]) -> None:
        menu = self.addMenu(translate("window", "&File"))
        menu.addAction(self._actions["start"])
        menu.addAction(self._actions["new_window"])
        menu.addSeparator()
        menu.addAction(self._actions["open"])
        self.recent = menu.addMenu(translate("window", "Open r&ecent"))
        self.recent.setToolTipsVisible(True)
        self.demonstrations = menu.addMenu(translate("window", "Open &demonstration"))
        self.demonstrations.setEnabled(bool(bundled))
        for spec in bundled:
            action = self.demonstrations.addAction(readable(gesture_of(spec)))
            action.triggered.connect(lambda _=False, path=spec.path: self.file_chosen.emit(path))
        self.cameras = CameraMenu(menu)
        menu.addMenu(self.cameras)
        menu.addSeparator()
        menu.addAction(self._actions["camera"])
        menu.addAction(self._actions["camera_settings"])
        menu.addAction(self._actions["network"])
        self.performer = menu.addMenu(translate("window", "Perfor&mer (synthetic person)"))
        self._add_performer(translate("window", "&All gestures in turn"), None)
        self.performer.addSeparator()
        for class_id in CLASSES:
            self._add_performer(readable(class_id), class_id)
        menu.addSeparator()
        menu.addAction(self._actions["record"])
        menu.addAction(self._actions["file_info"])
        for name in ("export_decisions", "save_picture", "film", "film_recording"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        menu.addAction(self._actions["settings"])
        menu.addAction(self._actions["quit"])

    def _add_performer(self, text: str, gesture: str | None) -> None:
        action = self.performer.addAction(text)
        action.triggered.connect(lambda: self.performer_chosen.emit(gesture))

    def _build_playback(self) -> None:
        menu = self.addMenu(translate("window", "&Playback"))
        for name in ("play", "restart", "step_back", "step_forward", "next"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("next_file", "previous_file"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("slower", "faster", "loop"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("mark_a", "mark_b", "unmark"):
            menu.addAction(self._actions[name])

    def _build_recognition(self, systems: Sequence[QMenu]) -> None:
        menu = self.addMenu(translate("window", "&Recognition"))
        for system_menu in systems:
            menu.addMenu(system_menu)
        menu.addSeparator()
        for name in ("alone", "other_spikes", "open_model", "teach", "calibrate", "operations"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("region", "everything"):
            menu.addAction(self._actions[name])

    def _build_view(self) -> None:
        menu = self.addMenu(translate("window", "&View"))
        for name in ("rates", "history", "history_whole", "microscope", "space_time", "filters"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        self.picture = PictureMenu(self._actions, self._add_choices, menu)
        self.picture.chosen.connect(self.display_chosen)
        menu.addMenu(self.picture)
        menu.addSeparator()
        menu.addAction(self._actions["full_screen"])
        menu.addAction(self._actions["kiosk"])
        menu.addSeparator()
        self._add_choices(menu.addMenu(translate("window", "Lan&guage")), "language", LANGUAGES)
        self._add_choices(menu.addMenu(translate("window", "&Theme")), "theme", THEMES)

    def _add_choices(self, menu: QMenu, field: str, choices: Mapping[Any, str]) -> None:
        group = QActionGroup(menu)
        self._choices[field] = group
        for value, text in choices.items():
            action = menu.addAction(translate("window", text))
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
            action.triggered.connect(
                lambda _=False, value=value: self.display_chosen.emit(field, value)
            )
