from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.ui.logic.raster_light import SHADES, shades

BRIGHT = SHADES - 1


def brightness(counts: np.ndarray, filled: int, saturates_at: int) -> np.ndarray:
    """(rows, columns) uint8 of the pixels of ``counts``."""
    return shades(counts, filled, saturates_at)[counts]


def test_a_single_spike_is_well_seen_in_a_sparse_layer() -> None:
    counts = np.zeros((8, 100), int)
    counts[3, 50] = 1
    shown = brightness(counts, 100, saturates_at=6)
    assert shown[3, 50] > BRIGHT / 3
    assert shown.sum() == shown[3, 50]


def test_a_few_spikes_do_not_look_like_many() -> None:
    counts = np.zeros((8, 100), int)
    counts[:, ::2] = 2
    assert brightness(counts, 100, saturates_at=6).max() < 0.6 * BRIGHT


@pytest.mark.parametrize("level", [5, 40, 240])
def test_a_busy_layer_shows_its_structure(level: int) -> None:
    random = np.random.default_rng(0)
    counts = random.poisson(level, (64, 400))
    counts[10:14, 200:240] += 2 * level
    shown = brightness(counts, 400, saturates_at=6)
    assert (shown == BRIGHT).mean() < 0.05
    assert shown[10:14, 200:240].mean() > 2 * shown[20:].mean()


def test_what_has_not_been_seen_yet_does_not_count() -> None:
    random = np.random.default_rng(0)
    counts = np.zeros((64, 400), int)
    counts[:, -20:] = random.poisson(40, (64, 20))
    known = brightness(counts, 20, 6)[:, -20:]
    assert known.tolist() == brightness(counts[:, -20:], 20, 6).tolist()
    assert known.std() > 30


def test_nothing_seen_is_dark() -> None:
    assert brightness(np.zeros((4, 10), int), 0, 6).tolist() == [[0] * 10] * 4
    assert brightness(np.zeros((0, 10), int), 5, 6).shape == (0, 10)


@given(
    counts=arrays(
        np.int64, st.tuples(st.integers(1, 6), st.integers(1, 9)), elements=st.integers(0, 30)
    ),
    saturates_at=st.integers(1, 12),
)
def test_all_but_the_extremes_share_the_whole_range(counts: np.ndarray, saturates_at: int) -> None:
    least, most = np.percentile(counts, (5, 99.5))
    part = np.clip((counts - least) / (max(most, least + saturates_at) - least), 0, 1)
    part = part**0.6 if least == 0 else part
    shown = brightness(counts, counts.shape[1], saturates_at)
    np.testing.assert_allclose(shown, part * BRIGHT, atol=0.5 + 1e-6)
