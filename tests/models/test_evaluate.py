"""The figures about decisions, against cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.measuring.scores import (
    CIRCLES,
    NO_DECISION,
    OTHER,
    ClassScores,
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
    assert outcome == Outcome(2, 2, 300, 700, 51_000, 101_000)


def test_the_most_frequent_decision_wins_however_late() -> None:
    t, d = decisions((NO_DECISION, 100), (2, 300), (7, 301), (NO_DECISION, 399))
    assert judge_gesture(t, d, TRUTH).decided == 7


def test_nothing_ever_decided() -> None:
    t, d = decisions((NO_DECISION, 1200))
    assert judge_gesture(t, d, TRUTH) == Outcome(2, NO_DECISION, 0, 700, None, None)


def test_right_for_79_ms_is_no_onset_but_80_ms_is() -> None:
    for hold, onset in ((79, None), (80, 1000)):
        t, d = decisions((NO_DECISION, 100), (2, hold), (NO_DECISION, 1000))
        assert judge_gesture(t, d, TRUTH).onset_us == onset


def test_quiet_counts_only_unlabelled_settled_ticks() -> None:
    # Labelled 500..1500 ms, 350 ms before and 300 ms after: left are 0..150 and 1800..1900 ms.
    truth = TrueGesture(gesture=2, start_us=500_000, end_us=1_500_000)
    t, d = decisions((NO_DECISION, 90), (4, 1710), (4, 25), (NO_DECISION, 75))
    assert judge_quiet(t, d, [truth]) == Quiet(90 + 75, 250)


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


def test_each_class_by_itself() -> None:
    outcomes = [
        Outcome(0, 0, 90, 100, 100_000, 200_000),
        Outcome(0, 1, 10, 100, 300_000, 500_000),
        Outcome(0, 0, 50, 200, 300_000, None),
        Outcome(2, NO_DECISION, 0, 0, None, None),
    ]
    # Class 0: 2 of 3 clips, 150 of 400 ticks, onsets at 200 and 500 ms. Class 1 was never there.
    assert score(outcomes, [], 3).per_class == (
        ClassScores(3, pytest.approx(2 / 3), pytest.approx(150 / 400), pytest.approx(350.0)),
        ClassScores(0, None, None, None),
        ClassScores(1, 0.0, None, None),
    )


def outcomes_of(*pairs: tuple[int, int]) -> list[Outcome]:
    """Outcomes of (truth, decided)."""
    return [Outcome(truth, decided, 0, 1, None, None) for truth, decided in pairs]


def test_the_ten_leave_out_gestures_that_are_other_ones() -> None:
    # Right are 3 of 5; without the two true "other gestures" 1 of 3.
    pairs = ((0, 0), (1, OTHER), (2, 0), (OTHER, OTHER), (OTHER, OTHER))
    scores = score(outcomes_of(*pairs), [], 11)
    assert scores.clip_accuracy == pytest.approx(3 / 5)
    assert scores.clip_accuracy_ten == pytest.approx(1 / 3)
    assert score(outcomes_of((OTHER, OTHER)), [], 11).clip_accuracy_ten is None


def test_turning_sense_looks_at_true_circles_alone() -> None:
    assert sorted(CIRCLES) == [3, 4, 5, 6]
    # Four circles: right, wrong way round, no circle at all, undecided. Rolls do not count.
    pairs = ((3, 3), (4, 3), (5, 7), (6, NO_DECISION), (7, 7), (7, 3))
    assert score(outcomes_of(*pairs), [], 11).turning_sense == pytest.approx(1 / 4)
    assert score(outcomes_of((7, 7)), [], 11).turning_sense is None


def test_no_settled_tick_gives_no_streaming_accuracy() -> None:
    assert score([Outcome(0, 0, 0, 0, 0, None)], [], 11).streaming_accuracy is None


def test_nothing_to_judge_is_said() -> None:
    with pytest.raises(ValueError, match="at least one labelled gesture"):
        score([], [], 11)
