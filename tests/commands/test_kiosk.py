"""``kiosk``: what it starts, keeps, installs and tells; the booth itself is tried in tests/ui."""

from __future__ import annotations

import configparser
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app import settings_file as app_settings
from app.booth.config import Config
from app.booth.pin import matches
from app.commands import kiosk_install
from app.commands.desktop import Desktop
from app.commands.kiosk import state_folder
from app.settings import Settings
from app.sources.contract import CameraSpec, NetworkSpec, PerformerSpec
from tests.commands.conftest import NO_DISPLAY, Type, no_window


class Screen:
    """A desktop whose booth only notes what it was asked for."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.asked: list[tuple[object, Settings, dict[str, object]]] = []
        self.desktop = Desktop(lambda: None, no_window, self._show)

    def _show(self, spec: object, settings: Settings, **more: object) -> int:
        self.asked.append((spec, settings, more))
        return self.code


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """The configurations with which this process would have become a supervisor."""
    found: list[Config] = []

    def become(program: str, words: list[str]) -> None:
        assert program == words[0] == sys.executable
        assert words[1:3] == ["-m", "app.booth"]
        found.append(Config.decode(words[3]))
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", become)
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    return found


def test_it_becomes_a_supervisor_of_the_same_wishes(
    type_in: Type, started: list[Config], recording: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "mine.json"
    settings.write_text('{"kiosk": {"memory_mb": 900, "restart_at": "05:30"}}')
    words = ["kiosk", recording, "--settings", settings, "--language", "ko", "--monitor", "HDMI-1"]
    result = type_in(*words, desktop=Screen().desktop)
    assert result.exit_code == 0, result.output
    (config,) = started
    assert (config.memory_mb, config.restart_at) == (900, "05:30")
    assert config.state_folder == str(state_folder())
    command = list(config.command)
    assert command[0] == sys.executable
    assert Path(command[1]).name == "main.py"
    assert command[2:] == [
        "kiosk", "--watched", str(recording), "--settings", str(settings),
        "--monitor", "HDMI-1", "--language", "ko",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "spec"),
    [
        ("camera:00000499", CameraSpec("00000499")),
        ("network:127.0.0.1:7777", NetworkSpec("127.0.0.1", 7777)),
        ("performer:arm_roll", PerformerSpec("arm_roll")),
        (None, CameraSpec()),
    ],
)
def test_watched_it_is_the_booth_itself(type_in: Type, word: str | None, spec: object) -> None:
    screen = Screen(code=3)
    words = [] if word is None else [word]
    result = type_in("kiosk", "--watched", *words, "--language", "ko", desktop=screen.desktop)
    assert result.exit_code == 3
    ((asked, settings, more),) = screen.asked
    assert asked == spec
    assert settings.kiosk.language == "ko"
    assert more["watched"] is True


def test_what_the_settings_say_wrongly_is_told_to_staff(type_in: Type, tmp_path: Path) -> None:
    settings = tmp_path / "mine.json"
    settings.write_text('{"kiosk": {"source": "network:nowhere", "ask_s": "long"}}')
    screen = Screen()
    type_in("kiosk", "--watched", "--settings", settings, desktop=screen.desktop)
    ((spec, _, more),) = screen.asked
    assert spec == CameraSpec()
    first, second = more["notes"]  # type: ignore[misc]
    assert "ask_s" in first
    assert "the camera is used" in second


def test_a_settings_file_that_is_named_must_be_there_at_first_and_may_go_later(
    type_in: Type, started: list[Config], tmp_path: Path
) -> None:
    words = ["--settings", tmp_path / "none.json", "performer"]
    screen = Screen()
    result = type_in("kiosk", *words, desktop=screen.desktop)
    assert result.exit_code == 2
    assert "none.json" in result.output
    assert started == []
    assert type_in("kiosk", "--watched", *words, desktop=screen.desktop).exit_code == 0
    ((_, settings, more),) = screen.asked
    assert settings == Settings()
    assert "none.json" in more["notes"][0]  # type: ignore[index]


def test_debugging_reaches_the_booth(type_in: Type, started: list[Config]) -> None:
    type_in("--debug", "kiosk", "performer", desktop=Screen().desktop)
    assert list(started[0].command[2:]) == ["--debug", "kiosk", "--watched", "performer"]


def test_without_a_supervisor_it_is_the_booth_alone(
    type_in: Type, started: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(code=7)
    monkeypatch.setattr("app.commands.kiosk.HAS_SUPERVISOR", False)
    assert type_in("kiosk", "performer", desktop=screen.desktop).exit_code == 7
    assert screen.asked[0][2]["watched"] is False
    assert started == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing.aedat4"], "there is no file nothing.aedat4"),
        (["network:here"], "expected an IP address"),
        (["performer:juggling"], "juggling"),
        (["performer"], NO_DISPLAY),
    ],
)
def test_what_could_never_work_is_refused(
    type_in: Type, started: list[Config], words: list[str], sentence: str
) -> None:
    result = type_in("kiosk", *words)
    assert result.exit_code == 2
    assert sentence in result.output
    assert started == []


def test_a_service_may_come_before_the_screen(
    type_in: Type, started: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVOCATION_ID", "1")
    assert type_in("kiosk", "performer").exit_code == 0
    assert len(started) == 1


def test_a_pin_is_kept_as_a_hash_and_forgotten(type_in: Type, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from app.commands.cli import cli

    screen = Screen().desktop
    result = CliRunner().invoke(cli, ["kiosk", "--set-pin"], obj=screen, input="2468\n")
    assert result.exit_code == 0, result.output
    stored = app_settings.load().settings.kiosk.pin
    assert stored is not None
    assert matches("2468", stored)
    assert "2468" not in app_settings.default_path().read_text()
    bad = CliRunner().invoke(cli, ["kiosk", "--set-pin"], obj=screen, input="12\n")
    assert bad.exit_code == 2
    assert "expected a PIN of 4 to 12 digits" in bad.output
    assert type_in("kiosk", "--no-pin").exit_code == 0
    assert app_settings.load().settings.kiosk.pin is None


def test_starters_are_written_with_real_paths_and_taken_away(type_in: Type) -> None:
    entry = kiosk_install.autostart_folder() / kiosk_install.ENTRY
    unit = kiosk_install.unit_folder() / kiosk_install.UNIT
    result = type_in("kiosk", "--install", "network:127.0.0.1:7777")
    assert result.exit_code == 0, result.output
    assert str(entry) in result.output
    assert "systemctl --user enable" in result.output
    for path, key in ((entry, "Exec"), (unit, "ExecStart")):
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(path)
        words = next(shlex.split(parser[s][key]) for s in parser.sections() if key in parser[s])
        assert Path(words[0]).is_file()
        assert words[1] == "kiosk"
        assert words[-1] == "network:127.0.0.1:7777"
    assert type_in("kiosk", "--uninstall").exit_code == 0
    assert not entry.exists()
    assert not unit.exists()
    assert "Nothing of the kiosk was installed" in type_in("kiosk", "--uninstall").output


def test_a_file_of_somebody_else_is_left_alone(type_in: Type) -> None:
    entry = kiosk_install.autostart_folder() / kiosk_install.ENTRY
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nName=Mine\n")
    result = type_in("kiosk", "--install")
    assert result.exit_code == 2
    assert "was not written by" in result.output
    type_in("kiosk", "--uninstall")
    assert entry.read_text().endswith("Name=Mine\n")


ODD_WORDS = [
    "a b", "it's", 'quo"te', "per%cent", "%h", "dollar$HOME", "back\\slash", "`ls`", "손", "",
]  # fmt: skip


@pytest.fixture
def odd_program(tmp_path: Path) -> Path:
    """A program, at a path of everything that must be quoted, that writes what it was given."""
    folder = tmp_path / 'o\'d %h $HOME `x` "y" \\z'
    folder.mkdir()
    program = folder / "run.sh"
    program.write_text(f"#!/bin/sh\nprintf '<%s>' \"$@\" > '{tmp_path}/given'\n")
    program.chmod(0o755)
    return program


@pytest.mark.skipif(shutil.which("gio") is None, reason="no gio here")
@pytest.mark.parametrize("odd_path", [True, False])
def test_the_autostart_entry_starts_any_path_with_any_word(
    odd_program: Path, tmp_path: Path, odd_path: bool
) -> None:
    program = odd_program if odd_path else odd_program.rename(tmp_path / "two words.sh")
    entry = tmp_path / "kiosk.desktop"
    entry.write_text(kiosk_install.entry_text([str(program), *ODD_WORDS]), encoding="utf-8")
    subprocess.run(["gio", "launch", str(entry)], check=True, timeout=20)
    given, give_up_s = tmp_path / "given", time.monotonic() + 10
    while not (given.exists() and given.read_text()) and time.monotonic() < give_up_s:
        time.sleep(0.02)
    assert given.read_text() == "".join(f"<{word}>" for word in ODD_WORDS)


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="no validator here")
def test_desktop_entries_are_valid(odd_program: Path, tmp_path: Path) -> None:
    entry = tmp_path / "kiosk.desktop"
    entry.write_text(kiosk_install.entry_text([str(odd_program), *ODD_WORDS]), encoding="utf-8")
    entries = [entry, *kiosk_install.ASSETS.glob("*.desktop")]
    done = subprocess.run(
        ["desktop-file-validate", *map(str, entries)], capture_output=True, text=True, timeout=20
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_unit_is_valid(odd_program: Path, tmp_path: Path) -> None:
    unit = tmp_path / kiosk_install.UNIT
    unit.write_text(kiosk_install.unit_text([str(odd_program), *ODD_WORDS]), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", str(unit)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_break_cannot_be_installed(type_in: Type) -> None:
    result = type_in("kiosk", "--install", "--monitor", "a\nExecStartPre=evil")
    assert result.exit_code == 2
    assert "without line breaks" in result.output


def test_the_unit_keeps_the_kiosk_alive_but_lets_staff_leave() -> None:
    unit = (kiosk_install.ASSETS / kiosk_install.UNIT).read_text()
    for line in (
        "Type=notify", "Restart=always", "RestartPreventExitStatus=0", "KillMode=control-group",
        "WantedBy=graphical-session.target",
    ):  # fmt: skip
        assert f"\n{line}\n" in unit
    assert "\nWatchdogSec=" in unit


def test_enabled_units_are_disabled_with_the_file(type_in: Type) -> None:
    type_in("kiosk", "--install")
    link = kiosk_install.unit_folder() / "graphical-session.target.wants" / kiosk_install.UNIT
    link.parent.mkdir()
    link.symlink_to(kiosk_install.unit_folder() / kiosk_install.UNIT)
    assert str(link) in type_in("kiosk", "--uninstall").output
    assert not link.is_symlink()


@pytest.mark.parametrize(("enabled", "active"), [(True, True), (True, False), (False, False)])
def test_an_autostarted_kiosk_leaves_it_to_its_service(
    type_in: Type,
    started: list[Config],
    monkeypatch: pytest.MonkeyPatch,
    enabled: bool,
    active: bool,
) -> None:
    answers = {"is-enabled": enabled, "is-active": active}
    monkeypatch.setattr(kiosk_install, "_systemctl", answers.__getitem__)
    monkeypatch.setattr(kiosk_install, "SERVICE_GRACE_S", 0.1)
    monkeypatch.setattr(kiosk_install, "LOOK_AGAIN_S", 0.02)
    result = type_in("kiosk", "--autostarted", "performer", desktop=Screen().desktop)
    assert result.exit_code == 0
    assert len(started) == (0 if active else 1)


def test_status_before_and_after_the_first_run(type_in: Type) -> None:
    assert type_in("kiosk", "--status").exit_code == 2
    me = psutil.Process()
    record = {
        "pid": me.pid, "born": me.create_time(), "since": time.time() - 60,
        "written": time.time(), "restarts": 1, "reasons": [{"at": time.time(), "reason": "hung"}],
        "faults": [], "day": "2026-01-01", "visitors": 7, "rounds": 2, "best": 250,
        "hits": {"arm_roll": 3},
    }  # fmt: skip
    state_folder().mkdir(parents=True)
    (state_folder() / "status.json").write_text(json.dumps(record))
    text = type_in("kiosk", "--status").output
    assert "The kiosk runs since" in text
    assert "Visitors: 7" in text
    told = json.loads(type_in("kiosk", "--status", "--json").output)
    assert (told["running"], told["hits"], told["restarts"]) == (True, {"arm_roll": 3}, 1)
