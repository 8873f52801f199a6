"""The files that start the booth with the user's session: an autostart entry and a systemd unit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from app import own_command
from app.commands.errors import BadInput, writing_to
from app.places import NoHomeError

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
UNIT = "spikehand-kiosk.service"
ENTRY = "spikehand-kiosk.desktop"
ENABLE = f"systemctl --user daemon-reload && systemctl --user enable --now {UNIT}"
DISABLE = f"systemctl --user disable --now {UNIT}"
# A session starts its autostart entries and its units side by side.
SERVICE_GRACE_S = 10.0
LOOK_AGAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Starter:
    """One file: where it goes, and what it holds."""

    path: Path
    text: str

    @property
    def is_foreign(self) -> bool:
        """Whether something else lies there, which is not ours to touch."""
        try:
            return "Spikehand" not in self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return False


def program_words() -> list[str]:
    """The program as another process would start it, with real paths."""
    starter = ROOT / "run.sh"
    return [str(starter)] if starter.is_file() else own_command()


def starters(words: list[str]) -> list[Starter]:
    """Both files, for a kiosk that is started with ``words`` behind ``kiosk``."""
    command = [*program_words(), "kiosk"]
    return [
        Starter(autostart_folder() / ENTRY, entry_text([*command, "--autostarted", *words])),
        Starter(unit_folder() / UNIT, unit_text([*command, *words])),
    ]


def install(words: list[str]) -> list[Path]:
    """Write both files; what was written.

    Raises:
        BadInput: there is a file of that name that is not ours, or the folder cannot be written.
    """
    files = starters(words)
    for file in files:
        with writing_to(file.path):
            if file.is_foreign:
                raise BadInput(f"{file.path} was not written by Spikehand; move it away first")
    for file in files:
        with writing_to(file.path):
            file.path.parent.mkdir(parents=True, exist_ok=True)
            file.path.write_text(file.text, encoding="utf-8")
    return [file.path for file in files]


def uninstall() -> list[Path]:
    """Take away what ``install`` and ``systemctl enable`` wrote; what is gone.

    Raises:
        BadInput: the folder cannot be written.
    """
    gone = []
    for file in starters([]):
        with writing_to(file.path):
            if file.path.exists() and not file.is_foreign:
                file.path.unlink()
                gone.append(file.path)
    if unit_folder() / UNIT in gone:
        gone += _unlink_wants()
    return gone


def _unlink_wants() -> list[Path]:
    """Take away the links by which the unit was enabled."""
    # A pattern with the unit's name in it would not find links to what is gone.
    wanted = [folder / UNIT for folder in unit_folder().glob("*.wants")]
    links = [path for path in wanted if path.is_symlink()]
    for link in links:
        with writing_to(link):
            link.unlink()
    return links


def config_folder() -> Path:
    """``XDG_CONFIG_HOME``, which must be absolute to count."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(named) if os.path.isabs(named) else _home() / ".config"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise NoHomeError from None


def autostart_folder() -> Path:
    return config_folder() / "autostart"


def unit_folder() -> Path:
    return config_folder() / "systemd" / "user"


def entry_text(words: list[str]) -> str:
    """The desktop entry that runs ``words``."""
    text = (ASSETS / ENTRY).read_text(encoding="utf-8")
    command = " ".join(map(entry_word, _startable(words)))
    icon = str(ASSETS / "icons" / "spikehand.svg").replace("\\", "\\\\")
    return _with(_with(text, "Exec", command), "Icon", icon)


def unit_text(words: list[str]) -> str:
    """The systemd unit that runs ``words``."""
    text = (ASSETS / UNIT).read_text(encoding="utf-8")
    return _with(text, "ExecStart", " ".join(map(unit_word, _startable(words))))


def _startable(words: list[str]) -> list[str]:
    """``words``, through a shell where neither systemd nor GLib would take the program's path."""
    if re.search(r"""["'`$%\\]""", words[0]):
        return ["/bin/sh", "-c", 'exec "$0" "$@"', *words]
    return words


def entry_word(word: str) -> str:
    """One argument in an ``Exec`` line: quoted, then escaped as every string in the file."""
    _check_one_line(word)
    quoted = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return f'"{quoted}"'.replace("\\", "\\\\")


def unit_word(word: str) -> str:
    """One argument in an ``ExecStart`` line."""
    _check_one_line(word)
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _check_one_line(word: str) -> None:
    if not word.isprintable():
        raise BadInput(f"expected a name without line breaks or the like, got {word!r}")


def _with(text: str, key: str, value: str) -> str:
    """``text`` with another value for ``key``."""
    return re.sub(rf"^{key}=.*$", lambda _: f"{key}={value}", text, count=1, flags=re.MULTILINE)


def service_takes_over() -> bool:
    """Whether the systemd unit is enabled and starts within some seconds of the session."""
    if not _systemctl("is-enabled"):
        return False
    give_up_s = time.monotonic() + SERVICE_GRACE_S
    while time.monotonic() < give_up_s:
        if _systemctl("is-active"):
            return True
        time.sleep(LOOK_AGAIN_S)
    return False


def _systemctl(question: str) -> bool:
    if shutil.which("systemctl") is None:
        return False
    words = ["systemctl", "--user", "--quiet", question, UNIT]
    nowhere = subprocess.DEVNULL
    return subprocess.run(words, stdin=nowhere, stderr=nowhere).returncode == 0
