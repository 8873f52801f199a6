"""The file in which the settings are kept: read as far as it can be used, written as a whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.file_lock import locked
from app.lenient import JsonObject, take, unknown_keys
from app.places import NoHomeError, config_folder
from app.settings import Settings
from models.atomic import replacing

SETTINGS_FILE = "settings.json"
MOST_NOTES = 8


class SettingsError(ValueError):
    """A settings file that cannot be used; the message is one sentence for the user."""


def default_path() -> Path:
    """Where the settings live unless the user names another file.

    Raises:
        NoHomeError: the account has no home folder.
    """
    return config_folder() / SETTINGS_FILE


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a settings file gave, and a sentence about everything in it that could not be used.

    ``is_broken`` says that nothing could.
    """

    settings: Settings
    notes: tuple[str, ...] = ()
    is_broken: bool = False


class _Unusable(Exception):  # noqa: N818 - a state of the file, which has its answer
    """Nothing in the file can be used; the message says why."""


def load(path: Path | None = None) -> Loaded:
    """Whatever a settings file holds that can be used, and the defaults for the rest.

    A missing file gives the defaults without a note.
    """
    try:
        path = path or default_path()
    except NoHomeError as error:
        return Loaded(Settings(), (f"no settings are kept, as {error}",), is_broken=True)
    try:
        found = _read(path)
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        reason = error.strerror or error
        note = f"cannot read the settings file {path}: {reason}; the defaults are used"
        return Loaded(Settings(), (note,), is_broken=True)
    except _Unusable as error:
        note = f"the settings file {path} {error}; the defaults are used"
        return Loaded(Settings(), (note,), is_broken=True)
    settings, faults = take(Settings, found)
    notes = [f"{fault.where} in the settings file {path}: {fault.what}" for fault in faults]
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES:] = [f"and {len(notes) - MOST_NOTES} more faults in {path}"]
    return Loaded(settings, tuple(notes))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write what differs from the defaults; a crash leaves either the old file or the new one.

    Values that were never changed follow the defaults of later versions, and what the file holds
    for other versions stays in it. A file with something that cannot be used, or that was no
    settings file, is kept as ``NAME.broken``.

    Raises:
        SettingsError: the folder cannot be written.
    """
    update(lambda _: settings, settings, path)


def update(
    change: Callable[[Settings], Settings], otherwise: Settings, path: Path | None = None
) -> None:
    """Change the settings that the file holds at this moment, which others may have changed.

    ``otherwise`` is written where nothing in the file can be used. See ``save``.

    Raises:
        SettingsError: the folder cannot be written.
    """
    try:
        path = Path(os.path.realpath(path or default_path()))
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            found = load(path)
            settings = otherwise if found.is_broken else change(found.settings)
            content = settings.model_dump(mode="python", exclude_defaults=True)
            _merge(content, _foreign(path))
            _write(path, json.dumps(content, indent=2, ensure_ascii=False))
    except NoHomeError as error:
        raise SettingsError(f"no settings are kept, as {error}") from error
    except (OSError, RecursionError) as error:
        raise SettingsError(f"cannot write the settings file {path}: {error}") from error


def _write(path: Path, text: str) -> None:
    # A new file is the user's alone, as it may hold the hash of a PIN.
    with replacing(path, mode=0o600) as partial:
        partial.write_text(text, encoding="utf-8", errors="backslashreplace")


def _read(path: Path) -> JsonObject:
    """The JSON object in a file.

    Raises:
        OSError: it cannot be read.
        _Unusable: there is none.
    """
    content = path.read_bytes()
    if not content.strip():
        raise _Unusable("is empty")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _Unusable(f"is not UTF-8: {error.reason} at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise _Unusable(f"is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise _Unusable("holds no JSON object")
    return found


def _foreign(path: Path) -> JsonObject:
    """What the file there holds that this version has no setting for; a broken one is kept."""
    broken = path.with_name(f"{path.name}.broken")
    try:
        found = _read(path)
    except FileNotFoundError:
        return {}
    except (OSError, _Unusable):
        os.replace(path, broken)
        return {}
    foreign: JsonObject = {}
    unknown = list(unknown_keys(Settings, found))
    if len(take(Settings, found)[1]) > len(unknown):
        shutil.copyfile(path, broken)
    for keys in unknown:
        value: Any = found
        into = foreign
        for key in keys[:-1]:
            value, into = value[key], into.setdefault(key, {})
        into[keys[-1]] = value[keys[-1]]
    return foreign


def _merge(content: JsonObject, foreign: JsonObject) -> None:
    for key, value in foreign.items():
        if isinstance(content.get(key), dict) and isinstance(value, dict):
            _merge(content[key], value)
        else:
            content[key] = value
