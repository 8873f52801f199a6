from __future__ import annotations

import numpy as np

from app.events import Resolution
from app.pipeline.board import Board
from app.pipeline.fresh_events import MOST_EVENTS, FreshEvents
from app.pipeline.snapshot import PipelineState, Stats
from app.sources.contract import SourceInfo
from tests.recognition.streams import make_events, make_slice


def times(parts: tuple[np.ndarray, ...]) -> list[int]:
    return [int(t) for part in parts for t in part["t"]]


def test_events_are_handed_out_once_in_the_order_they_came() -> None:
    fresh = FreshEvents()
    for t in (1, 2):
        fresh.add(make_events([t]))
    fresh.add(make_events([]))
    assert times(fresh.take()) == [1, 2]
    assert fresh.take() == ()


def test_of_many_the_newest_stay() -> None:
    fresh = FreshEvents()
    for start in range(0, 3 * MOST_EVENTS, MOST_EVENTS // 4):
        fresh.add(make_events(np.arange(start, start + MOST_EVENTS // 4)))
    kept = fresh.take()
    assert sum(part.size for part in kept) == MOST_EVENTS
    assert (kept[0]["t"][0], kept[-1]["t"][-1]) == (2 * MOST_EVENTS, 3 * MOST_EVENTS - 1)


def test_one_array_that_is_too_large_stays_whole() -> None:
    fresh = FreshEvents()
    fresh.add(make_events(np.arange(MOST_EVENTS + 5)))
    assert fresh.take()[0].size == MOST_EVENTS + 5


def test_the_board_hands_out_events_and_forgets_those_of_another_place() -> None:
    board = Board()
    board.show_source(SourceInfo("memory", Resolution(3, 2), False))
    board.show_events(make_slice(0, 5_000, make_events([7])))
    board.forget_events()
    board.show_events(make_slice(5_000, 10_000, make_events([5_001])))
    snapshot = board.take(PipelineState.PLAYING, Stats())
    assert times(snapshot.events) == [5_001]
    assert snapshot.at_rest.events == ()
