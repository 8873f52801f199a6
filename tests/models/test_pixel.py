"""The DVS pixel: contrast makes events, darkness slows, noise has its rate, chunks join."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.data.performer.comparator import MOST_EVENTS
from models.data.performer.pixel import PixelArray, PixelParameters, lin_log

QUIET = PixelParameters(
    threshold=0.2, threshold_spread=0.0, cutoff_hz=1e9, leak_hz=0.0, shot_noise_hz=0.0,
    refractory_s=0.0, jitter_s=0.0, hot_pixels=0.0,
)  # fmt: skip


def pixels(parameters: PixelParameters, shape: tuple[int, int] = (4, 5)) -> PixelArray:
    return PixelArray(shape, parameters, np.random.default_rng(0))


def still(grey: float, frames: int, shape: tuple[int, int] = (4, 5)) -> np.ndarray:
    return np.full((frames, *shape), grey, np.float32)


def test_lin_log_is_continuous_and_logarithmic_above() -> None:
    values = lin_log(np.array([0.0, 19.999, 20.0, 200.0]))
    assert values[0] == 0
    assert values[1] == pytest.approx(values[2], abs=1e-3)
    assert values[3] - values[2] == pytest.approx(np.log(10), rel=1e-5)


def test_a_still_scene_sends_nothing_without_noise() -> None:
    assert len(pixels(QUIET).expose(still(90.0, 50), 0.0, 0.001)) == 0


def test_a_step_of_light_gives_contrast_over_threshold_events() -> None:
    array = pixels(QUIET)
    array.expose(still(50.0, 1), 0.0, 0.001)
    array._base[:] = array._low
    frame = still(50.0, 1)
    frame[0, 2, 3] = 50.0 * np.exp(0.65)
    frame[0, 1, 0] = 50.0 * np.exp(-0.45)
    events = array.expose(frame, 0.001, 0.001)
    on, off = events[events["p"] == 1], events[events["p"] == 0]
    assert len(on) == 3  # floor(0.65 / 0.2)
    assert set(zip(on["x"].tolist(), on["y"].tolist(), strict=True)) == {(3, 2)}
    assert len(off) == 2
    assert on["t"].tolist() == [1250, 1500, 1750]


def test_refractory_period_holds_events_apart() -> None:
    array = pixels(replace(QUIET, refractory_s=0.005))
    ramp = 20 + 0.05 * np.exp(np.arange(40) * 0.25)
    frames = np.repeat(ramp, 20).reshape(40, 4, 5).astype(np.float32)
    events = array.expose(frames, 0.0, 0.001)
    one = events[(events["x"] == 2) & (events["y"] == 1)]["t"]
    assert len(one) > 2
    assert (np.diff(one) >= 5000 - 1).all()


def test_darkness_slows_the_pixel() -> None:
    """After a step the dark pixel is still on its way when the bright one has arrived."""
    low = {}
    for grey in (10.0, 200.0):
        array = pixels(replace(QUIET, cutoff_hz=30.0), (1, 1))
        array.expose(still(grey, 1, (1, 1)), 0.0, 0.001)
        array.expose(still(grey * 1.2, 8, (1, 1)), 0.0, 0.001)
        start, end = lin_log(np.array([grey, grey * 1.2]))
        low[grey] = float((array._low[0] - start) / (end - start))
    assert low[10.0] < 0.5 < low[200.0]


def test_noise_rate_is_the_parameter() -> None:
    noisy = replace(QUIET, shot_noise_hz=20.0)
    events = pixels(noisy, (32, 32)).expose(still(0.0, 500, (32, 32)), 0.0, 0.001)
    # 1.4 events per draw: four in ten come back as their opposite.
    assert len(events) / (32 * 32 * 0.5) == pytest.approx(20.0 * 1.4, rel=0.1)
    assert events["p"].mean() == pytest.approx((0.4 + 0.4 * 0.6) / 1.4, abs=0.03)


def test_bright_pixels_make_a_quarter_of_the_noise() -> None:
    noisy = replace(QUIET, shot_noise_hz=40.0)
    dark, bright = (
        len(pixels(noisy, (32, 32)).expose(still(grey, 400, (32, 32)), 0.0, 0.001))
        for grey in (0.0, 255.0)
    )
    assert bright / dark == pytest.approx(0.25, rel=0.15)


def test_hot_pixels_fire_on_and_on() -> None:
    hot = replace(QUIET, hot_pixels=0.05, hot_pixel_hz=100.0)
    events = pixels(hot, (32, 32)).expose(still(90.0, 1000, (32, 32)), 0.0, 0.001)
    places = np.unique(events["y"].astype(int) * 32 + events["x"])
    assert 25 <= len(places) <= 80
    # Rates are spread evenly up to the parameter, and four in ten come back as OFF.
    assert len(events) / len(places) == pytest.approx(70.0, rel=0.25)


def test_frames_may_come_in_any_pieces() -> None:
    rng = np.random.default_rng(4)
    frames = (60 + 25 * rng.normal(size=(24, 6, 7)).cumsum(0)).clip(2, 250).astype(np.float32)
    slow = replace(QUIET, cutoff_hz=60.0, leak_hz=3.0, refractory_s=0.001)
    whole = pixels(slow, (6, 7)).expose(frames, 0.0, 0.001)
    array = pixels(slow, (6, 7))
    parts = [array.expose(frames[k : k + 8], k * 0.001, 0.001) for k in (0, 8, 16)]
    assert len(whole) > 50
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_the_compiled_pixel_does_what_the_model_says() -> None:
    """One pixel after the other, in plain numbers."""
    rng = np.random.default_rng(5)
    frames = (80 + 20 * rng.normal(size=(60, 5, 4)).cumsum(0)).clip(2, 250).astype(np.float32)
    p = replace(QUIET, threshold_spread=0.03, cutoff_hz=50.0, leak_hz=2.0, refractory_s=0.0015)
    array = pixels(p, (5, 4))
    array.expose(frames[:1], 0.0, 0.001)
    start = [part.astype(float).copy() for part in (array._low, array._base, array._last_s)]
    events = array.expose(frames[1:], 0.001, 0.001)
    expected = [_by_hand(array, p, frames[1:].reshape(59, -1)[:, n], n, start) for n in range(20)]
    found = [int((events["y"].astype(int) * 4 + events["x"] == n).sum()) for n in range(20)]
    assert sum(found) > 100
    # Rounding may move an event into the next frame, and over the end, but never more than that.
    assert np.abs(np.array(found) - expected).max() <= 1
    assert abs(sum(found) - sum(expected)) <= 2


def _by_hand(
    array: PixelArray, p: PixelParameters, grey: np.ndarray, n: int, start: list[np.ndarray]
) -> int:
    low, base, last = (float(part[n]) for part in start)
    count = 0
    for k, light in enumerate(grey.astype(float)):
        share = min(1.0, (light + 20) * 0.001 * 2 * np.pi * p.cutoff_hz / 275)
        low += share * (float(lin_log(np.array(light))) - low)
        base -= 0.001 * float(array._leak[n])
        change = low - base
        threshold = float(array._on[n] if change > 0 else array._off[n])
        steps = int(abs(change) / threshold)
        base += np.sign(change) * steps * threshold
        times = [0.001 * (k + 1) + (r + 1) * 0.001 / (steps + 1) for r in range(steps)]
        sent = [t for t in times[:MOST_EVENTS] if t - last >= p.refractory_s]
        count, last = count + len(sent), sent[-1] if sent else last
    return count
