"""The typed settings of the application, which ``settings_file`` keeps. Knows no Qt, no torch."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


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


def _check_own_bias(text: str) -> str:
    serial, _, bias = text.partition(":")
    if not re.fullmatch(r"[^\s:=]{1,64}", serial):
        raise ValueError("expected SERIAL:NAME=VALUE such as 00000279:diff_on=500")
    _check_bias(bias)
    return text


class CameraSettings(_Group):
    biases: tuple[Annotated[str, AfterValidator(_check_bias)], ...] = Field(
        (), description="set whenever a camera is opened, each NAME=VALUE; see --bias"
    )
    own: tuple[Annotated[str, AfterValidator(_check_own_bias)], ...] = Field(
        (), description="set after those on one camera, each SERIAL:NAME=VALUE"
    )


class FilterSettings(_Group):
    """What is taken out of the events, and how they are turned, before anything sees them."""

    hot: bool = Field(False, description="nothing from pixels that fire all the time")
    hot_hz: int = Field(50, ge=5, le=10_000, description="the least rate of such a pixel")
    refractory: bool = Field(False, description="a pixel rests after each of its events")
    refractory_us: int = Field(500, ge=10, le=1_000_000, description="so long")
    background: bool = Field(False, description="nothing that no neighbour supports")
    background_us: int = Field(
        5_000, ge=100, le=1_000_000, description="a neighbour's event is at most so old"
    )
    background_neighbours: int = Field(1, ge=1, le=8, description="so many must have had one")
    polarity: Literal["both", "on", "off"] = "both"
    crop: Annotated[tuple[int, int, int, int] | None, BeforeValidator(_check_region)] = Field(
        None, description="x, y, width, height in sensor pixels; not where it does not fit"
    )
    flip: Literal["none", "x", "y", "both"] = Field(
        "none", description="x: left and right change sides, as in a mirror"
    )
    rotate: Literal[0, 90, 180, 270] = Field(0, description="degrees clockwise")
    downscale: int = Field(1, ge=1, le=16, description="squares of so many pixels become one")


class PlaybackSettings(_Group):
    speed: float | None = Field(1.0, ge=0.01, le=10.0, description="none: as fast as possible")
    loop: bool = True


class DisplaySettings(_Group):
    language: Literal["system", "en", "ko"] = Field("system", description="of the window")
    theme: Literal["system", "dark", "light"] = "dark"
    palette: Literal["blue_orange", "gray", "cividis", "viridis"] = "blue_orange"
    accumulation: Literal["fading", "time", "count", "surface"] = Field(
        "fading", description="how events become a picture; surface: the age of each pixel's last"
    )
    fading_ms: int = Field(60, ge=10, le=1000, description="also of the time surface")
    span_ms: int = Field(33, ge=1, le=1000, description="shown by a picture of constant time")
    span_events: int = Field(
        10_000, ge=100, le=500_000, description="shown by a picture of constant count"
    )
    overlay: bool = Field(False, description="source, time and rate in the picture's corner")
    save_decision: bool = Field(True, description="the decision in what is saved")
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
    filters: FilterSettings = FilterSettings()
    playback: PlaybackSettings = PlaybackSettings()
    display: DisplaySettings = DisplaySettings()
    kiosk: KioskSettings = KioskSettings()
    recent_files: tuple[str, ...] = ()
