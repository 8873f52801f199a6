from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.pipeline.board import MOST_RECENT, Board
from app.pipeline.event_counts import EventCounts
from app.pipeline.raster import KEPT_US, Raster
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.pipeline.systems import System
from app.recognition.decision import Recognition
from app.recognition.recognizer import Stretch
from app.sources.contract import SourceInfo
from models.spec import LayerSpikes, ModelSpec, TickOutput
from tests.recognition.streams import CountingNetwork, make_events, make_slice

INFO = SourceInfo("memory", Resolution(3, 2), is_live=False)
FIRST, SECOND = (
    System(Path(name), CountingNetwork) for name in ("first.safetensors", "second.safetensors")
)
SPEC = ModelSpec("tiny", "test", ("a", "b"), (2, 4, 4))


def working_board(*systems: System) -> Board:
    """A board with systems at work that has been looked at before."""
    board = Board()
    board.show_systems([(system, SPEC) for system in systems or (FIRST,)])
    take(board)
    return board


def tick_output(ticks: int, value: int = 0) -> TickOutput:
    return TickOutput(
        np.full((ticks, 2), value, np.int32),
        (
            LayerSpikes("first", np.zeros((ticks, 5), np.uint8)),
            LayerSpikes("second", np.full((ticks, 3), value, np.uint8)),
            LayerSpikes("output", np.zeros((ticks, 2), np.uint8)),
        ),
        np.zeros(ticks, np.int64),
    )


def make_stretch(t_start_us: int, ticks: int, restarted: bool = False, value: int = 0) -> Stretch:
    votes = np.zeros(2, np.int32)
    decisions = [
        Recognition(t_start_us + 1_000 * (tick + 1), None, None, 0.0, votes)
        for tick in range(ticks)
    ]
    return Stretch(t_start_us, 1_000, restarted, decisions, tick_output(ticks, value))


def take(board: Board, state: PipelineState = PipelineState.PLAYING) -> Snapshot:
    return board.take(state, Stats())


def test_counts_accumulate_per_polarity_and_pixel_until_taken() -> None:
    counts = EventCounts(Resolution(3, 2))
    counts.add(make_events([0, 1], x=[0, 2], y=[0, 1], p=[0, 1]))
    counts.add(make_events([2], x=2, y=1, p=1))
    taken = counts.take()
    assert taken.dtype == np.uint16
    assert taken.tolist() == [[[1, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 2]]]
    assert not counts.take().any()
    assert taken[1, 1, 2] == 2  # what was handed over is not written again


def test_counts_saturate() -> None:
    counts = EventCounts(Resolution(3, 2))
    for _ in range(7):
        counts.add(make_events(np.zeros(10_000, np.int64)))
    assert counts.take()[1, 0, 0] == 65_535


def test_untaken_events_are_counted_and_let_go() -> None:
    counts = EventCounts(Resolution(3, 2))
    for _ in range(1_000):
        counts.add(make_events([0]))
    assert len(counts._pending) < 12  # never more events than 2 x 2 x 3 cells
    assert counts.take().sum() == 1_000


def test_a_raster_is_one_chunk_per_unbroken_run() -> None:
    raster = Raster()
    raster.add(0, 1_000, tick_output(5, 1))
    raster.add(5_000, 1_000, tick_output(3, 2))
    raster.add(20_000, 1_000, tick_output(2, 3))
    first, second = raster.take()
    assert (first.t_us, first.output[:, 0].tolist()) == (0, [1] * 5 + [2] * 3)
    assert (second.t_us, second.output[:, 0].tolist()) == (20_000, [3, 3])
    assert first.hidden_name == "second"
    assert first.hidden.shape == (8, 3)
    assert raster.take() == ()


def test_a_network_without_hidden_layers_shows_none() -> None:
    raster = Raster()
    output = tick_output(4)
    raster.add(0, 1_000, TickOutput(output.output, output.layers[-1:], output.synaptic_operations))
    (chunk,) = raster.take()
    assert (chunk.hidden_name, chunk.hidden.shape) == ("", (4, 0))


def test_an_untaken_raster_keeps_the_newest_two_seconds() -> None:
    raster = Raster()
    for start in range(1_000):
        raster.add(start * 5_000, 1_000, tick_output(5))
    (chunk,) = raster.take()
    assert len(chunk.output) * 1_000 == KEPT_US
    assert chunk.t_us + KEPT_US == 5_000_000


def test_an_empty_board_has_no_picture() -> None:
    snapshot = take(Board(), PipelineState.STARTING)
    assert snapshot.counts is None
    assert (snapshot.info, snapshot.model_name, snapshot.classes) == (None, None, ())
    assert snapshot.loading == "source"


def test_events_show_while_the_network_is_loading() -> None:
    board = Board()
    board.show_source(INFO)
    board.show_events(make_slice(0, 5_000, make_events([0])))
    snapshot = take(board)
    assert snapshot.loading == "network"
    assert snapshot.position_us == 5_000
    assert snapshot.counts is not None
    assert snapshot.counts.sum() == 1
    assert take(board, PipelineState.FAILED).loading is None


