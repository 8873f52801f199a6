"""Cameras, their states and presets in words. Knows no Qt."""

from __future__ import annotations

from app.sources.devices.found import Adjustment, CameraState, ListedCamera
from app.sources.devices.presets import USUAL_CONTRAST, Purpose
from app.sources.devices.usb import UDEV_RULE_FILE, UDEV_RULES
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate

MODELS = {
    "DVXPLORER": "DVXplorer", "DVXPLORER_M": "DVXplorer Micro", "DVXPLORER_S": "DVXplorer S",
    "DVXPLORER_GEN2": "DVXplorer (2)", "DAVIS_GEN2": "DAVIS (2)",
}  # fmt: skip
STATES = {
    CameraState.FREE: QT_TRANSLATE_NOOP("window", "ready"),
    CameraState.BLOCKED: QT_TRANSLATE_NOOP("window", "no permission"),
    CameraState.BUSY: QT_TRANSLATE_NOOP("window", "in use by a program"),
}
PLAYING = QT_TRANSLATE_NOOP("window", "playing here")
PRESETS = {
    Purpose.DEFAULT: QT_TRANSLATE_NOOP("window", "As the camera comes"),
    Purpose.SENSITIVE: QT_TRANSLATE_NOOP("window", "Dim light, weak contrast"),
    Purpose.FAST: QT_TRANSLATE_NOOP("window", "Fast motion"),
    Purpose.CALM: QT_TRANSLATE_NOOP("window", "Less noise"),
}
OWN_VALUES = QT_TRANSLATE_NOOP("window", "Values of your own")
FREE_TEXT = QT_TRANSLATE_NOOP("window", "unset")
NONE_THERE = QT_TRANSLATE_NOOP(
    "window", "No event camera is connected. Plug one into a USB port: it appears here by itself."
)
NONE_KNOWN = QT_TRANSLATE_NOOP(
    "window", "No event camera is found. Plug one into a USB port, then look again."
)
LOOKING = QT_TRANSLATE_NOOP("window", "Looking for cameras …")
BLOCKED = QT_TRANSLATE_NOOP(
    "window",
    "A camera is connected, but Linux does not let this user open it. Save this rule as {0}, "
    "then unplug the camera and plug it in again:",
)
REPLUGGED = QT_TRANSLATE_NOOP(
    "window", "The command saves the rule and makes it hold; it asks for the password of sudo."
)
UDEV_COMMAND = (
    f"printf '%s' '{UDEV_RULES}' | sudo tee {UDEV_RULE_FILE} > /dev/null "
    "&& sudo udevadm control --reload-rules && sudo udevadm trigger"
)


def model_of(camera: ListedCamera) -> str:
    """The model as its maker writes it."""
    return MODELS.get(camera.model, camera.model)


def state_of(camera: ListedCamera, playing: str | None) -> str:
    """Whether it can be opened, in a word or two; ``playing`` is the name of what plays."""
    if is_playing(camera, playing):
        return translate("window", PLAYING)
    return translate("window", STATES[camera.state])


def is_playing(camera: ListedCamera, playing: str | None) -> bool:
    """Whether it is what plays, whose name ends with its serial number, as dv-processing has it."""
    return bool(camera.serial) and playing is not None and playing.endswith(camera.serial)


def blocked_sentence() -> str:
    """What a user can do who may not open a camera."""
    return translate("window", BLOCKED).format(UDEV_RULE_FILE)


def hint_of(adjustment: Adjustment) -> str:
    """Which values fit."""
    if adjustment.highest is not None:
        said = translate("window", "0 to {0}, {1} when unset")
        return said.format(adjustment.highest, USUAL_CONTRAST)
    if adjustment.name in ("BackgroundActivityFilter", "RefractoryPeriodFilter"):
        return translate("window", "in steps of 250 µs")
    if adjustment.name == "SkipFilter":
        return translate("window", "drops every so many events")
    if 2 in adjustment.counts:
        return translate("window", "coarse:fine, such as 4:200")
    return translate("window", "a whole number")
