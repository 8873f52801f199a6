"""A person at a desk: a screen of its own, the program on it, a keyboard and a mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SCREEN = "1280x800x24"
WITHIN_S = 120.0  # for a machine with much else to do
START_WITHIN_S = 300.0  # torch is imported, and on a new machine something is compiled
OWN_FOLDERS = {f"XDG_{name}_HOME": name.lower() for name in ("CONFIG", "DATA", "STATE")}
# What is compiled once need not be compiled for every home.
CACHE = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))


@contextmanager
def screen(size: str = SCREEN) -> Iterator[str]:
    """An X server with a window manager, of ``size`` WIDTHxHEIGHTxDEPTH; its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", size],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:  # to the end of the line, or it would write to nobody
        name = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": name}, stderr=subprocess.DEVNULL
    )
    try:
        yield name
    finally:
        for process in (manager, server):
            process.kill()
            process.wait()


class RealDesk:
    """The program with ``words`` after ``window``, in a home that is empty."""

    def __init__(self, display: str, home: Path, *words: str) -> None:
        self.home = home
        self._told = home / "told.json"
        folders = {variable: str(home / name) for variable, name in OWN_FOLDERS.items()}
        self.environment = {
            **os.environ, **folders, "DISPLAY": display, "HOME": str(home),
            "XDG_CACHE_HOME": CACHE, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "",
            "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self.environment.pop("WAYLAND_DISPLAY", None)
        command = [sys.executable, "-m", "tests.ui.real.witnessed", str(self._told), "window"]
        self.process = subprocess.Popen([*command, *words], cwd=ROOT, env=self.environment)

    def settle(self) -> None:
        """Wait until the window is in front and something is recognised."""
        self.until(lambda: self.tells("decides") and self.tells("active"), START_WITHIN_S)

    def tells(self, name: str) -> Any:
        """What the witness inside says of something."""
        return json.loads(self._told.read_text())[name] if self._told.exists() else None

    def set(self, group: str) -> dict[str, Any]:
        """What the settings file says of a group, empty where it says nothing yet."""
        path = self.home / "config" / "spikehand" / "settings.json"
        return json.loads(path.read_text()).get(group, {}) if path.exists() else {}

    @property
    def title(self) -> str:
        """The title of the window in front, as the window manager has it."""
        return self.do("getactivewindow", "getwindowname")

    def until(self, true: Callable[[], object], within_s: float = WITHIN_S) -> None:
        """Wait until something is true."""
        end_s = time.monotonic() + within_s
        while not true():
            assert self.process.poll() is None, "the program has ended"
            assert time.monotonic() < end_s, f"waited in vain: {self._told.read_text()}"
            time.sleep(0.1)

    def do(self, *words: str) -> str:
        """Let xdotool do something; what it says."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, text=True, capture_output=True, timeout=60
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each with a moment to be answered."""
        for key in keys:
            self.do("key", key)
            time.sleep(0.3)

    def choose(self, menu: str, *letters: str) -> None:
        """Walk through the menus by their letters."""
        self.press(f"alt+{menu}")
        self.until(lambda: self.tells("popup"))
        self.press(*letters)
        self.until(lambda: not self.tells("popup"))

    def answer(self, title: str, text: str) -> None:
        """Type into a dialog, once it is there, and accept it."""
        self.until(lambda: self.tells("active") == title)
        self.press("ctrl+a")
        self.do("type", "--delay", "20", text)
        self.press("Return")

    def point(self, place: str, across: float = 0.5, down: float = 0.5) -> tuple[str, str]:
        """Where a part of a thing stands on the screen."""
        left, top, width, height = self.tells("places")[place]
        return str(round(left + across * width)), str(round(top + down * height))

    def click(self, place: str, across: float = 0.5) -> None:
        """Click on a thing, so far from its left edge as a part of its width, once it is there."""
        self.until(lambda: place in self.tells("places"))
        before = None
        while before != (before := self.tells("places").get(place)):
            self.wait_for_news()  # a window that has just opened is moved by the window manager
        self.do("mousemove", *self.point(place, across), "click", "1")
        self.wait_for_news()

    def wait_for_news(self) -> None:
        """Wait until the witness has looked again, twice, so that it is not what it saw before."""
        seen = self.tells("looks")
        self.until(lambda: self.tells("looks") > seen + 1)

    @contextmanager
    def beside(self, module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Another program on the same screen."""
        command = [sys.executable, "-m", module, *words]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