def test_the_network_says_what_it_is() -> None:
    board = Board()
    board.show_source(INFO)
    board.show_systems([(FIRST, SPEC)])
    snapshot = take(board)
    assert (snapshot.model_name, snapshot.classes, snapshot.loading) == ("Tiny", ("a", "b"), None)


def test_the_newest_decision_wins_and_spikes_accumulate() -> None:
    board = working_board()
    board.show_stretches([[make_stretch(0, 5), make_stretch(5_000, 5)]])
    (reading,) = take(board).readings
    assert reading.recognition is not None
    assert reading.recognition.t_us == 10_000
    assert [len(chunk.output) for chunk in reading.raster] == [10]
    (again,) = take(board).readings
    assert again.raster == ()
    assert again.recognition is reading.recognition


def test_a_restart_is_told_once_and_takes_older_spikes_away() -> None:
    board = working_board()
    board.show_stretches([[make_stretch(50_000, 5), make_stretch(0, 2, restarted=True)]])
    snapshot = take(board)
    (reading,) = snapshot.readings
    assert snapshot.restarted
    assert reading.restarted
    assert [chunk.t_us for chunk in reading.raster] == [0]
    again = take(board)
    assert not again.restarted
    assert not again.readings[0].restarted


def test_a_new_run_takes_what_the_one_before_showed_away() -> None:
    board = Board()
    assert take(board).restarted
    board.show_systems([(FIRST, SPEC)])
    assert [reading.restarted for reading in take(board).readings] == [True]
    board.show_stretches([[make_stretch(0, 5)]])
    again = take(board)
    assert (again.restarted, again.readings[0].restarted) == (False, False)


def test_each_system_has_a_reading_of_its_own() -> None:
    board = working_board(FIRST, SECOND)
    board.show_stretches([[make_stretch(0, 5, value=1)], [make_stretch(0, 5, value=2)]])
    snapshot = take(board)
    assert [reading.system for reading in snapshot.readings] == [FIRST, SECOND]
    assert [int(reading.raster[0].output[0, 0]) for reading in snapshot.readings] == [1, 2]
    assert snapshot.recognition is snapshot.readings[0].recognition
    other = snapshot.seen_by(1)
    assert other.recognition is snapshot.readings[1].recognition
    assert other.position_us == snapshot.position_us


def test_a_new_system_begins_anew_and_the_others_go_on() -> None:
    board = working_board(FIRST)
    board.show_stretches([[make_stretch(0, 5)]])
    board.show_systems([(SECOND, SPEC), (FIRST, SPEC)])
    fresh, kept = take(board).readings
    assert (fresh.restarted, fresh.recognition) == (True, None)
    assert not kept.restarted
    assert kept.recognition is not None
    assert [len(chunk.output) for chunk in kept.raster] == [5]


def test_a_system_that_is_not_there_yet_is_waited_for() -> None:
    board = working_board(FIRST)
    board.show_source(INFO)
    snapshot = take(board)
    assert snapshot.loading is None
    assert snapshot.seen_by(1).loading == "network"
    assert snapshot.seen_by(1).reading is None
    assert take(board, PipelineState.FAILED).seen_by(1).loading is None


def test_the_first_failure_is_the_cause() -> None:
    board = Board()
    board.show_failure("the camera is gone")
    board.show_failure("the queue is closed", is_ours=True)
    failed = take(board, PipelineState.FAILED)
    assert (failed.failure, failed.failure_is_ours) == ("the camera is gone", False)


@pytest.mark.parametrize("note", [None, "the last packet is cut short"])
def test_damage_that_was_got_over_is_a_notice(note: str | None) -> None:
    board = Board()
    board.show_source(SourceInfo("memory", Resolution(3, 2), False, note=note))
    assert take(board).notice == note


def test_where_nobody_looks_no_pictures_are_kept() -> None:
    board = Board(pictures=False)
    board.show_source(INFO)
    board.show_systems([(FIRST, SPEC)])
    board.show_events(make_slice(0, 5_000, make_events([0])))
    board.show_stretches([[make_stretch(0, 5, value=1)]])
    snapshot = take(board)
    assert snapshot.counts is None
    assert snapshot.position_us == 5_000
    assert snapshot.readings[0].raster == ()
    assert snapshot.recognition is not None


def test_every_decision_since_the_last_take_is_told_once() -> None:
    board = working_board()
    board.show_stretches([[make_stretch(50_000, 2), make_stretch(0, 3, restarted=True)]])
    (reading,) = take(board).readings
    times_us = [each.t_us for each in reading.recognitions]
    assert times_us == [51_000, 52_000, 1_000, 2_000, 3_000]
    assert take(board).readings[0].recognitions == ()


def test_decisions_that_nobody_takes_are_bounded() -> None:
    board = working_board()
    board.show_stretches([[make_stretch(0, MOST_RECENT + 5)]])
    (reading,) = take(board).readings
    assert len(reading.recognitions) == MOST_RECENT
    assert reading.recognitions[-1].t_us == (MOST_RECENT + 5) * 1000
