from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import Resolution
from app.recognition.encoding import Encoder, centred_square
from tests.recognition.streams import make_events, make_slice

DVS128 = Resolution(128, 128)
DAVIS346 = Resolution(346, 260)


def test_counts_by_tick_polarity_and_cell() -> None:
    events = make_events([0, 999, 1_000, 4_999], x=[0, 3, 127, 4], y=[0, 0, 127, 8], p=[0, 0, 1, 1])
    counts = Encoder(DVS128, (2, 32, 32)).encode(make_slice(0, 5_000, events)).counts()
    assert counts.shape == (5, 2, 32, 32)
    assert counts.dtype == np.float32
    assert counts[0, 0, 0, 0] == 2
    assert counts[1, 1, 31, 31] == 1
    assert counts[4, 1, 2, 1] == 1
    assert counts.sum() == 4


def test_ticks_are_counted_from_the_start_of_the_slice() -> None:
    counts = (
        Encoder(DVS128, (2, 4, 4)).encode(make_slice(7_000, 9_000, make_events([8_000]))).counts()
    )
    assert counts.sum(axis=(1, 2, 3)).tolist() == [0, 1]


def test_silence_gives_zeros() -> None:
    counts = Encoder(DVS128, (2, 8, 8)).encode(make_slice(0, 3_000)).counts()
    assert counts.shape == (3, 2, 8, 8)
    assert not counts.any()


def test_a_wide_sensor_is_cropped_to_the_centred_square() -> None:
    assert centred_square(DAVIS346) == (43, 0, 260, 260)
    events = make_events([0, 0, 0, 0], x=[42, 43, 302, 303], y=[0, 0, 259, 259])
    counts = Encoder(DAVIS346, (2, 2, 2)).encode(make_slice(0, 1_000, events)).counts()
    assert counts[0, 1].tolist() == [[1, 0], [0, 1]]


def test_a_region_replaces_the_centred_square() -> None:
    events = make_events([0, 0, 0], x=[9, 10, 29], y=[20, 20, 59])
    encoder = Encoder(DAVIS346, (2, 4, 2), region=(10, 20, 20, 40))
    counts = encoder.encode(make_slice(0, 1_000, events)).counts()
    assert counts[0, 1].tolist() == [[1, 0], [0, 0], [0, 0], [0, 1]]


def test_a_sensor_smaller_than_the_input_is_spread_out() -> None:
    events = make_events([0, 0], x=[0, 1], y=[1, 1])
    counts = Encoder(Resolution(2, 2), (2, 4, 4)).encode(make_slice(0, 1_000, events)).counts()
    assert np.argwhere(counts[0, 1]).tolist() == [[2, 0], [2, 2]]


@pytest.mark.parametrize(
    "region", [(0, 0, 0, 10), (-1, 0, 10, 10), (120, 0, 9, 10), (0, 100, 10, 29)]
)
def test_a_region_outside_the_sensor_is_refused(region: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="inside the 128x128 sensor"):
        Encoder(DVS128, (2, 32, 32), region)


def test_a_slice_of_broken_ticks_is_refused() -> None:
    with pytest.raises(ValueError, match="whole 1000 us ticks, got 1500 us"):
        Encoder(DVS128, (2, 32, 32)).encode(make_slice(0, 1_500))


@given(
    width=st.integers(1, 400), height=st.integers(1, 400), rows=st.integers(1, 70),
    columns=st.integers(1, 70), count=st.integers(0, 300), seed=st.integers(0, 1 << 30),
)  # fmt: skip
def test_no_event_inside_the_crop_is_lost_or_made_up(
    width: int, height: int, rows: int, columns: int, count: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    t_us = np.sort(rng.integers(1_000, 4_000, count))
    x, y = rng.integers(0, width, count), rng.integers(0, height, count)
    p = rng.integers(0, 2, count)
    resolution = Resolution(width, height)
    encoder = Encoder(resolution, (2, rows, columns))
    counts = encoder.encode(make_slice(1_000, 4_000, make_events(t_us, x, y, p))).counts()
    left, top, side, _ = centred_square(resolution)
    inside = (left <= x) & (x < left + side) & (top <= y) & (y < top + side)
    expected = np.zeros((3, 2))
    np.add.at(expected, (t_us[inside] // 1_000 - 1, p[inside]), 1)
    np.testing.assert_array_equal(counts.sum(axis=(2, 3)), expected)
