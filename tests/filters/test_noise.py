from __future__ import annotations

import numpy as np
import pytest

from app.events import EVENT_DTYPE, Resolution, join_events
from app.filters.hot import LEARNING_US, HotPixels, hot_among
from app.filters.noise import NoiseMeter, typical
from app.filters.suggestion import Noise, background_window, suggested
from app.settings import FilterSettings
from tests.filters.streams import events_at

SENSOR = Resolution(32, 24)


def noise(rate_hz: float, seconds: float, seed: int = 0) -> np.ndarray:
    """Every pixel fires by chance, so often in a second."""
    random = np.random.default_rng(seed)
    size = random.poisson(rate_hz * seconds * SENSOR.width * SENSOR.height)
    events = np.zeros(size, EVENT_DTYPE)
    events["t"] = np.sort(random.integers(0, round(seconds * 1e6), size))
    events["x"] = random.integers(0, SENSOR.width, size)
    events["y"] = random.integers(0, SENSOR.height, size)
    return events


def mixed(*streams: np.ndarray) -> np.ndarray:
    events = join_events(streams)
    return events[np.argsort(events["t"], kind="stable")]


def firing(x: int, y: int, rate_hz: int, seconds: float) -> np.ndarray:
    times = np.arange(0, round(seconds * 1e6), round(1e6 / rate_hz))
    return events_at(*((int(t), x, y, 1) for t in times))


def measured(events: np.ndarray) -> Noise | None:
    meter = NoiseMeter(SENSOR)
    for part in np.array_split(events, 600):
        meter.see(part)
    return meter.noise


def test_a_pixel_that_never_stops_is_learnt_in_half_a_second() -> None:
    events = mixed(firing(5, 6, 200, 2.0), noise(1.0, 2.0))
    pixels = HotPixels(SENSOR, 50)
    passing = pixels.passing(events)
    stuck = (events["x"] == 5) & (events["y"] == 6)
    first_us = int(events["t"][0])
    assert passing[events["t"] < first_us + LEARNING_US].all()
    assert not passing[stuck & (events["t"] >= first_us + LEARNING_US)].any()
    assert passing[~stuck].all()
    assert np.argwhere(pixels.hot).tolist() == [[6, 5]]


def test_what_has_become_quiet_is_heard_again() -> None:
    pixels = HotPixels(SENSOR, 50)
    pixels.passing(firing(5, 6, 200, 0.6))
    assert pixels.hot.any()
    later = events_at((2_000_000, 5, 6, 1), (2_600_000, 5, 6, 1))
    assert pixels.passing(later).tolist() == [True, True] or not pixels.hot.any()
    assert not pixels.hot.any()


def test_hot_pixels_stay_known_when_time_begins_anew() -> None:
    pixels = HotPixels(SENSOR, 50)
    pixels.passing(firing(5, 6, 200, 0.6))
    pixels.reset()
    assert not pixels.passing(events_at((0, 5, 6, 1))).any()


def test_a_busy_place_is_no_hot_pixel() -> None:
    counts = np.zeros((24, 32), np.int32)
    counts[4:9, 4:9] = 100  # a hand
    counts[0, 0] = 100  # in the corner
    counts[15, 15] = counts[15, 16] = 100  # two side by side
    counts[20, 20] = 24
    assert np.argwhere(hot_among(counts, 25)).tolist() == [[0, 0], [15, 15], [15, 16]]


def test_the_corner_of_a_hand_is_no_hot_pixel() -> None:
    counts = np.zeros((24, 32), np.int32)
    counts[4:9, 4:9] = 100
    counts[9, 9] = 100
    assert not hot_among(counts, 25)[4:9, 4:9].any()


@pytest.mark.parametrize("rate_hz", [0.2, 1.0, 4.0])
def test_noise_is_measured(rate_hz: float) -> None:
    found = measured(noise(rate_hz, 3.5))
    assert found is not None
    expected = rate_hz * np.exp(-8 * rate_hz * 5e-3)  # some of it has a neighbour by chance
    assert found.isolated_hz == pytest.approx(expected, rel=0.25)
    assert found.hot == 0


def test_hot_pixels_are_told_apart_from_noise() -> None:
    found = measured(mixed(noise(1.0, 3.5), firing(3, 3, 300, 3.5), firing(20, 9, 100, 3.5)))
    assert found is not None
    assert found.hot == 2
    assert found.isolated_hz == pytest.approx(1.0, rel=0.25)


def test_nothing_is_said_before_a_second_has_been_measured() -> None:
    assert measured(noise(1.0, 1.5)) is None
    meter = NoiseMeter(SENSOR)
    meter.see(noise(1.0, 1.0)[:0])
    assert meter.noise is None


def test_what_moves_in_a_part_of_the_picture_is_not_noise() -> None:
    counts = np.ones((24, 32), np.int64)
    counts[:10, :16] = 50
    assert typical(counts) == 1


def test_suggestions() -> None:
    before = FilterSettings(polarity="on", background_neighbours=3)
    noisy = suggested(Noise(2.0, 4), before)
    assert (noisy.hot, noisy.background, noisy.background_us) == (True, True, 5_000)
    assert (noisy.polarity, noisy.background_neighbours) == ("on", 1)
    quiet = suggested(Noise(0.0, 0), noisy)
    assert (quiet.hot, quiet.background) == (False, False)
    assert Noise(0.0, 0).is_quiet
    assert not Noise(0.0, 1).is_quiet


@pytest.mark.parametrize(
    ("rate_hz", "window_us"),
    [(0.0, 20_000), (1.0, 10_000), (2.0, 5_000), (12.0, 1_000), (99.0, 1_000)],
)
def test_the_more_noise_the_shorter_the_window(rate_hz: float, window_us: int) -> None:
    assert background_window(rate_hz) == window_us
