"""A command line to type into: no display, its own settings and log folders."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from app.commands.cli import cli
from app.commands.desktop import Desktop, NoDisplay
from app.commands.logs import log_path
from app.events import EVENT_DTYPE, Resolution
from app.sources.formats.aedat4 import Aedat4Writer
from models.data.gestures import CLASSES
from models.spec import LayerSpikes, ModelSpec, TickEvents, TickOutput

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / ".." / "shared" / "recordings"
CACHE = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
NO_DISPLAY = "There is no display here."

Type = Callable[..., Result]


def no_window(*_: object, **__: object) -> int:
    raise NoDisplay(NO_DISPLAY)


@contextmanager
def home_in(folder: Path) -> Iterator[None]:
    """Nothing is read from or left in the user's folders, and logging is put back afterwards."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    try:
        with pytest.MonkeyPatch.context() as patch:
            for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
                patch.setenv(variable, str(folder / "home"))
            # Compiled code is the user's own, or every process would compile it anew.
            patch.setenv("XDG_CACHE_HOME", CACHE)
            yield
    finally:
        for handler in set(root.handlers) - set(handlers):
            handler.close()
        root.handlers[:], sys.excepthook = handlers, hook
        root.setLevel(level)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[None]:
    with home_in(tmp_path):
        yield


@pytest.fixture
def type_in() -> Type:
    """Type a command line; the machine has no display unless ``desktop`` says otherwise."""

    def invoke(*words: object, desktop: Desktop | None = None) -> Result:
        desktop = desktop or Desktop(lambda: NO_DISPLAY, no_window, no_window)
        return CliRunner().invoke(cli, [str(word) for word in words], obj=desktop)

    return invoke


START_US = 5_000_000


def left_then_right() -> np.ndarray:
    """0.4 s on a 128x128 sensor, an event every 25 us: 0.3 s at the left, 0.1 s at the right."""
    t = np.arange(0, 400_000, 25)
    events = np.zeros(len(t), EVENT_DTYPE)
    events["t"] = START_US + t
    events["x"] = np.where(t < 300_000, 20, 100) + t // 25 % 7
    events["y"] = 40 + t // 25 % 31
    events["p"] = t // 25 % 2
    return events


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``left_then_right`` as AEDAT 4."""
    path = tmp_path_factory.mktemp("recordings") / "sides.aedat4"
    with Aedat4Writer(path, Resolution(128, 128)) as writer:
        writer.write(left_then_right())
    return path


class SideNetwork:
    """Fires for "left" or "right", wherever more of a tick's events are; silent without any."""

    spec = ModelSpec("sides", "none", ("left", "right"), (2, 8, 8))

    def reset(self) -> None: ...

    def skip(self, duration_us: int) -> None: ...

    def run(self, ticks: TickEvents) -> TickOutput:
        per_column = ticks.counts().sum(axis=(1, 2))
        halves = np.stack([per_column[:, :4].sum(1), per_column[:, 4:].sum(1)], 1)
        layer = LayerSpikes("output", (halves > 0).astype(np.uint8))
        return TickOutput(halves.astype(np.int32), (layer,), np.zeros(len(halves), np.int64))


class FaultyNetwork(SideNetwork):
    """Has a mistake in it."""

    def run(self, ticks: TickEvents) -> TickOutput:
        raise ZeroDivisionError("oops")


@pytest.fixture
def faulty_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled model is replaced by one that fails as only a mistake of ours does."""
    monkeypatch.setattr("models.live.open_network", lambda path, **_: FaultyNetwork())


def assert_fault_of_ours(result: Result) -> None:
    """Exit code 1, one sentence that names the log, and the traceback in there."""
    assert result.exit_code == 1
    *_, sentence = result.stderr.splitlines()
    assert sentence.startswith("Error: a fault in Spikehand itself, ")
    assert "ZeroDivisionError: oops" in sentence
    assert str(log_path()) in sentence
    assert result.stderr.count("oops") == 1
    assert "Traceback" not in result.stderr
    assert "Traceback" in log_path().read_text()


@pytest.fixture
def side_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled model is replaced by ``SideNetwork``, so that decisions are known beforehand."""
    monkeypatch.setattr("models.live.open_network", lambda path, **_: SideNetwork())


@pytest.fixture(scope="session")
def untrained_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small real network that has learnt nothing, for the program as a whole."""
    import torch

    from models.networks.checkpoint import save_checkpoint
    from models.networks.conv_lif import ConvLif, ConvLifParameters

    torch.manual_seed(0)
    parameters = ConvLifParameters(side=16, channels=(2, 2, 2), hidden=4)
    network = ConvLif(parameters)
    network.finish(1.0)
    path = tmp_path_factory.mktemp("models") / "untrained.safetensors"
    spec = ModelSpec("untrained", "conv_lif", CLASSES, (2, 16, 16), parameters=asdict(parameters))
    save_checkpoint(path, network.eval(), spec)
    return path


def start(*words: object, **options: Any) -> subprocess.Popen[str]:
    """The real program."""
    return subprocess.Popen(
        [sys.executable, "main.py", *map(str, words)],
        cwd=ROOT,
        text=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def port_of(line: str) -> int:
    """The port in what ``serve`` says first."""
    found = re.search(r":(\d+);", line)
    assert found, line
    return int(found[1])
