"""Films of what is shown, and of recordings out of sight."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from app.pipeline.film import Film, Reel
from app.pipeline.snapshot import PipelineState, Snapshot
from app.settings import DisplaySettings, VoteSettings
from app.sources.contract import FileSpec, SourceSpec
from app.ui.composing import size_for
from app.ui.filmed import Filmed
from app.ui.logic.film_words import ending
from app.ui.theme import DARK
from tests.ui.conftest import Desk
from tests.ui.fakes import RECORDING, FakePipeline, FakeSource, recognition, snapshot

START_US, SLICE_US = RECORDING.start_us, 40_000


def frames(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as file:
        return list(file.decode(file.streams.video[0]))


def shown(t_us: int, **fields: object) -> Snapshot:
    counts = np.zeros((2, 6, 8), np.uint16)
    counts[1, 3, t_us // SLICE_US % 8] = 9
    return snapshot(
        counts=counts, position_us=t_us, recognition=recognition("arm_roll", t_us, arm_roll=70),
        **fields,
    )  # fmt: skip


class SteppingPipeline(FakePipeline):
    """Shows one slice for each step after a seek, and its decision one take later."""

    t_us: int | None = None
    late = False

    def seek(self, t_us: int) -> None:
        super().seek(t_us)
        self.t_us = t_us

    def step(self) -> None:
        super().step()
        self.t_us += SLICE_US
        self.late = True

    def take(self) -> Snapshot:
        if self.t_us is None:
            return shown(START_US, state=PipelineState.PAUSED)
        made = shown(self.t_us, state=PipelineState.PAUSED)
        if self.late:
            self.late = False
            before = replace(made.readings[0], recognition=recognition("arm_roll", 0, arm_roll=1))
            return replace(made, readings=(before,))
        return made


def playing(desk: Desk) -> None:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(shown(START_US))


def told(desk: Desk) -> str:
    return desk.window.banner.sentence


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
def test_what_is_shown_is_filmed_until_it_is_enough(desk: Desk, qtbot, tmp_path, suffix) -> None:
    playing(desk)
    film, action = desk.window.views.film, desk.window.actions_by_name["film"]
    path = tmp_path / f"a{suffix}"
    film.film(path)
    for number in range(1, 6):
        desk.show(shown(START_US + number * SLICE_US))
        qtbot.wait(15)
    assert action.isChecked()
    assert action.text() == "Stop &filming"
    assert re.fullmatch(r"● filming 0:\d\d\.\d", desk.window.instrument.events.canvas.badge)
    action.trigger()
    last = shown(START_US + 6 * SLICE_US)

    def tells() -> bool:
        desk.show(last)
        return "filmed" in told(desk).lower()

    qtbot.waitUntil(tells, timeout=10_000)
    seen = frames(path)
    assert len(seen) >= 4
    size = size_for(8, 6, decision=True)
    assert (seen[0].width, seen[0].height) == (size.width(), size.height())
    assert not action.isChecked()
    assert desk.window.instrument.events.canvas.badge == ""


def test_a_name_that_is_no_films_is_a_sentence(desk: Desk, tmp_path) -> None:
    playing(desk)
    desk.window.views.film.film(tmp_path / "a.avi")
    assert "a name that ends in .mp4 or .gif" in told(desk)
    assert not desk.window.views.film.runs


def test_another_sensor_ends_the_film(desk: Desk, qtbot, tmp_path) -> None:
    playing(desk)
    film = desk.window.views.film
    film.film(tmp_path / "a.mp4")
    desk.show(shown(START_US + SLICE_US))
    desk.show(replace(shown(START_US + 2 * SLICE_US), counts=np.zeros((2, 12, 8), np.uint16)))
    assert not film.runs
    assert film.stop(10)
    assert len(frames(tmp_path / "a.mp4")) == 1


def test_a_window_that_closes_leaves_a_whole_film(desk: Desk, tmp_path) -> None:
    playing(desk)
    desk.window.views.film.film(tmp_path / "a.mp4")
    for number in range(1, 3):
        desk.show(shown(START_US + number * SLICE_US))
    desk.window.close()
    assert frames(tmp_path / "a.mp4")


@pytest.mark.parametrize(("marks", "pictures"), [((), 101), (("mark_a", "mark_b"), 6)])
def test_a_recording_or_its_part_is_filmed_slice_by_slice(
    desk: Desk, qtbot, tmp_path, marks, pictures
) -> None:
    pipelines: list[SteppingPipeline] = []

    def project(spec: SourceSpec) -> SteppingPipeline:
        pipelines.append(SteppingPipeline(lambda: FakeSource(spec)))
        return pipelines[-1]

    desk.window.player.project = project
    playing(desk)
    for offset_us, name in zip((1_000_000, 1_200_000), marks, strict=False):
        desk.show(shown(START_US + offset_us))
        desk.window.actions_by_name[name].trigger()
    film = desk.window.views.film
    film.film_recording(tmp_path / "a.mp4")
    desk.show(shown(START_US))
    assert not desk.window.actions_by_name["film_recording"].isEnabled()
    qtbot.waitUntil(lambda: film.projection is None, timeout=60_000)
    seen = frames(tmp_path / "a.mp4")
    assert len(seen) == pictures
    assert [round(1000 * frame.time) for frame in seen[:3]] == [0, 40, 80]
    assert f"{pictures} pictures" in told(desk)
    assert ("stop", 2.0) in pipelines[0].calls


def test_a_recording_that_breaks_is_told(desk: Desk, qtbot, tmp_path) -> None:
    broken = FakePipeline(lambda: FakeSource(FileSpec("a.aedat4")))
    broken.next_snapshot = snapshot(state=PipelineState.FAILED, failure="the file is cut short")
    desk.window.player.project = lambda spec: broken
    playing(desk)
    film = desk.window.views.film
    film.film_recording(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: film.projection is None, timeout=10_000)
    assert told(desk) == "The file is cut short"
    assert not list(tmp_path.glob("*.mp4"))


def test_what_the_user_has_enough_of_is_as_long_as_it_has_become(
    desk: Desk, qtbot, tmp_path
) -> None:
    endless = SteppingPipeline(lambda: FakeSource(FileSpec("a.aedat4")))
    desk.window.player.project = lambda spec: endless
    playing(desk)
    film = desk.window.views.film
    film.film_recording(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: ("step",) in endless.calls, timeout=10_000)
    film.projection._dialog.canceled.emit()
    qtbot.waitUntil(lambda: film.projection is None, timeout=10_000)
    assert 1 <= len(frames(tmp_path / "a.mp4")) < 101


def test_a_window_that_closes_leaves_a_whole_film_of_the_recording(
    desk: Desk, qtbot, tmp_path
) -> None:
    stepping = SteppingPipeline(lambda: FakeSource(FileSpec("a.aedat4")))
    desk.window.player.project = lambda spec: stepping
    playing(desk)
    desk.window.views.film.film_recording(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: ("step",) in stepping.calls, timeout=10_000)
    desk.window.close()
    assert frames(tmp_path / "a.mp4")


def test_pictures_are_made_whether_anybody_looks_or_not(qapp) -> None:
    filmed = Filmed(DisplaySettings(save_decision=False, overlay=True), DARK, VoteSettings())
    assert filmed.picture(shown(0)) is None
    filmed.add(shown(SLICE_US))
    picture = filmed.picture(shown(SLICE_US))
    assert picture.size() == size_for(8, 6, decision=False)
    filmed.add(snapshot(counts=None))
    assert filmed.picture(shown(0)) is None


def test_an_ending_says_what_is_missing() -> None:
    reel = Reel(Path("a.mp4"), 1200, 3)
    assert ending(reel) == "filmed 1,200 pictures into a.mp4; 3 came too fast to be written"
    assert ending(replace(reel, failure="the disk is full")) == "the disk is full"


def test_a_film_thread_ends_with_its_film(tmp_path) -> None:
    film = Film(tmp_path / "a.mp4")
    film.close()
    assert film.join(5)
