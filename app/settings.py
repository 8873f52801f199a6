"""The typed settings of the application, kept as one JSON file. Knows neither Qt nor torch."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

SETTINGS_FILE = "settings.json"


class SettingsError(ValueError):
    """A settings file that cannot be used; the message is one sentence for the user."""


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VoteSettings(_Group):
    """The 80 ms sliding window: when a class is called the gesture."""

    window_ms: int = Field(80, ge=1, le=1000)
    min_share: float = Field(0.3, ge=0.0, le=1.0)
    min_count: int | None = Field(
        None, ge=1, le=1000, description="none: as many as the model was made for"
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
    region: tuple[int, int, int, int] | None = Field(
        None, description="x, y, width, height in sensor pixels; none: largest centred square"
    )


class PlaybackSettings(_Group):
    speed: float | None = Field(1.0, ge=0.1, le=10.0, description="none: as fast as possible")
    loop: bool = True


class DisplaySettings(_Group):
    theme: Literal["system", "dark", "light"] = "dark"
    palette: Literal["blue_orange", "gray", "cividis"] = "blue_orange"
    fading_ms: int = Field(60, ge=10, le=1000)
    rate_hz: int = Field(30, ge=5, le=60)


# What a passer-by can do without being shown twice; the data set's "other gestures" is no wish.
KIOSK_GESTURES = (
    "right_hand_wave", "hand_clapping", "left_hand_wave", "right_arm_clockwise", "air_drums",
    "left_arm_counter_clockwise", "arm_roll", "air_guitar",
)  # fmt: skip


class KioskSettings(_Group):
    """The booth: what it shows, how its round is played, how it is kept alive."""

    source: str = Field("camera", description="camera[:SERIAL], network:IP:PORT, performer, a file")
    monitor: str | None = Field(None, description="a screen's name; none: the first")
    language: Literal["system", "en", "ko", "alternate"] = "system"
    mirror: bool = Field(True, description="show the visitor as a mirror would")
    gestures: tuple[str, ...] = Field(KIOSK_GESTURES, min_length=1)
    round_length: int = Field(5, ge=1, le=20, description="gestures asked for in a round")
    difficulty: Literal["easy", "normal", "hard"] = "normal"
    ask_s: float = Field(10.0, ge=2, le=60, description="time for each gesture of a round")
    still_s: float = Field(20.0, ge=3, le=600, description="stillness after which nobody is there")
    cursor_s: float = Field(2.0, ge=0, le=60, description="idle time after which it is hidden")
    inhibit_screensaver: bool = True
    memory_mb: int = Field(1500, ge=400, le=100_000, description="of the whole tree of processes")
    restart_at: str | None = Field(
        "04:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="nightly; none: never"
    )
    pin: str | None = Field(None, description="a salted hash, set with kiosk --set-pin")


class Settings(_Group):
    vote: VoteSettings = VoteSettings()
    recognition: RecognitionSettings = RecognitionSettings()
    stream: StreamSettings = StreamSettings()
    playback: PlaybackSettings = PlaybackSettings()
    display: DisplaySettings = DisplaySettings()
    kiosk: KioskSettings = KioskSettings()
    recent_files: tuple[str, ...] = ()


def default_path() -> Path:
    """Where the settings live unless the user names another file."""
    return Path(platformdirs.user_config_dir("spikehand", appauthor=False)) / SETTINGS_FILE


def load(path: Path | None = None) -> Settings:
    """Read settings; a missing file gives the defaults.

    Raises:
        SettingsError: the file is unreadable, not JSON, or holds a value out of range.
    """
    path = path or default_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read the settings file {path}: {error}") from error
    try:
        return Settings.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise SettingsError(f"the settings file {path} is not JSON: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"the settings file {path} has a wrong value at {where}: {first['msg']}, "
            f"got {first.get('input')!r}"
        ) from error


def save(settings: Settings, path: Path | None = None) -> None:
    """Write what differs from the defaults; a crash leaves either the old file or the new one.

    Values that were never changed follow the defaults of later versions.

    Raises:
        SettingsError: the folder cannot be written.
    """
    path = path or default_path()
    partial = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = settings.model_dump_json(indent=2, exclude_defaults=True)
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise SettingsError(f"cannot write the settings file {path}: {error}") from error
