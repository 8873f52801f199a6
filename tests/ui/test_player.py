from __future__ import annotations

from pathlib import Path

import pytest

from app.events import Resolution
from app.pipeline.snapshot import PipelineState
from app.pipeline.systems import System
from app.pipeline.wishes import RegionWish, WatchWish
from app.recognition.watching import Patch
from app.sources.contract import CameraSpec, FileSpec
from app.ui.logic.player import Player
from tests.ui.fakes import CAMERA, FakePipeline, FakeSource, reading, snapshot

SPEC = FileSpec("a.aedat4")


def playing(**fields: object) -> tuple[Player, FakePipeline]:
    """A player that has taken one snapshot, with what it did since."""
    made: list[FakePipeline] = []

    def build(open_source: object) -> FakePipeline:
        made.append(FakePipeline(open_source, snapshot(**fields)))
        return made[-1]

    player = Player(FakeSource, build)
    player.open(SPEC)
    player.take()
    made[0].calls.clear()
    return player, made[0]


def test_nothing_happens_before_the_first_source() -> None:
    player = Player(FakeSource, FakePipeline)
    player.toggle()
    player.restart()
    player.step_forward()
    player.step_back(5000)
    player.set_speed(2.0)
    player.set_loop(False)
    assert player.take() is None
    assert player.stop(3.0)


def test_what_was_wished_for_before_is_asked_of_the_first_pipeline() -> None:
    made: list[FakePipeline] = []
    player = Player(FakeSource, lambda source: made.append(FakePipeline(source)) or made[-1])
    watch = WatchWish(Patch(0, 0, 3, 3))
    region = RegionWish((0, 0, 4, 4), Resolution(8, 6))
    player.watch(watch)
    player.set_region(region)
    player.open(SPEC)
    assert made[0].calls == [("watch", watch), ("set_region", region), ("start",)]


def test_what_is_held_is_seen_again_with_another_wish() -> None:
    player, pipeline = playing(state=PipelineState.PAUSED, position_us=2_000_000)
    player.watch(WatchWish(Patch(0, 0, 3, 3)))
    player.set_region(None)
    player.watch(None)
    assert [call for call in pipeline.calls if call[0] == "seek"] == [("seek", 2_000_000)] * 2
    player, pipeline = playing(info=CAMERA, state=PipelineState.PAUSED)
    player.set_region(None)
    assert pipeline.calls == [("set_region", None)]


def test_the_second_source_replaces_the_first() -> None:
    player, pipeline = playing()
    player.open(CameraSpec("7"))
    assert pipeline.opened == [SPEC, CameraSpec("7")]
    assert pipeline.calls == [("replace_source",)]


def heard(player: Player) -> list[tuple[str, object]]:
    """How openings end from now on."""
    said: list[tuple[str, object]] = []
    player.on_opened = lambda spec: said.append(("opened", spec))
    player.on_refused = lambda spec: said.append(("refused", spec))
    return said


def test_a_source_is_what_plays_once_it_is_open() -> None:
    player, pipeline = playing()
    said = heard(player)
    pipeline.next_snapshot = snapshot(opening=True)
    player.open(CameraSpec("7"))
    player.take()
    assert (player.spec, player.asked, said) == (SPEC, CameraSpec("7"), [])
    pipeline.next_snapshot = snapshot(info=CAMERA)
    player.take()
    player.take()
    assert (player.spec, player.asked) == (CameraSpec("7"), None)
    assert said == [("opened", CameraSpec("7"))]


def test_a_source_that_cannot_be_opened_is_told_once_and_leaves_what_plays() -> None:
    player, pipeline = playing()
    said = heard(player)
    player.open(CameraSpec("7"))
    pipeline.next_snapshot = snapshot(not_opened="there is none")
    player.take()
    player.take()
    assert (player.spec, player.asked, player.refused) == (SPEC, None, CameraSpec("7"))
    assert said == [("refused", CameraSpec("7"))]
    player.open(SPEC)
    assert player.refused is None


