"""A command line to type into: no display, its own settings and log folders."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from app.commands.cli import cli
from app.commands.desktop import Desktop, NoDisplay
from app.events import EVENT_DTYPE, Resolution
from app.sources.aedat4 import Aedat4Writer

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / ".." / "shared" / "recordings"
NO_DISPLAY = "There is no display here."

Type = Callable[..., Result]


def no_window(*_: object, **__: object) -> int:
    raise NoDisplay(NO_DISPLAY)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is read from or left in the user's folders, and logging is put back afterwards."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


@pytest.fixture
def type_in() -> Type:
    """Type a command line; the machine has no display unless ``desktop`` says otherwise."""

    def invoke(*words: object, desktop: Desktop | None = None) -> Result:
        desktop = desktop or Desktop(lambda: NO_DISPLAY, no_window)
        return CliRunner().invoke(cli, [str(word) for word in words], obj=desktop)

    return invoke


def moving_bar(seconds: float, start_us: int = 5_000_000, seed: int = 0) -> np.ndarray:
    """Events of a bar that swings from side to side twice a second on a 128x128 sensor."""
    rng = np.random.default_rng(seed)
    count = int(40_000 * seconds)
    events = np.zeros(count, EVENT_DTYPE)
    t = np.sort(rng.integers(0, int(seconds * 1e6), count))
    events["t"] = start_us + t
    swing = 64 + 40 * np.sin(2 * np.pi * 2 * t / 1e6)
    events["x"] = np.clip(swing + rng.integers(-3, 4, count), 0, 127)
    events["y"] = rng.integers(40, 90, count)
    events["p"] = rng.integers(0, 2, count)
    return events


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small AEDAT 4 recording, 0.4 s from 5 s on."""
    path = tmp_path_factory.mktemp("recordings") / "bar.aedat4"
    with Aedat4Writer(path, Resolution(128, 128)) as writer:
        writer.write(moving_bar(0.4))
    return path
