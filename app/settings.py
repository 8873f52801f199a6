"""The typed settings of the application, kept as one JSON file. Knows neither Qt nor torch."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.file_lock import locked
from app.lenient import JsonObject, take, unknown_keys
from app.places import NoHomeError, config_folder
from models.atomic import replacing

SETTINGS_FILE = "settings.json"
MOST_NOTES = 8


class SettingsError(ValueError):
    """A settings file that cannot be used; the message is one sentence for the user."""


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _check_region(region: object) -> object:
    if region is None:
        return None
    numbers = region if isinstance(region, list | tuple) else ()
    whole = [number for number in numbers if type(number) is int and number >= 0]
    if not len(numbers) == len(whole) == 4 or 0 in whole[2:]:
        raise ValueError("expected x, y, width and height in whole sensor pixels")
    return region


class VoteSettings(_Group):
    """The 80 ms sliding window: when a class is called the gesture."""

    window_ms: int = Field(80, ge=1, le=1000)
    min_share: float = Field(0.3, ge=0.0, le=1.0)
    min_count: int | None = Field(
        None, ge=1, le=1000, description="none: as many as the model was made for"
    )
    warm_up_ms: int = Field(
        120, ge=0, le=2000, description="no decision so long, nor before the window has filled"
    )


class RecognitionSettings(_Group):
    """Which networks recognise; a name without a folder means one that comes with the program."""

    model: str | None = Field(None, description="a model file; none: the default")
    compare: str | None = Field(None, description="a second model file beside it; none: only one")
    opened: tuple[str, ...] = Field((), description="the user's own model files, newest first")


class StreamSettings(_Group):
    """How events are cut, queued and cropped on their way to the network."""

    slice_ms: int = Field(5, ge=1, le=50)
    backlog_ms: int = Field(80, ge=10, le=2000)
    region: Annotated[tuple[int, int, int, int] | None, BeforeValidator(_check_region)] = Field(
        None, description="x, y, width, height in sensor pixels; none: largest centred square"
    )


def _check_bias(text: str) -> str:
    if not re.fullmatch(r"\w+=-?\w+(:\w+)?", text):
        raise ValueError("expected NAME=VALUE such as diff_on=500")
    return text


class CameraSettings(_Group):
    biases: tuple[Annotated[str, AfterValidator(_check_bias)], ...] = Field(
        (), description="set whenever a camera is opened, each NAME=VALUE; see --bias"
    )


class PlaybackSettings(_Group):
    speed: float | None = Field(1.0, ge=0.01, le=10.0, description="none: as fast as possible")
    loop: bool = True


class DisplaySettings(_Group):
    theme: Literal["system", "dark", "light"] = "dark"
    palette: Literal["blue_orange", "gray", "cividis"] = "blue_orange"
    fading_ms: int = Field(60, ge=10, le=1000)
    rate_hz: int = Field(30, ge=5, le=60)


# What a passer-by can do without being shown twice; the data set's "other gestures" is no wish.
Wish = Literal[
    "hand_clapping", "right_hand_wave", "left_hand_wave", "right_arm_clockwise",
    "right_arm_counter_clockwise", "left_arm_clockwise", "left_arm_counter_clockwise",
    "arm_roll", "air_drums", "air_guitar",
]  # fmt: skip
KIOSK_GESTURES: tuple[Wish, ...] = (
    "right_hand_wave", "hand_clapping", "left_hand_wave", "right_arm_clockwise", "air_drums",
    "left_arm_counter_clockwise", "arm_roll", "air_guitar",
)  # fmt: skip


def _check_time(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError("expected a time of day such as 04:00")
    return text


def _closed_by_mistake(pin: object) -> object:
    """What is no hash stays, as one that nothing matches: a slip must not open the booth."""
    return pin if pin is None or isinstance(pin, str) else "no hash"


class KioskSettings(_Group):
    """The booth: what it shows, how its round is played, how it is kept alive."""

    source: str = Field("camera", description="camera[:SERIAL], network:IP:PORT, performer, a file")
    monitor: str | None = Field(None, description="a screen's name; none: the first")
    language: Literal["system", "en", "ko", "alternate"] = "system"
    mirror: bool = Field(True, description="show the visitor as a mirror would")
    gestures: tuple[Wish, ...] = Field(KIOSK_GESTURES, min_length=1)
    round_length: int = Field(5, ge=1, le=20, description="gestures asked for in a round")
    difficulty: Literal["easy", "normal", "hard"] = "normal"
    ask_s: float = Field(10.0, ge=2, le=60, description="time for each gesture of a round")
    still_s: float = Field(20.0, ge=3, le=600, description="stillness after which nobody is there")
    cursor_s: float = Field(2.0, ge=0, le=60, description="idle time after which it is hidden")
    inhibit_screensaver: bool = True
    memory_mb: int = Field(1500, ge=400, le=100_000, description="of the whole tree of processes")
    restart_at: Annotated[str | None, AfterValidator(_check_time)] = Field(
        "04:00", description="nightly; none: never"
    )
    pin: Annotated[str | None, BeforeValidator(_closed_by_mistake)] = Field(
        None, description="a salted hash, set with kiosk --set-pin"
    )


class Settings(_Group):
    vote: VoteSettings = VoteSettings()
    recognition: RecognitionSettings = RecognitionSettings()
    stream: StreamSettings = StreamSettings()
    camera: CameraSettings = CameraSettings()
    playback: PlaybackSettings = PlaybackSettings()
    display: DisplaySettings = DisplaySettings()
    kiosk: KioskSettings = KioskSettings()
    recent_files: tuple[str, ...] = ()


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
