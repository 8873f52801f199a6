"""What ``doctor`` looks at for the settings and for the booth."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from app import PROGRAM
from app.booth.pin import is_hash
from app.commands.booth_source import booth_source
from app.commands.checks import Finding
from app.places import NoHomeError
from app.settings import Settings
from app.settings_file import default_path, load

FONT_PACKAGE = "fonts-nanum"
FC_LIST_TIMEOUT_S = 20


def check_settings(path: Path | None) -> list[Finding]:
    """A problem for everything in the settings file that cannot be used."""
    loaded = load(path)
    try:
        path = path or default_path()
    except NoHomeError:
        return []  # which is a finding of its own
    notes = [*loaded.notes, *booth_source(loaded.settings)[1]]
    remedy = f"correct it in {path}, or delete the file for the defaults"
    if notes:
        return [Finding("settings file", "problem", note, remedy) for note in notes]
    detail = f"{path}, all of it is understood" if path.exists() else "none, so all is as delivered"
    return [Finding("settings file", "ok", detail)]


def check_booth(settings: Settings) -> list[Finding]:
    """What the booth needs besides the window; nothing in here stops the program."""
    return [check_pin(settings.kiosk.pin), check_korean_font(), check_session_bus()]


def check_pin(stored: str | None) -> Finding:
    remedy = f"{PROGRAM} kiosk --set-pin"
    if stored is None:
        return Finding(
            "kiosk PIN", "note", "none is set, so a chord alone leaves the kiosk", remedy
        )
    if not is_hash(stored):
        detail = "what is set is no hash of a PIN, so nobody can leave the kiosk"
        return Finding("kiosk PIN", "problem", detail, remedy)
    return Finding("kiosk PIN", "ok", "is set")


def check_korean_font() -> Finding:
    """Whether the kiosk can speak Korean."""
    if not sys.platform.startswith("linux"):
        return Finding("Korean font", "ok", "comes with the system")
    if shutil.which("fc-list") is None:
        detail = "cannot be looked for without fc-list"
        return Finding("Korean font", "note", detail, "sudo apt-get install fontconfig")
    found = korean_fonts()
    if found:
        return Finding("Korean font", "ok", found[0])
    remedy = f"sudo apt-get install {FONT_PACKAGE}"
    return Finding("Korean font", "note", "none, so Korean would be empty boxes", remedy)


def korean_fonts() -> list[str]:
    """The families that can write Korean, by name, as fontconfig knows them."""
    try:
        done = subprocess.run(
            ["fc-list", ":lang=ko", "family"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=FC_LIST_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted({line.split(",")[0] for line in done.stdout.splitlines() if line.strip()})


def check_session_bus() -> Finding:
    """Whether there is a D-Bus through which the screen saver is held off."""
    if not sys.platform.startswith("linux"):
        return Finding("D-Bus", "note", "is not here, so switch the screen saver off by hand")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address or (runtime and (Path(runtime) / "bus").is_socket()):
        return Finding("D-Bus", "ok", "a session bus can hold off the screen saver")
    return Finding(
        "D-Bus",
        "note",
        "there is no session bus, so the kiosk cannot hold off the screen saver",
        "start the kiosk from the desktop session, or switch the screen saver off by hand",
    )
