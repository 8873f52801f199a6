"""``doctor``: what it finds, and what it makes of that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.commands import checks
from app.commands.checks import Finding
from app.commands.desktop import Desktop
from app.sources.contract import SourceError
from app.sources.devices.usb import UsbCamera
from tests.commands.conftest import ROOT, SideNetwork, Type

PINS = """# Versions that were tested together.
numpy==2.4.6
dv-processing==2.0.4
# tests and checks
pytest==9.2.0
"""


def test_the_report_is_json(type_in: Type, side_network: None) -> None:
    result = type_in("doctor", "--json")
    report = json.loads(result.stdout)
    names = [check["name"] for check in report["checks"]]
    for name in ("python", "numpy", "torch", "dv-processing", "display", "model", "cameras"):
        assert names.count(name) == 1
    problems = [check for check in report["checks"] if check["status"] == "problem"]
    assert report["ok"] == (not problems) == (result.exit_code == 0)


def test_a_headless_machine_is_healthy(type_in: Type, side_network: None) -> None:
    result = type_in("doctor")
    assert result.exit_code == 0, result.stdout
    assert "Sides, 2 classes, input 2x8x8" in result.stdout
    assert "There is no display here." in " ".join(result.stdout.split())


def test_a_model_that_does_not_load_is_a_problem(
    type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.spec import ModelError

    def load(path: Path | None) -> SideNetwork:
        raise ModelError("the weights are gone")

    monkeypatch.setattr("models.live.open_network", load)
    result = type_in("doctor", "--json")
    assert result.exit_code == 1
    model = next(c for c in json.loads(result.stdout)["checks"] if c["name"] == "model")
    assert model["status"] == "problem"
    assert "the weights are gone" in model["detail"]


def test_pins_are_read_with_what_needs_them() -> None:
    assert checks.read_pins(PINS) == [
        ("numpy", "2.4.6", True),
        ("dv-processing", "2.0.4", True),
        ("pytest", "9.2.0", False),
    ]


def test_every_pin_of_ours_is_understood() -> None:
    text = (ROOT / "requirements.txt").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(checks.read_pins(text)) == len(lines)
    needed = {name: wanted for name, _, wanted in checks.read_pins(text)}
    assert needed["torch"]
    assert not needed["pytest"]


@pytest.mark.parametrize(
    ("pin", "status"),
    [("click==0.1", "note"), ("no-such-thing==1.0", "problem"), ("# tests\nno-such==1", "note")],
)
def test_libraries_against_their_pins(tmp_path: Path, pin: str, status: str) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(pin + "\n")
    (finding,) = checks.check_libraries(path)
    assert finding.status == status
    assert finding.remedy


def test_a_local_build_of_the_pinned_version_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.metadata, "version", lambda name: "2.13.0+cpu")
    path = tmp_path / "requirements.txt"
    path.write_text("torch==2.13.0\n")
    assert checks.check_libraries(path) == [Finding("torch", "ok", "2.13.0+cpu")]


def test_a_camera_that_may_not_be_opened_comes_with_the_rule() -> None:
    (finding,) = checks.check_permissions([UsbCamera("152a:8400", Path("/dev/bus/usb/001/004"))])
    assert finding.status == "problem"
    assert "/dev/bus/usb/001/004" in finding.detail
    assert finding.remedy is not None
    for part in ("152a", "/etc/udev/rules.d/", "udevadm control --reload-rules"):
        assert part in finding.remedy


@pytest.mark.parametrize(
    ("found", "status", "words"),
    [(["DVS128 00000499"], "ok", "DVS128 00000499"), ([], "note", "none connected")],
)
def test_cameras(
    monkeypatch: pytest.MonkeyPatch, found: list[str], status: str, words: str
) -> None:
    monkeypatch.setattr("app.sources.devices.camera.discover_cameras", lambda: found)
    finding = checks.check_cameras()
    assert (finding.status, finding.detail) == (status, words)


def test_cameras_that_cannot_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def discover() -> list[str]:
        raise SourceError("USB is off")

    monkeypatch.setattr("app.sources.devices.camera.discover_cameras", discover)
    assert checks.check_cameras().status == "problem"


def test_folders(tmp_path: Path) -> None:
    assert checks.check_folder("log", tmp_path / "new" / "folder").status == "ok"
    assert list((tmp_path / "new" / "folder").iterdir()) == []
    (tmp_path / "file").write_text("")
    finding = checks.check_folder("log", tmp_path / "file" / "folder")
    assert finding.status == "problem"
    assert str(tmp_path / "file") in finding.detail


def test_a_display_is_reported(type_in: Type, side_network: None) -> None:
    screen = Desktop(lambda: None, *[lambda *_, **__: 0] * 2)
    report = json.loads(type_in("doctor", "--json", desktop=screen).stdout)
    display = next(check for check in report["checks"] if check["name"] == "display")
    assert display["status"] == "ok"
