"""Shares against the part that was right: worked out by hand, and what holds for every table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.measuring.calibration import BINS, calibrated, fit_calibration


def test_two_levels_by_hand() -> None:
    shares = np.array([0.4] * 600 + [0.9] * 600)
    right = np.array(([True] * 30 + [False] * 70) * 6 + ([True] * 80 + [False] * 20) * 6)
    points = fit_calibration(shares, right)
    assert points == (pytest.approx((0.4, 0.3)), pytest.approx((0.9, 0.8)))
    assert calibrated(0.65, points) == pytest.approx(0.55)
    assert calibrated(0.1, points) == pytest.approx(0.3)
    assert calibrated(1.0, points) == pytest.approx(0.8)


def test_a_fall_is_pooled_away() -> None:
    # Twelve bins of one decision each: right, then wrong, and so on; one pool remains.
    points = fit_calibration(np.linspace(0, 1, BINS), np.arange(BINS) % 2 == 0)
    assert points == (pytest.approx((0.5, 0.5)),)


def test_without_decisions_the_share_stays_what_it_is() -> None:
    assert fit_calibration(np.empty(0), np.empty(0, bool)) == ()
    assert calibrated(0.37, ()) == 0.37


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(
    arrays(float, n, elements=st.floats(0, 1)), arrays(bool, n)
)))  # fmt: skip
def test_the_table_never_falls(case: tuple[np.ndarray, np.ndarray]) -> None:
    points = fit_calibration(*case)
    shares, hits = np.array(points).T
    assert (np.diff(shares) > 0).all()
    assert (np.diff(hits) > 0).all()
    assert (np.array([calibrated(s, points) for s in (0.0, 0.5, 1.0)]) <= 1).all()
