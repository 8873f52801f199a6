"""The settings in force, saved whenever one changes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app import settings_file as store
from app.settings import (
    CameraSettings,
    DisplaySettings,
    PlaybackSettings,
    RecognitionSettings,
    Settings,
)
from app.settings_file import SettingsError
from app.ui.logic.setting_fields import with_value

MOST_RECENT_FILES = 8

Group = TypeVar("Group", CameraSettings, DisplaySettings, PlaybackSettings, RecognitionSettings)


class SettingsKeeper:
    """Changes settings and writes them; ``on_trouble`` hears the sentence if that fails."""

    def __init__(
        self,
        settings: Settings,
        path: Path | None = None,
        on_trouble: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.settings = settings
        self.on_trouble = on_trouble
        self._path = path

    def change_display(self, **fields: Any) -> None:
        """Change how things look.

        Raises:
            pydantic.ValidationError: a value is out of range.
        """
        self._change(lambda now: {"display": _with(now.display, fields)})

    def change_playback(self, **fields: Any) -> None:
        """Change how recordings are played.

        Raises:
            pydantic.ValidationError: a value is out of range.
        """
        self._change(lambda now: {"playback": _with(now.playback, fields)})

    def change_recognition(self, **fields: Any) -> None:
        """Change which networks recognise.

        Raises:
            pydantic.ValidationError: a value is out of range.
        """
        self._change(lambda now: {"recognition": _with(now.recognition, fields)})

    def remember_biases(self, serial: str, biases: Sequence[str]) -> None:
        """Keep what is set on the camera ``serial`` from now on, each ``NAME=VALUE``.

        Raises:
            pydantic.ValidationError: one of them is none.
        """

        def with_them(known: tuple[str, ...]) -> tuple[str, ...]:
            others = (other for other in known if not other.startswith(f"{serial}:"))
            return (*others, *(f"{serial}:{bias}" for bias in biases))

        self._change(lambda now: {"camera": _with(now.camera, {"own": with_them(now.camera.own)})})

    @property
    def path(self) -> Path | None:
        """The settings file, none for the user's own."""
        return self._path

    def change(self, path: tuple[str, ...], value: object) -> None:
        """Change the setting at ``path``.

        Raises:
            SettingError: it cannot have that value.
        """
        self._change(lambda now: {path[0]: getattr(with_value(now, path, value), path[0])})

    def remember_file(self, path: str) -> None:
        """Put ``path`` first among the recent files."""
        path = str(Path(path).absolute())

        def with_it_first(known: tuple[str, ...]) -> tuple[str, ...]:
            others = [other for other in known if other != path]
            return (path, *others)[:MOST_RECENT_FILES]

        self._change(lambda now: {"recent_files": with_it_first(now.recent_files)})

    def forget_files(self) -> None:
        """Empty the list of recent files."""
        self._change(lambda now: {"recent_files": ()})

    def _change(self, change: Callable[[Settings], dict[str, Any]]) -> None:
        """Make the change to the settings in force, and to what the file holds by now."""
        changed = self.settings.model_copy(update=change(self.settings))
        if changed == self.settings:
            return
        self.settings = changed
        try:
            store.update(lambda now: now.model_copy(update=change(now)), changed, self._path)
        except SettingsError as error:
            self.on_trouble(str(error))


def _with(group: Group, fields: dict[str, Any]) -> Group:
    """A checked copy with other values; pydantic's own ``model_copy`` checks nothing."""
    return type(group)(**{**group.model_dump(), **fields})
