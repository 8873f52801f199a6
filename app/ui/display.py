"""Whether a window can be opened here, found out without Qt.

Qt ends the whole process when it finds no display or lacks a system library, so this must be
known beforehand.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import socket
import sys
from pathlib import Path

CONNECT_TIMEOUT_S = 1.0
X11_FIRST_PORT = 6000
# Platforms of Qt that draw without a display server.
SERVERLESS = {"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"}
# The same list as in run.sh, which installs it.
APT_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libatomic1 "
    "libx11-6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0 "
    "libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 "
    "libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
)


class DisplayError(Exception):
    """No window can be opened; the message is one sentence for the user."""


def display_available() -> bool:
    """Whether a window can be opened here."""
    return display_problem() is None


def display_problem() -> str | None:
    """Why no window can be opened, in one sentence, or none."""
    if not sys.platform.startswith("linux"):
        return None
    plugins = _plugins()
    if not plugins:
        if "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ:
            return "There is no display for a window: the display server does not answer."
        return "There is no display for a window: neither DISPLAY nor WAYLAND_DISPLAY is set."
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return "The window needs PySide6, which is not installed."
    folder = Path(found.origin).parent
    problems = [_load_problem(folder, plugin) for plugin in plugins]
    return None if None in problems else problems[0]


def wanted_platform() -> str:
    """The platform plugin that QT_QPA_PLATFORM asks for first, or an empty string."""
    return os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]


def _plugins() -> list[str]:
    """The platform plugins that could draw here, as Qt would try them."""
    if wanted_platform() in SERVERLESS:
        return [wanted_platform()]
    servers = {"wayland": _wayland_reachable, "xcb": _x11_reachable}
    return [name for name, reachable in servers.items() if reachable()]


def _load_problem(folder: Path, plugin: str) -> str | None:
    """A sentence about the first system library that Qt lacks to draw with ``plugin``."""
    for library in ("QtWidgets.abi3.so", f"Qt/plugins/platforms/libq{plugin}.so"):
        try:
            if (folder / library).exists():
                ctypes.CDLL(str(folder / library))
        except OSError as error:
            return library_sentence(str(error))
    return None


def library_sentence(error: str) -> str:
    """What the loader's complaint means and which packages mend it."""
    found = re.match(r"(lib[^:]+\.so[.\d]*): cannot open", error)
    lacking = found.group(1) if found else error
    return (
        f"The window needs a system library that is missing ({lacking}); on Debian or Ubuntu "
        f"install it with: sudo apt-get install {APT_PACKAGES}"
    )


def _wayland_reachable() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    return _answers(socket.AF_UNIX, str(path))


def _x11_reachable() -> bool:
    """Whether the server that DISPLAY names, ``[host]:number[.screen]``, accepts a connection."""
    found = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", os.environ.get("DISPLAY", ""))
    if not found:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, "\0" + path)
    return _answers(socket.AF_INET, (host, X11_FIRST_PORT + number))


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.settimeout(CONNECT_TIMEOUT_S)
            probe.connect(address)
    except OSError:
        return False
    return True
