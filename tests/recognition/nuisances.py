"""Made-up streams of counts for presence: what a camera sends when nobody is before it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

SIDE = 128
STEP_US = 33_000
STEP_S = STEP_US / 1e6

Stream = Iterator[np.ndarray]
Window = tuple[slice, slice]
WHOLE: Window = (slice(0, SIDE), slice(0, SIDE))
REGION: Window = (slice(30, 80), slice(40, 90))


def noise(seconds: float, rate: float = 0.3, hot: int = 0, seed: int = 0) -> Stream:
    """``rate`` events a pixel and second, and ``hot`` pixels of up to 1000 a second."""
    rng = np.random.default_rng(seed)
    cells = 2 * SIDE * SIDE
    hot_cells = rng.integers(cells, size=hot)
    hot_mean = rng.uniform(50, 1000, hot) * STEP_S
    for _ in range(round(seconds / STEP_S)):
        # A Poisson number of events at random places is a Poisson number at each place.
        places = rng.integers(cells, size=rng.poisson(rate * STEP_S * SIDE * SIDE))
        counts = np.bincount(places, minlength=cells)
        np.add.at(counts, hot_cells, rng.poisson(hot_mean))
        yield counts.reshape(2, SIDE, SIDE)


def flicker(
    seconds: float, hertz: float, window: Window = WHOLE, rate: float = 60.0, begins_s: float = 2.0
) -> Stream:
    """A lamp or screen that flickers from ``begins_s`` on, ``rate`` events a pixel and second."""
    rng = np.random.default_rng(1)
    for number, counts in enumerate(noise(seconds)):
        begin_s = number * STEP_S
        if begin_s >= begins_s:
            first, last = np.ceil(2 * hertz * (begin_s + np.array([0.0, STEP_S]))).astype(int)
            for polarity in (0, 1):
                halves = np.count_nonzero(np.arange(first, last) % 2 == polarity)
                area = counts[polarity][window]
                area += rng.poisson(halves * rate / (2 * hertz), area.shape)
        yield counts


def light(seconds: float, at_s: float = 3.0) -> Stream:
    """The light is switched on every 10 s: two events a pixel in a tenth of a second, or fewer."""
    rng = np.random.default_rng(2)
    seen = np.kron(rng.uniform(0.1, 1.5, (8, 8)), np.ones((SIDE // 8, SIDE // 8)))
    for number, counts in enumerate(noise(seconds)):
        if at_s <= number * STEP_S % 10 < at_s + 0.1:
            counts[1] += rng.poisson(0.7 * seen)
        yield counts


def knock(seconds: float, every_s: float = 5.0) -> Stream:
    """The camera is knocked: all edges of the picture shake for a third of a second."""
    rng = np.random.default_rng(6)
    edges = np.kron(rng.uniform(0.02, 1.0, (16, 16)), np.ones((SIDE // 16, SIDE // 16)))
    for number, counts in enumerate(noise(seconds)):
        since_s = number * STEP_S % every_s - 2.0
        if 0 <= since_s < 0.33:
            counts += rng.poisson(
                edges * (0.5 + 0.5 * np.cos(2 * np.pi * 8 * since_s)), (2, SIDE, SIDE)
            )
        yield counts


def passer(seconds: float, height: int, speed: float, rate: float = 20.0) -> Stream:
    """Somebody ``height`` pixels high crosses at ``speed`` pixels a second, again and again."""
    rng = np.random.default_rng(3)
    for number, counts in enumerate(noise(seconds)):
        left = int(number * STEP_S * speed % (SIDE + 60)) - 30
        area = counts[:, 50 : 50 + height, max(left, 0) : max(left + height // 3, 0)]
        area += rng.poisson(rate * STEP_S / 2, area.shape)
        yield counts


def corner(seconds: float) -> Stream:
    """A screen or curtain at the edge of the picture that moves all the time."""
    rng = np.random.default_rng(4)
    for number, counts in enumerate(noise(seconds)):
        at = 8 + round(6 * np.sin(number / 4))
        area = counts[:, 10:70, at : at + 5]
        area += rng.poisson(1.5, area.shape)
        yield counts


def waver(
    seconds: float, begins_s: float = 2.0, ends_s: float = 1e9, height: int = 40, rate: float = 60.0
) -> Stream:
    """An upright edge swings before the camera, as a forearm does."""
    rng = np.random.default_rng(5)
    for number, counts in enumerate(noise(seconds)):
        t_s = number * STEP_S
        if begins_s <= t_s < ends_s:
            phase = 2 * np.pi * (t_s - begins_s) / 0.5
            at = 64 + round(height / 2 * np.sin(phase))
            area = counts[:, 40 : 40 + height, at - 6 : at + 6]
            area += rng.poisson(abs(np.cos(phase)) * rate * STEP_S, area.shape)
        yield counts


def fan(seconds: float, hertz: float = 2.0) -> Stream:
    """Three blades turn for ever in the middle of the picture; ``hertz`` blades pass a second."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:SIDE, :SIDE]
    radius, angle = np.hypot(y - 50, x - 90), np.arctan2(y - 50, x - 90)
    for number, counts in enumerate(noise(seconds)):
        turned = 2 * np.pi * hertz * number * STEP_S / 3
        blades = (np.cos(3 * (angle - turned)) > 0.7) & (radius < 22)
        counts[:, blades] += rng.poisson(0.8, (2, int(blades.sum())))
        yield counts
