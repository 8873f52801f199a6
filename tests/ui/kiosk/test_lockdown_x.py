"""A bored teenager before a real X server with a window manager, by way of xdotool."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.booth.messages import Beat, decode
from app.ui.actions import ACTIONS
from tests.ui.real.desk import screen

CACHE = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
ROOT = Path(__file__).resolve().parents[3]
TOOLS = ("Xvfb", "openbox", "xdotool", "xprop")
PIN, WRONG = "2468", "1357"
WIDTH, HEIGHT = 1024, 600
KEYS = (
    *"abcdefghijklmnopqrstuvwxyz0123456789", *(f"F{number}" for number in range(1, 13)),
    "Escape", "Return", "Tab", "space", "BackSpace", "Delete", "Insert", "Home", "End", "Prior",
    "Next", "Left", "Right", "Up", "Down", "Menu", "Print", "Super_L", "Alt_L", "slash", "minus",
)  # fmt: skip
MODIFIERS = ("alt", "ctrl", "shift", "super")
XDOTOOL_KEYS = {
    ",": "comma", ".": "period", "[": "bracketleft", "]": "bracketright", "-": "minus",
    "+": "plus", "Esc": "Escape", "Space": "space",
}  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}"
    ),
]


class Booth:
    """A booth in a process of its own on a screen of its own."""

    def __init__(self, display: str, home: Path) -> None:
        self.environment = {
            **os.environ, "DISPLAY": display, "HOME": str(home), "XDG_STATE_HOME": str(home),
            "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": CACHE, "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "",
        }  # fmt: skip
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.kiosk.booth_process", PIN],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.beats: list[Beat] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait_until(lambda: self.recognised)
        (self.window,) = self.windows("_NET_ACTIVE_WINDOW")

    def _listen(self) -> None:
        for line in self.process.stdout:
            message = decode(line)
            if isinstance(message, Beat):
                self.beats.append(message)

    @property
    def recognised(self) -> bool:
        return bool(self.beats) and self.beats[-1].decisions > 0

    def wait_until(self, true: Callable[[], bool], within_s: float = 30.0) -> None:
        until_s = time.monotonic() + within_s
        while not true():
            assert self.process.poll() is None, "it has ended"
            assert time.monotonic() < until_s, "waited in vain"
            time.sleep(0.05)

    def do(self, *lines: str) -> None:
        """Let xdotool do something."""
        subprocess.run(
            ["xdotool", "-"], input="\n".join(lines) + "\n", env=self.environment, text=True,
            check=False, capture_output=True, timeout=120,
        )  # fmt: skip

    def ask(self, name: str, window: str | None = None) -> str:
        """A property of the root window, or of another one."""
        of = ["-id", window] if window else ["-root"]
        done = subprocess.run(
            ["xprop", *of, name], env=self.environment, text=True, capture_output=True, timeout=20
        )
        return done.stdout

    def windows(self, name: str) -> list[str]:
        """The windows in a property of the root window."""
        return re.findall("0x[0-9a-f]+", self.ask(name))

    def check_in_place(self) -> None:
        """The booth is alive, alone, in front, over the whole screen and still recognising."""
        assert self.process.poll() is None
        self.wait_until(lambda: self.windows("_NET_ACTIVE_WINDOW") == [self.window])
        assert self.windows("_NET_CLIENT_LIST") == [self.window], "another window is open"
        state = self.ask("_NET_WM_STATE", self.window)
        assert "_NET_WM_STATE_FULLSCREEN" in state
        assert "_NET_WM_STATE_HIDDEN" not in state
        decisions = self.beats[-1].decisions
        self.wait_until(lambda: self.beats[-1].decisions > decisions)

    def type_pin(self, pin: str) -> None:
        self.do("key ctrl+shift+k", "sleep 0.3", f"type {pin}", "key Return", "sleep 0.3")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def display() -> Iterator[str]:
    with screen(f"{WIDTH}x{HEIGHT}x24") as name:
        yield name


@pytest.fixture
def booth(display: str, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(display, tmp_path)
    yield made
    made.end()


def mischief(chance: random.Random) -> str:
    """One thing that a visitor may do to mouse or keyboard."""
    x, y = chance.randrange(WIDTH), chance.randrange(HEIGHT)
    held = "+".join(chance.sample(MODIFIERS, chance.choice((0, 0, 1, 1, 2))))
    key = "+".join(filter(None, (held, chance.choice(KEYS))))
    press = f"mousemove {x} {y} click {chance.randrange(1, 6)}"
    drag = f"mousemove {x} {y} mousedown {chance.randrange(1, 4)} mousemove {y} {x // 2}"
    drag = f"{drag} mouseup 1 mouseup 2 mouseup 3"
    with_alt = f"keydown alt {drag} keyup alt"
    return chance.choice((f"key {key}", f"key {key}", press, drag, with_alt))


def xdotool_key(shortcut: str) -> str:
    *held, key = shortcut.split("+") if len(shortcut) > 1 else [shortcut]
    return "+".join([*map(str.lower, held), XDOTOOL_KEYS.get(key, key)])


def test_nothing_a_visitor_does_moves_it(booth: Booth) -> None:
    chance = random.Random(14)
    for _ in range(8):
        booth.do(*(f"{mischief(chance)}\nsleep 0.01" for _ in range(50)))
        booth.check_in_place()


def test_no_shortcut_of_the_window_does_anything(booth: Booth) -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    for key in keys:
        booth.do(f"key {xdotool_key(key)}", "sleep 0.05")
    booth.check_in_place()


def test_a_window_manager_cannot_close_or_hide_it(booth: Booth) -> None:
    booth.do("key alt+F4", "key alt+Tab", "key alt+space", "key super+d", "key super+e")
    booth.check_in_place()
    window = int(booth.window, 16)
    booth.do(f"windowquit {window}", "sleep 0.5")
    booth.check_in_place()
    booth.do(f"windowminimize {window}", "sleep 1.5")
    booth.check_in_place()
    booth.do(f"windowmove {window} 100 100", f"windowsize {window} 200 200", "sleep 1")
    booth.check_in_place()


def test_a_wrong_pin_does_not_leave_and_the_right_one_does(booth: Booth) -> None:
    booth.type_pin(WRONG)
    booth.check_in_place()
    booth.do("key Escape", "sleep 0.2")
    booth.type_pin(PIN)
    assert booth.process.wait(10) == 0


def test_sigterm_ends_it_with_its_children(booth: Booth) -> None:
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(booth.process.pid)], capture_output=True, text=True
    ).stdout.split()
    assert children
    booth.process.send_signal(signal.SIGTERM)
    assert booth.process.wait(10) == 128 + signal.SIGTERM
    until_s = time.monotonic() + 5  # Python's own tracker of shared memory leaves after it
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < until_s, "a child is left behind"
        time.sleep(0.05)
