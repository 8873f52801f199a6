"""What ``doctor`` looks at, one function for each; nothing here changes the machine."""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from app.sources.contract import SourceError
from app.sources.devices.usb import UDEV_RULE_FILE, UDEV_RULES, UsbCamera
from models.naming import model_name
from models.spec import ModelError

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"
MIN_PYTHON = (3, 11)
UDEV_COMMAND = (
    f"printf '%s' '{UDEV_RULES}' | sudo tee {UDEV_RULE_FILE} && sudo udevadm control "
    "--reload-rules, then unplug the camera and plug it in again"
)

Status = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; a "note" is worth knowing and stops nothing."""

    name: str
    status: Status
    detail: str
    remedy: str | None = None


def check_python() -> Finding:
    found = f"{platform.python_version()} on {platform.platform()}"
    if sys.version_info[:2] >= MIN_PYTHON:
        return Finding("python", "ok", found)
    return Finding("python", "problem", found, "install Python 3.11 or newer")


def read_pins(text: str) -> list[tuple[str, str, bool]]:
    """Name, version and whether the program needs it, for every pin of a requirements file.

    What stands below a comment that begins with "tests" is needed for the tests only.
    """
    pins: list[tuple[str, str, bool]] = []
    needed = True
    for line in text.splitlines():
        needed = needed and not line.startswith("# tests")
        if match := re.match(r"([\w.-]+)==([\w.+]+)", line):
            pins.append((match[1], match[2], needed))
    return pins


def check_libraries(requirements: Path = REQUIREMENTS) -> list[Finding]:
    """One finding for every pinned library."""
    if not requirements.is_file():
        return [Finding("libraries", "note", f"no list of versions at {requirements}")]
    pins = read_pins(requirements.read_text(encoding="utf-8"))
    return [_check_library(*pin) for pin in pins]


def _check_library(name: str, pinned: str, needed: bool) -> Finding:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        status: Status = "problem" if needed else "note"
        return Finding(name, status, f"missing, {pinned} expected", "start through ./run.sh")
    if found.partition("+")[0] == pinned:  # torch adds +cpu or the like
        return Finding(name, "ok", found)
    return Finding(name, "note", f"{found}, tested with {pinned}", "start through ./run.sh")


def check_display(problem: str | None) -> Finding:
    if problem is None:
        return Finding("display", "ok", "a window can open")
    return Finding("display", "note", f"{problem} Everything plays in the terminal instead.")


def check_model() -> Finding:
    try:
        from models.live import open_network

        spec = open_network(None).spec
    except (ModelError, ImportError, OSError) as error:
        return Finding("model", "problem", f"the bundled model does not load: {error}")
    named, shape = model_name(spec.name, spec.system), "x".join(map(str, spec.input_shape))
    return Finding("model", "ok", f"{named}, {len(spec.classes)} classes, input {shape}")


def check_cameras() -> Finding:
    try:
        from app.sources.devices.camera import discover_cameras

        cameras = discover_cameras()
    except (SourceError, ImportError) as error:
        return Finding("cameras", "problem", f"cannot look for cameras: {error}")
    if not cameras:
        return Finding("cameras", "note", "none connected")
    return Finding("cameras", "ok", ", ".join(str(camera) for camera in cameras))


def check_permissions(blocked: Sequence[UsbCamera]) -> list[Finding]:
    """A problem for every event camera on USB that this user may not open."""
    return [
        Finding(
            "permissions",
            "problem",
            f"this user may not open the camera {camera.id} at {camera.node}",
            UDEV_COMMAND,
        )
        for camera in blocked
    ]


def check_folder(name: str, folder: Path) -> Finding:
    """Whether the program can keep files there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        detail = f"{folder} cannot be written: {error.strerror}"
        return Finding(name, "problem", detail, f"make {folder} writable for this user")
    return Finding(name, "ok", str(folder))
