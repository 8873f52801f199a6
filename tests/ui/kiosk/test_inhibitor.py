from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ui.kiosk import inhibitor
from app.ui.kiosk.inhibitor import REASON, Inhibitor

ROOT = Path(__file__).resolve().parents[3]
CONFIG = """
<busconfig><type>session</type><listen>unix:dir={folder}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of our own; its address is in the environment."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon")
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(folder=tmp_path))
    process = subprocess.Popen(
        [daemon, "--nofork", "--print-address", f"--config-file={config}"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    address = process.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def screen_saver(bus: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.kiosk.screen_saver"],
        cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "serving\n"
    yield process
    process.kill()
    process.wait()


def test_the_screen_saver_is_asked_and_let_go(
    screen_saver: subprocess.Popen[str], qtbot, caplog: pytest.LogCaptureFixture
) -> None:
    made = Inhibitor()
    qtbot.waitUntil(lambda: made.granted == ["org.freedesktop.ScreenSaver"], timeout=10_000)
    assert screen_saver.stdout.readline() == f"inhibited by Spikehand: {REASON}\n"
    made.release()
    assert screen_saver.stdout.readline() == "somebody left\n"
    assert made.granted == []
    assert caplog.text == ""


def test_a_bus_without_a_screen_saver_is_said_once(
    bus: str, qtbot, caplog: pytest.LogCaptureFixture
) -> None:
    made = Inhibitor()
    qtbot.waitUntil(lambda: "nothing keeps the screen from blanking" in caplog.text)
    qtbot.wait(50)
    assert caplog.text.count("nothing keeps the screen from blanking") == 1
    made.release()


def test_without_a_bus_it_says_so_once_and_starts_none(
    qapp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    def refuse(*_: object) -> None:
        raise AssertionError("asked for a bus that is not there")

    monkeypatch.setattr(inhibitor.QDBusConnection, "connectToBus", refuse)
    made = Inhibitor()
    made.release()
    assert caplog.text.count("nothing keeps the screen from blanking") == 1


def test_a_bus_that_has_gone_is_said_once(
    qapp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'gone'}")
    Inhibitor().release()
    assert caplog.text.count("nothing keeps the screen from blanking") == 1
