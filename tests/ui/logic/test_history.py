from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.decision import Recognition
from app.ui.logic.history import (
    MOST_PAGES,
    NOTHING,
    PAGE_MS,
    UNKNOWN,
    Decided,
    DecisionHistory,
)


def made(t_ms: int, gesture: int | None, *, warming_up: bool = False) -> Recognition:
    """The decision at the end of millisecond ``t_ms``."""
    votes = np.zeros(3, np.int32)
    return Recognition((t_ms + 1) * 1000, gesture, gesture, 0.5, votes, warming_up)


def test_decisions_stand_at_their_milliseconds() -> None:
    history = DecisionHistory()
    history.add([made(998, 2), made(999, None), made(1000, 1)])
    assert history.gestures_at(np.arange(997, 1002)).tolist() == [UNKNOWN, 2, NOTHING, 1, UNKNOWN]
    assert history.at(998_500) == Decided(999_000, 2, 0.5)
    assert history.at(999_000) == Decided(1_000_000, None, 0.5)
    assert history.at(5_000_000) is None


def test_a_second_pass_writes_over_the_first_but_its_warm_up_does_not() -> None:
    history = DecisionHistory()
    history.add([made(0, 1), made(1, 1)])
    history.add([made(0, None, warming_up=True), made(1, 2)])
    assert history.gestures_at(np.arange(2)).tolist() == [1, 2]


def test_the_winners_of_the_vote_window() -> None:
    history = DecisionHistory()
    history.add([made(ms, ms % 2) for ms in range(10)])
    assert history.winners_before(10_000, 4).tolist() == [0, 1, 0, 1]
    assert history.winners_before(2_000, 4).tolist() == [UNKNOWN, UNKNOWN, 0, 1]


def test_memory_is_bounded_and_the_oldest_goes() -> None:
    history = DecisionHistory()
    for page in range(MOST_PAGES + 1):
        history.add([made(page * PAGE_MS, 0)])
    assert history.at(0) is None
    assert history.at(MOST_PAGES * PAGE_MS * 1000) is not None


def test_clearing_forgets() -> None:
    history = DecisionHistory()
    history.add([made(0, 1)])
    assert history
    history.clear()
    assert not history


@given(st.dictionaries(st.integers(0, 5000), st.integers(0, 2), max_size=60), st.integers(1, 50))
def test_a_sample_is_the_first_decision_of_its_period(
    decisions: dict[int, int], every_ms: int
) -> None:
    history = DecisionHistory()
    history.add(made(ms, gesture) for ms, gesture in decisions.items())
    firsts: dict[int, int] = {}
    for ms in sorted(decisions):
        firsts.setdefault((ms + 1) // every_ms, ms)
    sampled = [each.t_us // 1000 - 1 for each in history.sampled(every_ms * 1000)]
    assert sampled == sorted(firsts.values())
