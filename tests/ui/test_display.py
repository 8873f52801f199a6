from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui import display
from app.ui.display import display_available, display_problem, library_sentence

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_display() -> None:
    assert not display_available()
    assert display_problem() == (
        "There is no display for a window: neither DISPLAY nor WAYLAND_DISPLAY is set."
    )


@pytest.mark.parametrize("name", [":4077", "unix:4077", "127.0.0.1:4077", "nonsense", ""])
def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DISPLAY", name)
    problem = display_problem()
    assert problem is not None
    assert "does not answer" in problem


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:enable_fonts", "vnc"])
def test_platforms_without_a_server(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display_available()


def test_an_x_server_by_tcp(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(display, "X11_FIRST_PORT", port - 3)
        monkeypatch.setenv("DISPLAY", "127.0.0.1:3.0")
        assert display._x11_reachable()


def test_a_wayland_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert not display_available()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        assert display._plugins() == ["wayland"]
        assert display_problem() is None


def test_the_starter_installs_what_the_window_asks_for() -> None:
    listed = re.search(r'^LIBRARIES="([^"]+)"', (ROOT / "run.sh").read_text(), re.MULTILINE)
    assert listed is not None
    assert listed[1].split() == display.APT_PACKAGES.split()


def test_a_missing_library_is_named_with_its_cure() -> None:
    sentence = library_sentence(
        "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
    )
    assert "(libxcb-cursor.so.0)" in sentence
    assert "sudo apt-get install" in sentence
    assert "libxcb-cursor0" in sentence


def test_a_library_that_cannot_be_loaded_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise OSError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(display.ctypes, "CDLL", refuse)
    problem = display_problem()
    assert problem is not None
    assert "libEGL.so.1" in problem


def test_one_way_to_draw_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_wayland(path: str) -> None:
        if "libqwayland" in path:
            raise OSError("libwayland-client.so.0: cannot open shared object file: no such file")

    monkeypatch.setattr(display.ctypes, "CDLL", refuse_wayland)
    monkeypatch.setattr(display, "_wayland_reachable", lambda: True)
    monkeypatch.setattr(display, "_x11_reachable", lambda: True)
    assert display_available()
    monkeypatch.setattr(display, "_x11_reachable", lambda: False)
    assert "libwayland-client.so.0" in (display_problem() or "")


def test_asking_needs_no_qt() -> None:
    code = (
        "import sys; from app.ui.display import display_available; display_available();"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0
