"""What ``doctor`` says about the settings file and about what the booth needs."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest

from app.booth.pin import hash_pin
from app.commands import booth_checks
from app.commands.booth_checks import (
    FONT_PACKAGE,
    check_korean_font,
    check_pin,
    check_session_bus,
    check_settings,
)
from app.settings_file import default_path
from tests.commands.conftest import Type

BROKEN = {
    "": "is empty",
    "{": "is not JSON",
    '{"unknown": 1}': "unknown",
    '{"vote": {"min_share": 2}}': "vote.min_share",
    '{"kiosk": {"source": "network:here"}}': "kiosk.source",
    '{"kiosk": {"source": "performer:jump"}}': "kiosk.source",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_settings_file_is_a_problem_with_a_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    (finding,) = check_settings(path)
    assert finding.status == "problem"
    assert BROKEN[text] in finding.detail
    assert finding.remedy is not None
    assert str(path) in finding.remedy


def test_every_fault_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"vote": {"min_share": 2, "window_ms": 0}, "unknown": 1}')
    assert len(check_settings(path)) == 3


@pytest.mark.parametrize("text", [None, "{}", '{"kiosk": {"source": "performer:arm_roll"}}'])
def test_a_sound_settings_file_or_none(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "settings.json"
    if text is not None:
        path.write_text(text)
    (finding,) = check_settings(path)
    assert finding.status == "ok"


@pytest.mark.parametrize("named", [False, True])
def test_doctor_looks_into_the_settings_file(
    type_in: Type, side_network: None, tmp_path: Path, named: bool
) -> None:
    path = tmp_path / "mine.json" if named else default_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    result = type_in("doctor", "--json", *(["--settings", path] if named else []))
    assert result.exit_code == 1
    found = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert found["settings file"]["status"] == "problem"
    assert {"kiosk PIN", "Korean font", "D-Bus"} <= set(found)


@pytest.mark.parametrize(
    ("stored", "status"), [(None, "note"), ("1234", "problem"), (hash_pin("1234"), "ok")]
)
def test_pin(stored: str | None, status: str) -> None:
    finding = check_pin(stored)
    assert finding.status == status
    assert (finding.remedy is None) == (status == "ok")


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(booth_checks.shutil, "which", lambda name: f"/usr/bin/{name}")


@pytest.mark.parametrize(
    ("listed", "status", "words"),
    [
        ("Noto Sans CJK KR\nNanumGothic,나눔고딕\n", "ok", "NanumGothic"),
        ("", "note", "empty boxes"),
    ],
)
def test_korean_font(
    linux: None, monkeypatch: pytest.MonkeyPatch, listed: str, status: str, words: str
) -> None:
    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert ":lang=ko" in words
        return subprocess.CompletedProcess(words, 0, listed, "")

    monkeypatch.setattr(booth_checks.subprocess, "run", run)
    finding = check_korean_font()
    assert finding.status == status
    assert words in finding.detail
    assert status == "ok" or FONT_PACKAGE in str(finding.remedy)


def test_a_font_list_that_hangs_is_no_font(linux: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(words: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(words, 1)

    monkeypatch.setattr(booth_checks.subprocess, "run", run)
    assert check_korean_font().status == "note"


def test_without_fc_list_it_cannot_be_told(linux: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booth_checks.shutil, "which", lambda name: None)
    assert check_korean_font().status == "note"


def test_session_bus(linux: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert check_session_bus().status == "note"
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(tmp_path / "bus"))
        assert check_session_bus().status == "ok"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus")
    assert check_session_bus().status == "ok"
