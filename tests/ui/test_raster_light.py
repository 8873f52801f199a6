from __future__ import annotations

import numpy as np
import pytest

from app.ui.raster_light import SHADES, brightness

BRIGHT = SHADES - 1


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
