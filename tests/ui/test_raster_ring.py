from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.raster_ring import RasterRing


def ticks(*rows: list[int]) -> np.ndarray:
    return np.array(rows, np.uint8)


def test_ticks_of_one_column_are_summed_and_the_newest_is_last() -> None:
    ring = RasterRing(neurons=2, rows=2, columns=4, column_us=2000)
    ring.add(0, 1000, ticks([1, 0], [1, 1], [0, 2]))
    assert ring.image().tolist() == [[0, 0, 2, 0], [0, 0, 1, 2]]


def test_a_column_may_be_filled_by_two_takes() -> None:
    ring = RasterRing(1, 1, 3, 2000)
    ring.add(0, 1000, ticks([1]))
    ring.add(1000, 1000, ticks([1], [1]))
    assert ring.image().tolist() == [[0, 2, 1]]


def test_old_columns_leave() -> None:
    ring = RasterRing(1, 1, 3, 1000)
    for t in range(5):
        ring.add(1000 * t, 1000, ticks([t]))
    assert ring.image().tolist() == [[2, 3, 4]]


def test_time_without_ticks_is_empty() -> None:
    ring = RasterRing(1, 1, 4, 1000)
    ring.add(0, 1000, ticks([7]))
    ring.add(2000, 1000, ticks([9]))
    assert ring.image().tolist() == [[0, 7, 0, 9]]


def test_a_gap_longer_than_the_window_and_time_going_back_empty_the_ring() -> None:
    ring = RasterRing(1, 1, 3, 1000)
    ring.add(0, 1000, ticks([7]))
    ring.add(3000, 1000, ticks([1]))
    assert ring.image().tolist() == [[0, 0, 1]]
    ring.add(1000, 1000, ticks([2]))
    assert ring.image().tolist() == [[0, 0, 2]]


def test_a_chunk_longer_than_the_window_keeps_its_end() -> None:
    ring = RasterRing(1, 1, 3, 1000)
    ring.add(0, 1000, np.arange(10)[:, None])
    assert ring.image().tolist() == [[7, 8, 9]]


def test_many_neurons_share_rows_evenly() -> None:
    ring = RasterRing(neurons=5, rows=2, columns=1, column_us=1000)
    ring.add(0, 1000, ticks([1, 2, 4, 8, 16]))
    assert ring.image().tolist() == [[7], [24]]


def test_clearing_and_nothing() -> None:
    ring = RasterRing(1, 1, 2, 1000)
    ring.add(0, 1000, ticks([1]))
    ring.add(1000, 1000, np.empty((0, 1), np.uint8))
    assert ring.image().tolist() == [[0, 1]]
    ring.clear()
    assert ring.image().tolist() == [[0, 0]]


@given(
    cuts=st.lists(st.integers(1, 30), min_size=1, max_size=8),
    neurons=st.integers(1, 9),
    rows=st.integers(1, 9),
    start_us=st.integers(0, 10**12),
)
def test_how_ticks_are_cut_into_takes_makes_no_difference(
    cuts: list[int], neurons: int, rows: int, start_us: int
) -> None:
    spikes = np.random.default_rng(0).integers(0, 4, (sum(cuts), neurons))
    whole = RasterRing(neurons, rows, columns=100, column_us=5000)
    whole.add(start_us, 1000, spikes)
    cut = RasterRing(neurons, rows, columns=100, column_us=5000)
    at = 0
    for length in cuts:
        cut.add(start_us + 1000 * at, 1000, spikes[at : at + length])
        at += length
    assert (cut.image() == whole.image()).all()
    assert whole.image().sum() == spikes.sum()


def test_a_layer_without_neurons_has_no_rows() -> None:
    ring = RasterRing(0, 0, 4, 1000)
    ring.add(0, 1000, np.zeros((3, 0), np.uint8))
    assert ring.image().shape == (0, 4)


def test_it_knows_how_much_has_been_seen() -> None:
    ring = RasterRing(1, 1, 4, 1000)
    assert ring.filled == 0
    ring.add(0, 1000, ticks([0], [1]))
    ring.add(2000, 1000, ticks([0]))
    assert ring.filled == 3
    ring.add(3000, 1000, ticks(*[[1]] * 9))
    assert ring.filled == 4
    ring.add(0, 1000, ticks([1]))  # time went back
    assert ring.filled == 1
    ring.clear()
    assert ring.filled == 0
