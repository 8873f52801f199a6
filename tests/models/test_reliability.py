"""Shares against what was right, against cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.measuring.reliability import Bin, reliability, settled_shares
from models.measuring.scores import NO_DECISION, TrueGesture


def test_bins_and_error_counted_by_hand() -> None:
    shares = np.array([0.30, 0.34, 0.9, 1.0, 0.98, 0.92])
    right = np.array([True, False, True, True, False, True])
    result = reliability(shares, right)
    filled = {index: each for index, each in enumerate(result.bins) if each.decisions}
    assert filled == {
        3: Bin(0.3, 0.4, 2, pytest.approx(0.32), 0.5),
        9: Bin(0.9, 1.0, 4, pytest.approx(0.95), 0.75),
    }
    # (2 * |0.32 - 0.5| + 4 * |0.95 - 0.75|) / 6
    assert result.calibration_error == pytest.approx(1.16 / 6)


def test_an_exact_edge_belongs_to_the_bin_above() -> None:
    edges = np.arange(10) / 10
    assert [each.decisions for each in reliability(edges, edges > 0).bins] == [1] * 10


def test_without_decisions_there_is_no_error() -> None:
    result = reliability(np.empty(0), np.empty(0, bool))
    assert result.calibration_error is None
    assert all(each == Bin(each.low, each.high, 0, None, None) for each in result.bins)


def test_only_settled_decisions_within_a_gesture_count() -> None:
    t_us = np.array([0, 299, 300, 301, 302, 500, 700, 900, 999, 1000]) * 1000
    decisions = np.array([2, 2, 2, 4, NO_DECISION, 2, 2, 2, 5, 5])
    shares = np.arange(10) / 10
    truths = [TrueGesture(2, 0, 500_000), TrueGesture(5, 500_000, 1_000_000)]
    # The first gives the ticks at 300 (right) and 301 ms (wrong), the second, settled from 800 ms
    # on, those at 900 (wrong) and 999 ms (right).
    got_shares, right = settled_shares(t_us, decisions, shares, truths)
    assert got_shares.tolist() == [0.2, 0.3, 0.7, 0.8]
    assert right.tolist() == [True, False, False, True]


def test_no_truth_gives_no_shares() -> None:
    shares, right = settled_shares(np.arange(3), np.zeros(3, int), np.ones(3), [])
    assert (len(shares), len(right)) == (0, 0)
