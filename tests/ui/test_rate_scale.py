from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.rate_history import BINS
from app.ui.logic.rate_scale import (
    BIN_S,
    Scale,
    ago,
    round_top,
    scale_for,
    short,
    span_s,
    time_ticks,
)

NOTHING = Scale(0.0, 0.0)


def curve(*values: float) -> np.ndarray:
    return np.array([np.nan, *values])


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.0, "ms", "0"),
        (2.5, "ms", "2.5 ms"),
        (1000.0, "ms", "1 s"),
        (800.0, "", "800"),
        (40_000.0, "", "40 k"),
        (1.5e6, "", "1.5 M"),
    ],
)
def test_labels_are_short(value: float, unit: str, words: str) -> None:
    assert short(value, unit) == words


@given(st.floats(1e-3, 1e9))
def test_an_axis_ends_at_a_round_number_not_far_above(value: float) -> None:
    top = round_top(value)
    assert value <= top * (1 + 1e-9)
    assert top <= 2.001 * value


def test_curves_alike_share_an_axis_from_nothing() -> None:
    scale = scale_for([curve(300.0, 7300.0), curve(900.0)], 100.0, NOTHING)
    assert scale == Scale(0.0, 8000.0)
    assert scale.ticks("") == ((0.0, "0"), (4000.0, "4 k"), (8000.0, "8 k"))
    assert scale.places(curve(300.0))[1] == 300.0


def test_curves_far_apart_are_drawn_by_powers_of_ten() -> None:
    scale = scale_for([curve(397_000.0), curve(3_400.0)], 100.0, NOTHING)
    assert scale == Scale(1000.0, 1e6, by_factors=True)
    assert scale.ends == pytest.approx((3.0, 6.0))
    assert [words for _, words in scale.ticks("")] == ["1 k", "10 k", "1 M"]
    low, high = scale.places(np.array([0.0, 1e6]))
    assert (low, high) == pytest.approx((3.0, 6.0))


def test_an_axis_does_not_flicker_between_the_two() -> None:
    between = [curve(15_000.0), curve(1_000.0)]
    assert not scale_for(between, 100.0, NOTHING).by_factors
    assert scale_for(between, 100.0, Scale(100.0, 1e6, by_factors=True)).by_factors


@pytest.mark.parametrize("curves", [[], [curve()], [curve(0.0), curve(0.0)]])
def test_without_anything_the_axis_is_the_least(curves: list[np.ndarray]) -> None:
    assert scale_for(curves, 100.0, NOTHING) == Scale(0.0, 100.0)


def test_a_silent_layer_does_not_change_the_scale_of_the_other() -> None:
    assert scale_for([curve(0.0), curve(5000.0)], 100.0, NOTHING) == Scale(0.0, 6000.0)


@pytest.mark.parametrize(
    ("seconds", "span", "labels"),
    [
        (0, 5.0, ["0", "−2 s", "−4 s"]),
        (5, 5.0, ["0", "−2 s", "−4 s"]),
        (5.1, 10.0, ["0", "−5 s", "−10 s"]),
        (10.1, 20.0, ["0", "−10 s", "−20 s"]),
        (30, 30.0, ["0", "−10 s", "−20 s", "−30 s"]),
    ],
)
def test_the_time_axis_grows_with_what_is_known(
    seconds: float, span: float, labels: list[str]
) -> None:
    assert span_s(round(seconds / BIN_S)) == span
    assert [words for _, words in time_ticks(span)] == labels


def test_the_longest_axis_holds_everything_that_is_kept() -> None:
    assert span_s(BINS) == 30.0


def test_times_are_read_in_tenths() -> None:
    assert (ago(12.34), ago(0.01)) == ("−12.3 s", "−0.0 s")
