"""What the settings are called, and what they are for."""

from __future__ import annotations

from app import PROGRAM
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.setting_fields import Path, SettingField
from app.ui.logic.setting_texts import WORDS
from app.ui.logic.words import GESTURES, readable

GROUPS = {
    "vote": QT_TRANSLATE_NOOP("window", "Vote"),
    "recognition": QT_TRANSLATE_NOOP("window", "Networks"),
    "stream": QT_TRANSLATE_NOOP("window", "Stream"),
    "camera": QT_TRANSLATE_NOOP("window", "Camera"),
    "filters": QT_TRANSLATE_NOOP("window", "Filters"),
    "playback": QT_TRANSLATE_NOOP("window", "Playback"),
    "display": QT_TRANSLATE_NOOP("window", "Display"),
    "kiosk": QT_TRANSLATE_NOOP("window", "Booth"),
    "": QT_TRANSLATE_NOOP("window", "Recent files"),
}
CHOICES = {
    "system": QT_TRANSLATE_NOOP("window", "As the desktop"),
    "en": "English",
    "ko": "한국어",
    "alternate": QT_TRANSLATE_NOOP("window", "In turn"),
    "dark": QT_TRANSLATE_NOOP("window", "Dark"),
    "light": QT_TRANSLATE_NOOP("window", "Light"),
    "blue_orange": QT_TRANSLATE_NOOP("window", "Blue and orange"),
    "gray": QT_TRANSLATE_NOOP("window", "Gray"),
    "cividis": QT_TRANSLATE_NOOP("window", "Cividis"),
    "viridis": QT_TRANSLATE_NOOP("window", "Viridis"),
    "easy": QT_TRANSLATE_NOOP("window", "Easy"),
    "normal": QT_TRANSLATE_NOOP("window", "Normal"),
    "hard": QT_TRANSLATE_NOOP("window", "Hard"),
    "fading": QT_TRANSLATE_NOOP("window", "Fading"),
    "time": QT_TRANSLATE_NOOP("window", "Constant time"),
    "count": QT_TRANSLATE_NOOP("window", "Constant count"),
    "surface": QT_TRANSLATE_NOOP("window", "Time surface"),
    "both": QT_TRANSLATE_NOOP("window", "Both"),
    "on": QT_TRANSLATE_NOOP("window", "On"),
    "off": QT_TRANSLATE_NOOP("window", "Off"),
    "none": QT_TRANSLATE_NOOP("window", "None"),
    "x": QT_TRANSLATE_NOOP("window", "Left and right"),
    "y": QT_TRANSLATE_NOOP("window", "Top and bottom"),
    "0": "0°",
    "90": "90°",
    "180": "180°",
    "270": "270°",
}
# When a change shows, by group or path; else after a restart.
AT_ONCE = ("display", "filters", "playback", "recent_files", "recognition.opened")
LATER = {
    "kiosk": QT_TRANSLATE_NOOP("window", "When the booth starts next"),
    "camera": QT_TRANSLATE_NOOP("window", "When a camera is opened next"),
}
RESTART = QT_TRANSLATE_NOOP("window", "After a restart")


def group_name(group: str) -> str:
    """What a group of settings is called."""
    return translate("window", GROUPS.get(group, readable(group)))


def name_of(field: SettingField) -> str:
    """What a setting is called; one that has no words here, as in the file."""
    name, _ = WORDS.get(".".join(field.path), (readable(field.path[-1]), ""))
    return translate("window", name)


def help_of(field: SettingField) -> str:
    """What a setting is for."""
    _, words = WORDS.get(".".join(field.path), ("", field.description))
    return translate("window", words).format(PROGRAM) if words else ""


def choice_name(choice: object) -> str:
    """What one of several values is called."""
    if choice in GESTURES:
        return readable(str(choice))
    return translate("window", CHOICES.get(str(choice), str(choice)))


def when(path: Path) -> str:
    """When a change of a setting shows, empty if at once."""
    if path[0] in AT_ONCE or ".".join(path) in AT_ONCE:
        return ""
    return translate("window", LATER.get(path[0], RESTART))
