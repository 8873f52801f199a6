from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.decision import NO_WINNER, Recognition, SlidingWindow, tick_winners


def votes(window: SlidingWindow, winners: list[int]) -> list[Recognition]:
    return window.push(np.array(winners), t_start_us=0, tick_us=1_000)


def test_the_class_that_fired_most_wins_its_tick() -> None:
    output = np.array([[0, 3, 1], [2, 0, 0], [0, 0, 1]], np.int32)
    assert tick_winners(output).tolist() == [1, 0, 2]


def test_ties_and_silence_have_no_winner() -> None:
    output = np.array([[2, 2, 0], [0, 0, 0], [1, 1, 1], [1, 1, 2]], np.int32)
    assert tick_winners(output).tolist() == [NO_WINNER, NO_WINNER, NO_WINNER, 2]


def test_a_few_spikes_win_nothing_where_a_model_asks_for_more() -> None:
    output = np.array([[0, 1, 0], [0, 2, 1], [3, 2, 0], [2, 2, 0]], np.int32)
    assert tick_winners(output, 2).tolist() == [NO_WINNER, 1, 0, NO_WINNER]
    assert tick_winners(output, 3).tolist() == [NO_WINNER, NO_WINNER, 0, NO_WINNER]


def test_no_tick_has_no_winner() -> None:
    assert tick_winners(np.zeros((0, 3), np.int32)).shape == (0,)


def test_a_decision_carries_its_time_votes_and_share() -> None:
    window = SlidingWindow(3, window_ticks=80, min_share=0.5, min_count=2)
    first, second, third = window.push(np.array([1, 1, 0]), t_start_us=7_000, tick_us=1_000)
    assert (first.t_us, second.t_us, third.t_us) == (8_000, 9_000, 10_000)
    assert (first.winner, first.gesture, first.share) == (1, None, 1.0)  # one vote is too few
    assert (second.winner, second.gesture) == (1, 1)
    assert (third.winner, third.gesture, third.share) == (0, 1, 2 / 3)
    assert third.votes.tolist() == [1, 2, 0]
    assert third.votes.dtype == np.int32


def test_ticks_without_a_winner_count_neither_for_nor_against() -> None:
    window = SlidingWindow(2, window_ticks=80, min_share=1.0, min_count=1)
    last = votes(window, [0, NO_WINNER, NO_WINNER, NO_WINNER])[-1]
    assert (last.winner, last.gesture, last.share) == (None, 0, 1.0)


def test_leading_classes_that_tie_give_no_decision() -> None:
    window = SlidingWindow(3, window_ticks=80, min_share=0.4, min_count=1)
    decisions = votes(window, [0, 1, 0])
    assert [d.gesture for d in decisions] == [0, None, 0]
    assert decisions[1].share == 0.5


def test_the_thresholds_are_reached_by_equality() -> None:
    window = SlidingWindow(3, window_ticks=80, min_share=0.5, min_count=2)
    # After the fourth tick class 0 has 2 of 4: leading alone, share 0.5, count 2.
    assert [d.gesture for d in votes(window, [1, 0, 2, 0, 2, 2])] == [None, None, None, 0, None, 2]


def test_below_the_share_nothing_is_said() -> None:
    window = SlidingWindow(3, window_ticks=80, min_share=0.51, min_count=1)
    assert votes(window, [0, 0, 1, 2])[-1].gesture is None


def test_a_vote_leaves_exactly_after_the_window() -> None:
    window = SlidingWindow(2, window_ticks=80, min_share=0.5, min_count=1)
    decisions = votes(window, [0] + [NO_WINNER] * 80)
    assert [d.gesture for d in decisions[:80]] == [0] * 80
    assert decisions[80].gesture is None
    assert decisions[80].votes.tolist() == [0, 0]


def test_eighty_ms_of_silence_clear_the_label() -> None:
    window = SlidingWindow(2, window_ticks=80, min_share=0.5, min_count=8)
    assert votes(window, [1] * 80)[-1].gesture == 1
    silence = votes(window, [NO_WINNER] * 80)
    assert [d.gesture for d in silence[:72]] == [1] * 72
    assert [d.gesture for d in silence[72:]] == [None] * 8  # fewer than min_count are left
    assert silence[-1].share == 0.0


def test_clear_forgets_every_vote() -> None:
    window = SlidingWindow(2, window_ticks=80, min_share=0.5, min_count=1)
    votes(window, [1] * 80)
    window.clear()
    assert votes(window, [0])[0].votes.tolist() == [1, 0]


@pytest.mark.parametrize(("classes", "ticks"), [(0, 80), (11, 0)])
def test_a_window_without_classes_or_ticks_is_refused(classes: int, ticks: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        SlidingWindow(classes, ticks, 0.5, 8)


@given(
    st.lists(st.integers(NO_WINNER, 2), max_size=60), st.integers(1, 12), st.integers(1, 7)
)  # fmt: skip
def test_votes_are_the_winners_of_the_trailing_window_however_they_are_pushed(
    winners: list[int], window_ticks: int, chunk: int
) -> None:
    window = SlidingWindow(3, window_ticks, min_share=0.5, min_count=2)
    decisions: list[Recognition] = []
    for begin in range(0, len(winners), chunk):
        part = np.array(winners[begin : begin + chunk])
        decisions += window.push(part, begin * 1_000, 1_000)
    for tick, decision in enumerate(decisions):
        trailing = winners[max(0, tick + 1 - window_ticks) : tick + 1]
        assert decision.votes.tolist() == [trailing.count(c) for c in range(3)]
        assert decision.t_us == (tick + 1) * 1_000
