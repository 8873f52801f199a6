from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.fading import EventFader

TAU_MS = 60


def one_pixel(off: int, on: int) -> np.ndarray:
    return np.array([[[off]], [[on]]], np.uint16)


def test_first_counts_are_shown_in_full() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(2, 3), 1_000_000)
    assert fader.levels.dtype == np.float32
    assert fader.levels.ravel().tolist() == [2.0, 3.0]


def test_after_one_time_constant_a_level_falls_to_1_over_e() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(0, 8), 0)
    fader.add(one_pixel(0, 0), 60_000)
    assert fader.levels[1, 0, 0] == pytest.approx(8 / math.e)


def test_new_counts_are_credited_with_the_mean_of_the_decay() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(0, 0), 0)
    fader.add(one_pixel(0, 4), 120_000)
    assert fader.levels[1, 0, 0] == pytest.approx(4 * (1 - math.exp(-2)) / 2)


def test_a_paused_picture_stays() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(1, 2), 50_000)
    fader.add(one_pixel(0, 0), 50_000)
    fader.add(one_pixel(0, 1), 50_000)
    assert fader.levels.ravel().tolist() == [1.0, 3.0]


@pytest.mark.parametrize(("position_us", "restarted"), [(900_000, True), (100_000, False)])
def test_time_that_goes_back_empties_the_picture(position_us: int, restarted: bool) -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(5, 5), 800_000)
    fader.add(one_pixel(1, 0), position_us, restarted)
    assert fader.levels.ravel().tolist() == [1.0, 0.0]


def test_another_sensor_size_begins_anew() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(5, 5), 0)
    fader.add(np.ones((2, 2, 3), np.uint16), 1000)
    assert fader.levels.shape == (2, 2, 3)
    assert (fader.levels == 1).all()


def test_clearing_forgets_levels_and_time() -> None:
    fader = EventFader(TAU_MS)
    fader.add(one_pixel(5, 5), 800_000)
    fader.clear()
    assert fader.levels is None
    fader.add(one_pixel(0, 1), 900_000)
    assert fader.levels.ravel().tolist() == [0.0, 1.0]


@given(period_ms=st.integers(1, 400))
def test_a_steady_pixel_is_equally_bright_at_every_screen_rate(period_ms: int) -> None:
    """One event a millisecond settles at rate * tau = 60, however often the screen asks."""
    fader = EventFader(TAU_MS)
    for take in range(1000 // period_ms + 2):
        fader.add(one_pixel(0, period_ms), take * period_ms * 1000)
    assert fader.levels[1, 0, 0] == pytest.approx(60, rel=0.01)
