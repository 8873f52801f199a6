"""Closing the window on the real pipeline, whatever it is doing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.events import EVENT_DTYPE, EventBatch
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState
from app.settings import PlaybackSettings, Settings
from app.sources.contract import FileSpec
from app.ui import main_window
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import STOP_TIMEOUT_S, MainWindow
from app.ui.window_store import WindowStore
from models.spec import ModelError, TickEvents
from tests.pipeline.fakes import SIDE, LiveSource, Recording
from tests.recognition.streams import CountingNetwork

HANG_S = 20.0
SHORT_TIMEOUT_S = 0.3
BUSY_MACHINE_S = 3.0


def events(duration_us: int = 60_000_000) -> np.ndarray:
    made = np.zeros(6000, EVENT_DTYPE)
    made["t"] = np.linspace(0, duration_us, len(made))
    made["x"] = made["y"] = SIDE // 2
    return made


class HangingSource(Recording):
    """Opens, and never says another word; closing does not help."""

    def batches(self) -> Iterator[EventBatch]:
        time.sleep(HANG_S)
        yield from ()


class BusyNetwork(CountingNetwork):
    """Takes for ever over its first ticks."""

    def run(self, ticks: TickEvents):
        time.sleep(HANG_S)


def hang() -> Recording:
    time.sleep(HANG_S)
    return Recording(events())


def hang_loading() -> CountingNetwork:
    time.sleep(HANG_S)
    return CountingNetwork()


def refuse() -> CountingNetwork:
    raise ModelError("the model is damaged")


def window_on(
    qtbot, open_source: Callable[[], object], load_network: Callable[[], object]
) -> MainWindow:
    def build(opener: object) -> Pipeline:
        return Pipeline(opener, load_network, Settings())

    player = Player(lambda spec: open_source(), build)
    once = Settings(playback=PlaybackSettings(loop=False))
    window = MainWindow(player, SettingsKeeper(once), WindowStore())
    qtbot.addWidget(window)
    window.show()
    window.open(FileSpec("a.aedat4"))
    return window


def close_in_time(window: MainWindow, timeout_s: float = STOP_TIMEOUT_S) -> None:
    began_s = time.monotonic()
    assert window.close()
    assert time.monotonic() - began_s < timeout_s + BUSY_MACHINE_S


@pytest.mark.parametrize(
    ("open_source", "load_network", "state"),
    [
        (hang, CountingNetwork, PipelineState.STARTING),
        (lambda: HangingSource(events()), CountingNetwork, PipelineState.PLAYING),
        (lambda: Recording(events()), BusyNetwork, PipelineState.PLAYING),
        (lambda: Recording(events()), hang_loading, PipelineState.PLAYING),
    ],
    ids=["source opens for ever", "source is silent", "network is busy", "network loads for ever"],
)
def test_closing_while_something_hangs(
    qtbot, monkeypatch, open_source: Callable[[], object], load_network: Callable[[], object], state
) -> None:
    monkeypatch.setattr(main_window, "STOP_TIMEOUT_S", SHORT_TIMEOUT_S)
    window = window_on(qtbot, open_source, load_network)
    qtbot.waitUntil(lambda: window.player.snapshot.state is state, timeout=5000)
    qtbot.wait(100)
    close_in_time(window, SHORT_TIMEOUT_S)
    assert not window.stopped_in_time


def test_closing_is_patient_for_a_while(qtbot) -> None:
    window = window_on(qtbot, hang, CountingNetwork)
    began_s = time.monotonic()
    close_in_time(window)
    assert time.monotonic() - began_s >= STOP_TIMEOUT_S
    assert not window.stopped_in_time


@pytest.mark.parametrize(
    ("open_source", "load_network", "state"),
    [
        (lambda: Recording(events()), CountingNetwork, PipelineState.PLAYING),
        (lambda: Recording(events(20_000)), CountingNetwork, PipelineState.FINISHED),
        (lambda: Recording(events(), fail_after=1), CountingNetwork, PipelineState.FAILED),
        (lambda: Recording(events()), refuse, PipelineState.FAILED),
        (LiveSource, CountingNetwork, PipelineState.PLAYING),
    ],
    ids=["playing", "finished", "source failed", "network failed", "live"],
)
def test_closing_ends_everything(
    qtbot, open_source: Callable[[], object], load_network: Callable[[], object], state
) -> None:
    window = window_on(qtbot, open_source, load_network)
    qtbot.waitUntil(lambda: window.player.snapshot.state is state, timeout=10_000)
    close_in_time(window)
    assert window.stopped_in_time


def test_closing_while_paused(qtbot) -> None:
    window = window_on(qtbot, lambda: Recording(events()), CountingNetwork)
    qtbot.waitUntil(lambda: window.player.is_running, timeout=5000)
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: window.player.snapshot.state is PipelineState.PAUSED, timeout=5000)
    close_in_time(window)
    assert window.stopped_in_time


def test_after_a_failure_the_next_file_plays(qtbot) -> None:
    sources = iter([Recording(events(), fail_after=1), Recording(events())])
    window = window_on(qtbot, lambda: next(sources), CountingNetwork)
    qtbot.waitUntil(lambda: window.banner.sentence != "", timeout=10_000)
    assert window.banner.sentence == "The recording is damaged"
    window.open(FileSpec("b.aedat4"))
    qtbot.waitUntil(lambda: window.player.snapshot.state is PipelineState.PLAYING, timeout=10_000)
    assert window.banner.sentence == ""
    close_in_time(window)
