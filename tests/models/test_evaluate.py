"""The figures about decisions, against cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.evaluate import (
    NO_DECISION,
    Outcome,
    Quiet,
    TrueGesture,
    judge_gesture,
    judge_quiet,
    score,
)

TRUTH = TrueGesture(gesture=2, start_us=100_000, end_us=1_100_000)


def decisions(*runs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Runs of (decision, milliseconds) one after another from time 0, one a millisecond."""
    values = np.concatenate([np.full(ms, decision) for decision, ms in runs])
    return np.arange(len(values)) * 1000, values


def test_a_gesture_counted_by_hand() -> None:
    # 100 ms before, then 50 ms nothing, 20 ms right, 30 ms wrong, 500 ms right, 400 ms nothing.
    t, d = decisions((NO_DECISION, 150), (2, 20), (5, 30), (2, 500), (NO_DECISION, 400), (5, 1000))
    outcome = judge_gesture(t, d, TRUTH)
    # Settled from 400 ms on: right until 700 ms, so 300 of 700.
    assert outcome == Outcome(2, 2, 300, 700, 50_000, 100_000)


def test_the_most_frequent_decision_wins_however_late() -> None:
    t, d = decisions((NO_DECISION, 100), (2, 300), (7, 301), (NO_DECISION, 399))
    assert judge_gesture(t, d, TRUTH).decided == 7


def test_nothing_ever_decided() -> None:
    t, d = decisions((NO_DECISION, 1200))
    assert judge_gesture(t, d, TRUTH) == Outcome(2, NO_DECISION, 0, 700, None, None)


def test_right_for_79_ms_is_no_onset_but_80_ms_is() -> None:
    for hold, onset in ((79, None), (80, 0)):
        t, d = decisions((NO_DECISION, 100), (2, hold), (NO_DECISION, 1000))
        assert judge_gesture(t, d, TRUTH).onset_us == onset


def test_quiet_counts_only_unlabelled_settled_ticks() -> None:
    # Labelled 100..1100 ms and 300 ms more: left are 0..100 and 1400..1500 ms.
    t, d = decisions((NO_DECISION, 90), (4, 1310), (4, 25), (NO_DECISION, 75))
    assert judge_quiet(t, d, [TRUTH]) == Quiet(90 + 75, 200)


def test_scores_sum_up() -> None:
    outcomes = [
        Outcome(0, 0, 90, 100, 100_000, 200_000),
        Outcome(0, 1, 10, 100, 300_000, None),
        Outcome(1, NO_DECISION, 0, 200, None, None),
    ]
    scores = score(outcomes, [Quiet(3, 4), Quiet(0, 0)], 2)
    assert scores.clip_accuracy == pytest.approx(1 / 3)
    assert scores.streaming_accuracy == pytest.approx(100 / 400)
    assert scores.first_correct_ms == pytest.approx((200.0, 290.0))
    assert (scores.first_correct_missed, scores.onset_missed) == (1, 2)
    assert scores.quiet_share == pytest.approx(0.75)
    assert scores.confusion.tolist() == [[1, 1, 0], [0, 0, 1]]


def test_nothing_to_judge_is_said() -> None:
    with pytest.raises(ValueError, match="at least one labelled gesture"):
        score([], [], 11)