def test_where_nothing_plays_what_was_refused_is_tried_again() -> None:
    player, pipeline = playing(state=PipelineState.FAILED)
    said = heard(player)
    pipeline.next_snapshot = snapshot(state=PipelineState.FAILED, info=None, failure="no file")
    player.open(CameraSpec("7"))
    player.take()
    assert (player.spec, said) == (None, [("refused", CameraSpec("7"))])
    player.toggle()
    assert pipeline.opened == [SPEC, CameraSpec("7"), CameraSpec("7")]


def test_a_source_that_is_still_starting_is_neither() -> None:
    player, pipeline = playing()
    said = heard(player)
    pipeline.next_snapshot = snapshot(state=PipelineState.STARTING, info=None)
    player.open(CameraSpec("7"))
    player.take()
    assert (said, player.asked) == ([], CameraSpec("7"))


def test_only_what_runs_is_held() -> None:
    player, pipeline = playing()
    assert player.hold()
    assert pipeline.calls == [("pause",)]
    player, pipeline = playing(state=PipelineState.PAUSED)
    assert not player.hold()
    player.go_on()
    assert pipeline.calls == [("resume",)]


@pytest.mark.parametrize(
    ("state", "calls"),
    [
        (PipelineState.PLAYING, [("pause",)]),
        (PipelineState.STARTING, [("pause",)]),
        (PipelineState.PAUSED, [("resume",)]),
        (PipelineState.FINISHED, [("seek", 1_000_000), ("resume",)]),
        (PipelineState.FAILED, [("replace_source",)]),
    ],
)
def test_play_or_pause_does_what_the_state_calls_for(
    state: PipelineState, calls: list[tuple[object, ...]]
) -> None:
    player, pipeline = playing(state=state)
    player.toggle()
    assert pipeline.calls == calls


@pytest.mark.parametrize(
    ("offset_us", "t_us"), [(0, 1_000_000), (1_500_000, 2_500_000), (-9, 1_000_000), (9e9, 5e6)]
)
def test_seeking_is_relative_to_the_start_and_stays_inside(offset_us: int, t_us: int) -> None:
    player, pipeline = playing()
    player.seek(offset_us)
    assert pipeline.calls == [("seek", t_us)]


def test_a_step_back_shows_the_slice_before() -> None:
    player, pipeline = playing(position_us=1_020_000)
    player.step_back(5000)
    assert pipeline.calls == [("pause",), ("seek", 1_015_000)]


def test_quick_steps_back_add_up() -> None:
    player, pipeline = playing(position_us=1_020_000, seeking_us=1_015_000)
    player.step_back(5000)
    assert pipeline.calls == [("pause",), ("seek", 1_010_000)]


def test_a_step_forward_pauses_first() -> None:
    player, pipeline = playing()
    player.step_forward()
    assert pipeline.calls == [("pause",), ("step",)]


def test_a_live_source_can_only_be_paused() -> None:
    player, pipeline = playing(info=CAMERA)
    player.seek(0)
    player.step_forward()
    player.step_back(5000)
    player.restart()
    assert pipeline.calls == []
    player.toggle()
    assert pipeline.calls == [("pause",)]


def test_stopping_tells_whether_it_ended_in_time() -> None:
    player, pipeline = playing()
    pipeline.stops_in_time = False
    assert not player.stop(1.5)
    assert pipeline.calls == [("stop", 1.5)]


def test_a_system_that_is_chosen_while_paused_is_led_to_the_place() -> None:
    paused = {"state": PipelineState.PAUSED, "position_us": 2_000_000}
    player, pipeline = playing(**paused)
    player.take()
    assert pipeline.calls == []
    other = reading(system=System(Path("other.pt"), lambda: None))
    pipeline.next_snapshot = snapshot(readings=(other,), **paused)
    player.take()
    player.take()
    assert pipeline.calls == [("seek", 2_000_000)]


def test_while_playing_another_system_needs_no_seek() -> None:
    player, pipeline = playing(position_us=2_000_000)
    other = reading(system=System(Path("other.pt"), lambda: None))
    pipeline.next_snapshot = snapshot(readings=(other,), position_us=2_000_000)
    player.take()
    assert pipeline.calls == []
