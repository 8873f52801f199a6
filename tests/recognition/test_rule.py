from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.decision import NO_WINNER, SlidingWindow
from app.recognition.rule import VoteRule
from app.settings import VoteSettings
from models.data.gestures import CLASSES
from models.spec import ModelSpec


def spec(min_count: int, tick_us: int = 1000) -> ModelSpec:
    return ModelSpec("some", "some", CLASSES, (2, 8, 8), tick_us, min_count=min_count)


def test_a_model_brings_its_own_least_number_of_votes() -> None:
    rule = VoteRule.of(spec(min_count=6), VoteSettings(window_ms=80, min_share=0.3))
    assert rule == VoteRule(80, 0.3, 6, 120)
    assert VoteRule.of(spec(min_count=6), VoteSettings(min_count=9)).min_count == 9
    assert VoteRule.of(spec(6, tick_us=500), VoteSettings(window_ms=80)).window_ticks == 160


def test_the_larger_of_count_and_share_is_needed() -> None:
    rule = VoteRule(80, 0.3, 16)
    assert [rule.needed(total) for total in (0, 16, 53, 54, 80)] == [16, 16, 16, 17, 24]


@pytest.mark.parametrize("votes", [[5, 0, 0], [30, 30, 0], [16, 20, 18, 19]])
def test_no_leader(votes: list[int]) -> None:
    assert VoteRule(80, 0.3, 16).leader(votes) is None


@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=6),
    st.floats(0, 1),
    st.integers(1, 30),
)
def test_what_is_needed_is_what_decides(votes: list[int], share: float, count: int) -> None:
    rule, total, top = VoteRule(80, share, count), sum(votes), max(votes)
    enough = top >= count and top / max(total, 1) >= share
    assert (top >= rule.needed(total)) == enough
    expected = votes.index(top) if enough and votes.count(top) == 1 else None
    assert rule.leader(votes) == expected


def warm(window: SlidingWindow, ticks: int, winner: int = 1) -> list[bool]:
    return [d.gesture == 1 for d in window.push(np.full(ticks, winner), 0, 1_000)]


def test_nothing_is_decided_before_the_warm_up_is_over_and_the_window_full() -> None:
    window = SlidingWindow(3, 80, 0.3, 16, warm_up_ticks=120)
    decisions = window.push(np.full(210, 1), 0, 1_000)
    assert [d.gesture for d in decisions] == [None] * 199 + [1] * 11
    assert [d.warming_up for d in decisions] == [True] * 199 + [False] * 11
    assert decisions[50].votes.tolist() == [0, 51, 0]  # they are counted and seen meanwhile


def test_without_a_warm_up_the_window_need_not_be_full() -> None:
    assert warm(SlidingWindow(3, 80, 0.3, 16), 17) == [False] * 15 + [True] * 2


def test_a_new_stream_warms_up_anew() -> None:
    window = SlidingWindow(3, 80, 0.3, 16, warm_up_ticks=120)
    warm(window, 300)
    window.clear()
    assert warm(window, 201) == [False] * 199 + [True] * 2


@pytest.mark.parametrize(("lost", "first"), [(5, 15), (50, 49), (5_000, 199)])
def test_lost_time_takes_as_much_warmth_as_it_lasts(lost: int, first: int) -> None:
    window = SlidingWindow(3, 80, 0.3, 16, warm_up_ticks=120)
    warm(window, 300)
    window.skip(lost)
    assert warm(window, 220).index(True) == first


def test_silence_warms_up_as_well() -> None:
    window = SlidingWindow(3, 80, 0.3, 16, warm_up_ticks=120)
    quiet = window.push(np.full(200, NO_WINNER), 0, 1_000)
    assert not quiet[-1].warming_up
    assert warm(window, 16)[-1]
