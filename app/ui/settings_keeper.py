"""The settings in force, saved whenever one changes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from app import settings as store
from app.settings import (
    DisplaySettings,
    PlaybackSettings,
    RecognitionSettings,
    Settings,
    SettingsError,
)

MOST_RECENT_FILES = 8

Group = TypeVar("Group", DisplaySettings, PlaybackSettings, RecognitionSettings)


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
        self._change(display=_with(self.settings.display, fields))

    def change_playback(self, **fields: Any) -> None:
        """Change how recordings are played.

        Raises:
            pydantic.ValidationError: a value is out of range.
        """
        self._change(playback=_with(self.settings.playback, fields))

    def change_recognition(self, **fields: Any) -> None:
        """Change which networks recognise.

        Raises:
            pydantic.ValidationError: a value is out of range.
        """
        self._change(recognition=_with(self.settings.recognition, fields))

    def remember_file(self, path: str) -> None:
        """Put ``path`` first among the recent files."""
        path = str(Path(path).absolute())
        others = [known for known in self.settings.recent_files if known != path]
        self._change(recent_files=(path, *others)[:MOST_RECENT_FILES])

    def forget_files(self) -> None:
        """Empty the list of recent files."""
        self._change(recent_files=())

    def _change(self, **parts: Any) -> None:
        changed = self.settings.model_copy(update=parts)
        if changed == self.settings:
            return
        self.settings = changed
        found = store.load(self._path)
        if not found.notes:  # another program may have changed the rest meanwhile
            changed = found.settings.model_copy(update=parts)
        try:
            store.save(changed, self._path)
        except SettingsError as error:
            self.on_trouble(str(error))


def _with(group: Group, fields: dict[str, Any]) -> Group:
    """A checked copy with other values; pydantic's own ``model_copy`` checks nothing."""
    return type(group)(**{**group.model_dump(), **fields})
