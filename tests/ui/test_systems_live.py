"""The real window on the real pipeline with real, small networks: choose, compare, fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.systems import system_at
from app.settings import RecognitionSettings, Settings
from app.settings_file import load
from app.sources.contract import FileSpec
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import MainWindow
from app.ui.system_switch import FIRST, SECOND, wanted_systems
from app.ui.window_store import WindowStore
from tests.pipeline.fakes import SIDE, Recording
from tests.recognition.streams import random_events

PATIENCE_MS = 20_000  # torch may have to be imported first, on a busy machine


class Show:
    """A window that plays a minute of noise."""

    def __init__(self, qtbot, settings: Settings, model: Path, compare: Path | None) -> None:
        self.recording = Recording(random_events(60_000, 60_000_000, SIDE))
        self.opened = 0
        self.taken: list[Snapshot] = []
        self._qtbot = qtbot
        systems = wanted_systems(settings.recognition, model, compare)
        fallback = system_at(model.with_name("near.safetensors"))

        def build(open_source: Callable[[], object]) -> Pipeline:
            pipeline = Pipeline(open_source, systems, settings, fallback=fallback)
            take = pipeline.take
            pipeline.take = lambda: self.taken.append(take()) or self.taken[-1]
            return pipeline

        keeper = SettingsKeeper(settings)
        self.window = MainWindow(Player(self._open, build, systems), keeper, WindowStore())
        qtbot.addWidget(self.window)
        self.window.resize(1100, 700)
        self.window.show()
        self.window.open(FileSpec("noise.aedat4"))

    def _open(self, spec: object) -> Recording:
        self.opened += 1
        return self.recording

    def until(self, condition: Callable[[Snapshot], object]) -> Snapshot:
        self._qtbot.waitUntil(lambda: bool(condition(self.taken[-1])), timeout=PATIENCE_MS)
        return self.taken[-1]

    def until_decided_by(self, *names: str) -> Snapshot:
        return self.until(
            lambda s: [r.spec.name for r in s.readings if r.recognition is not None] == [*names]
        )

    def choose(self, place: int, path: Path) -> None:
        self.window.systems.choose(place, path)

    @property
    def names(self) -> list[str]:
        instrument = self.window.instrument
        answers = [instrument.first, instrument.second][: 1 + instrument.comparing]
        return [answer.chooser.text() for answer in answers]


@pytest.fixture
def play(qtbot) -> Iterator[Callable[..., Show]]:
    shows: list[Show] = []

    def start(
        model: Path, compare: Path | None = None, recognition: RecognitionSettings | None = None
    ) -> Show:
        settings = Settings(recognition=recognition or RecognitionSettings())
        shows.append(Show(qtbot, settings, model, compare))
        return shows[-1]

    yield start
    for show in shows:
        show.window.close()
        assert show.window.stopped_in_time


def test_another_system_while_it_plays(
    play: Callable[..., Show], checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    show = play(checkpoints["near"])
    before = show.until_decided_by("near")
    assert load(tmp_path / "settings.json").settings.recognition == RecognitionSettings()
    show.choose(FIRST, checkpoints["far"])
    after = show.until_decided_by("far")
    assert show.names == ["Far"]
    assert after.position_us > before.position_us
    assert (show.opened, show.recording.seeks, after.stats.dropped_slices) == (1, [], 0)
    show.until(lambda _: load(tmp_path / "settings.json").settings.recognition.model is not None)
    assert load(tmp_path / "settings.json").settings.recognition.model == str(checkpoints["far"])
    show.choose(FIRST, checkpoints["near"])
    show.until_decided_by("near")


def test_two_at_once_and_one_again(play: Callable[..., Show], checkpoints: dict[str, Path]) -> None:
    show = play(checkpoints["near"])
    show.until_decided_by("near")
    assert not show.window.instrument.comparing
    show.choose(SECOND, checkpoints["far"])
    both = show.until_decided_by("near", "far")
    assert show.names == ["Near", "Far"]
    assert show.window.instrument.second.gesture.isVisible()
    first, second = both.readings
    assert first.recognition.t_us == second.recognition.t_us
    assert [reading.spec.input_shape for reading in both.readings] == [(2, 16, 16), (2, 32, 32)]
    show.until(lambda s: len(s.stats.loads) == 2)
    show.window.actions_by_name["alone"].trigger()
    show.until_decided_by("near")
    assert not show.window.instrument.second.gesture.isVisible()


def test_two_from_the_command_line(play: Callable[..., Show], checkpoints: dict[str, Path]) -> None:
    show = play(checkpoints["near"], checkpoints["far"])
    show.until_decided_by("near", "far")
    assert show.names == ["Near", "Far"]


@pytest.mark.parametrize("place", [FIRST, SECOND])
@pytest.mark.parametrize(
    ("name", "said"),
    [("damaged", "is damaged or not a model"), ("missing", "does not exist")],
)
def test_a_bad_file_is_one_sentence_and_nothing_stops(
    play: Callable[..., Show],
    checkpoints: dict[str, Path],
    tmp_path: Path,
    place: int,
    name: str,
    said: str,
) -> None:
    show = play(checkpoints["near"])
    show.until_decided_by("near")
    show.choose(place, checkpoints.get(name, tmp_path / f"{name}.safetensors"))
    told = show.until(lambda s: s.refusal is not None)
    show.until(lambda _: show.names == ["Near"])
    assert said in show.window.banner.sentence
    assert show.window.banner.is_failure
    later = show.until(lambda s: s.position_us > told.position_us + 50_000)
    assert later.state is PipelineState.PLAYING
    assert [reading.spec.name for reading in later.readings] == ["near"]
    assert show.opened == 1
    assert load(tmp_path / "settings.json").settings.recognition == RecognitionSettings()


def test_a_bad_file_at_the_start_gives_way_to_the_fallback(
    play: Callable[..., Show], checkpoints: dict[str, Path]
) -> None:
    show = play(checkpoints["damaged"])
    show.until_decided_by("near")
    assert show.names == ["Near"]
    assert "is damaged or not a model" in show.window.banner.sentence
