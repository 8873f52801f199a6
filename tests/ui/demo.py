"""The window on a made-up pipeline, to look at: ``python -m tests.ui.demo --help``.

Blobs that swing over a noisy ground stand in for a waving person, a wobbling vote for a network.
With ``--shot PICTURE`` the window saves a picture of itself and closes.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from PySide6.QtCore import QSettings, QTimer

from app.events import Resolution
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.recognition.decision import Recognition
from app.settings import DisplaySettings, Settings
from app.sources.contract import FileSpec, SourceInfo
from app.ui.launch import make_application
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import MainWindow
from app.ui.window_store import WindowStore
from models.data.gestures import CLASSES
from tests.ui.fakes import FakePipeline, FakeSource, chunk, reading, snapshot

DURATION_US = 12_000_000
SECONDS_PER_GESTURE = 2.0


@dataclass
class DemoPipeline(FakePipeline):
    """Plays a swinging arm at the pace of the wall clock."""

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.size = Resolution(128, 128)
        self.name = "right_hand_wave_1.aedat4"
        self.undecided = False
        self.template = snapshot()
        self.began_s = time.monotonic()
        self.position_us = 0

    def take(self) -> Snapshot:
        now_us = int((time.monotonic() - self.began_s) * 1e6) % DURATION_US
        restarted = now_us < self.position_us
        before_us = 0 if restarted else self.position_us
        ticks = max((now_us - before_us) // 1000, 0)
        self.position_us = before_us + 1000 * ticks
        return replace(
            self.template,
            info=SourceInfo(self.name, self.size, False, 0, DURATION_US),
            counts=self.frame(before_us, ticks),
            readings=(
                reading(
                    recognition=self.decision(),
                    raster=(self.spikes(before_us, ticks),) if ticks else (),
                    restarted=restarted,
                ),
            ),
            restarted=restarted,
            stats=Stats(84_213.0, 1_000_000, 3.2, 6.1, 5.3, 4000, 0, 0),
            position_us=self.position_us,
        )

    @property
    def gesture(self) -> int:
        return int(self.position_us / 1e6 / SECONDS_PER_GESTURE) % len(CLASSES)

    def frame(self, t_us: int, ticks: int) -> np.ndarray:
        width, height = self.size.width, self.size.height
        y, x = np.mgrid[0:height, 0:width] / min(width, height)
        rate = np.full((2, height, width), 0.0002)
        for part in range(6):
            angle = 0.6 * np.sin(2 * np.pi * t_us / 4e5) * part / 5
            cx, cy = 0.32 + 0.32 * np.sin(angle) * part / 5, 0.68 - 0.075 * part
            speed = np.cos(2 * np.pi * t_us / 4e5) * part / 5
            d = np.hypot(x - cx - 0.2, y - cy) / 0.05
            edge = np.exp(-((d - 1) ** 2) * 3) * abs(speed) * 0.02
            leading = (x - cx - 0.2) * speed > 0
            rate += np.where(leading, [[[0.25]], [[1.0]]], [[[1.0]], [[0.25]]]) * edge
        d = np.hypot((x - 0.55) / 0.09, (y - 0.36) / 0.12)
        rate += np.exp(-((d - 1) ** 2) * 20) * 0.002
        return self.random.poisson(rate * ticks).astype(np.uint16)

    def spikes(self, t_us: int, ticks: int):
        rate = np.full(len(CLASSES), 0.02)
        rate[self.gesture] = 0.6 + 0.5 * np.sin(2 * np.pi * t_us / 4e5)
        rate[(self.gesture + 3) % 11] = 0.15
        output = self.random.poisson(rate, (ticks, len(CLASSES)))
        hidden = self.random.random((ticks, 256)) < 0.02 + 0.05 * self.wobble(t_us)
        return chunk(t_us, output, hidden.astype(np.uint8), "dense 1")

    def wobble(self, t_us: int) -> np.ndarray:
        phase = np.linspace(0, 6 * np.pi, 256)
        return np.maximum(np.sin(phase + 2 * np.pi * t_us / 6e5), 0)

    def decision(self) -> Recognition:
        votes = np.zeros(len(CLASSES), np.int32)
        votes[self.gesture] = 26 if self.undecided else 66
        votes[(self.gesture + 3) % 11] = 20 if self.undecided else 7
        votes[(self.gesture + 5) % 11] = 18 if self.undecided else 3
        chosen = None if self.undecided else self.gesture
        return Recognition(self.position_us, chosen, chosen, votes.max() / votes.sum(), votes)


def scene(pipeline: DemoPipeline, name: str) -> None:
    """Put the pipeline into the state that ``name`` asks for."""
    template = pipeline.template
    if name == "undecided":
        pipeline.undecided = True
    elif name == "failure":
        sentence = (
            "the recording a_session_with_a_rather_long_file_name_take_two.aedat4 is damaged: "
            "expected a packet header at byte 73,216, got the end of the file"
        )
        failed = replace(template, state=PipelineState.FAILED, failure=sentence, counts=None)
        pipeline.take = lambda: failed
    elif name == "loading":
        empty = replace(template, readings=(), loading="network")
        pipeline.take = lambda: replace(empty, counts=pipeline.frame(0, 2), restarted=True)
    elif name == "wide":
        pipeline.size = Resolution(346, 260)
        pipeline.name = "a_recording_with_an_extraordinarily_long_file_name_" * 3 + ".aedat4"
        pipeline.template = replace(template, notice="the last packet is incomplete; skipped")


@click.command()
@click.option("--shot", type=click.Path(path_type=Path), help="Save a picture here and close.")
@click.option("--size", default="1400x900", show_default=True)
@click.option("--theme", type=click.Choice(["dark", "light", "system"]), default="dark")
@click.option("--palette", default="blue_orange", show_default=True)
@click.option(
    "--scene",
    "name",
    type=click.Choice(["playing", "undecided", "failure", "loading", "wide", "welcome"]),
    default="playing",
)
@click.option("--after-ms", default=2600, show_default=True)
def main(shot: Path | None, size: str, theme: str, palette: str, name: str, after_ms: int) -> None:
    """Show the window on a made-up pipeline."""
    application = make_application()
    display = DisplaySettings(theme=theme, palette=palette)
    scratch = Path(tempfile.mkdtemp(prefix="spikehand-demo-"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(scratch))
    keeper = SettingsKeeper(Settings(display=display), scratch / "settings.json")
    pipelines: list[DemoPipeline] = []

    def build(open_source):
        pipelines.append(DemoPipeline(open_source))
        scene(pipelines[-1], name)
        return pipelines[-1]

    window = MainWindow(Player(FakeSource, build), keeper, WindowStore())
    window.resize(*(int(side) for side in size.split("x")))
    if name != "welcome":
        window.first_painted.connect(lambda: window.open(FileSpec("demo.aedat4")))
    window.show()
    if shot is not None:
        QTimer.singleShot(after_ms, lambda: (window.grab().save(str(shot)), window.close()))
    application.exec()


if __name__ == "__main__":
    main()
