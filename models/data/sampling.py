"""Training samples: windows cut from sessions, changed at random, counted in time steps.

Every change keeps the truth known: mirroring swaps the labels of left and right and of the
turning senses, stretching time stretches the labels with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from models.data.gestures import MIRRORED, NO_GESTURE, ON_THE_WAY
from models.data.performer_set import Session

SENSOR_SIDE = 128
# Patches of an image side, between whose middles events are more or less faint.
PATCHES = 5


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a sample may be changed; the default changes nothing.

    ``aspect`` and ``shear`` are the largest change of width against height and the largest slant;
    ``faintest`` and ``weaker`` the smallest share of events left in parts of the image and of one
    polarity. ``overlay`` is how often the events of a place without gestures are laid over a
    sample: people who pass or stand about, screens that flicker, curtains, noise.
    """

    mirror: bool = False
    polarity_swap: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)
    shift_px: float = 0.0
    rotate_rad: float = 0.0
    aspect: float = 1.0
    shear: float = 0.0
    stretch: tuple[float, float] = (1.0, 1.0)
    keep: tuple[float, float] = (1.0, 1.0)
    faintest: float = 1.0
    weaker: float = 1.0
    noise_per_ms: tuple[float, float] = (0.0, 0.0)
    overlay: float = 0.0


STRONG = Augmentation(
    mirror=True,
    polarity_swap=0.15,
    scale=(0.75, 1.35),
    shift_px=10.0,
    rotate_rad=0.15,
    stretch=(0.75, 1.3),
    keep=(0.4, 1.0),
    noise_per_ms=(0.0, 6.0),
)

# Bodies, lenses, clothes, pixels and places beyond those of the sessions.
VARIED = replace(
    STRONG,
    aspect=1.2,
    shear=0.12,
    keep=(0.6, 1.0),
    faintest=0.4,
    weaker=0.5,
    noise_per_ms=(0.0, 4.0),
    overlay=0.25,
)

# For people who stand where those of the data set stand.
MILD = Augmentation(
    mirror=True,
    polarity_swap=0.05,
    scale=(0.85, 1.2),
    shift_px=6.0,
    rotate_rad=0.1,
    stretch=(0.8, 1.25),
    keep=(0.6, 1.0),
    noise_per_ms=(0.0, 3.0),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """``counts`` (T, 2, H, W) uint8 and ``label`` (T,) int64 with ``NO_GESTURE`` between."""

    counts: np.ndarray
    label: np.ndarray


def between(rng: np.random.Generator, limits: tuple[float, float]) -> float:
    """A random factor, uniform in its logarithm."""
    return float(np.exp(rng.uniform(np.log(limits[0]), np.log(limits[1]))))


def _transform(
    x: np.ndarray, y: np.ndarray, mirror: bool, change: Augmentation, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Mirror, scale, slant, rotate and shift pixel centres about the middle of the sensor."""
    middle = SENSOR_SIDE / 2
    px = x.astype(np.float32) + np.float32(0.5 - middle) + rng.random(len(x), np.float32) - 0.5
    py = y.astype(np.float32) + np.float32(0.5 - middle) + rng.random(len(y), np.float32) - 0.5
    px = -px if mirror else px
    scale = between(rng, change.scale)
    if change.aspect != 1.0 or change.shear:
        wider = np.float32(math.sqrt(between(rng, (1 / change.aspect, change.aspect))))
        slant = np.float32(rng.uniform(-change.shear, change.shear))
        px, py = wider * px + slant * py, py / wider
    angle = rng.uniform(-change.rotate_rad, change.rotate_rad)
    c, s = np.float32(scale * np.cos(angle)), np.float32(scale * np.sin(angle))
    dx, dy = rng.uniform(-change.shift_px, change.shift_px, 2).astype(np.float32)
    return c * px - s * py + dx + middle, s * px + c * py + dy + middle


def _between_times(t_ms: np.ndarray, start_ms: int, end_ms: int) -> tuple[int, int]:
    """The first event of an interval and the one behind its last."""
    # Times of another type than the array's would have the whole array converted first.
    edges = np.minimum([start_ms, end_ms], np.iinfo(t_ms.dtype).max).astype(t_ms.dtype)
    low, high = np.searchsorted(t_ms, edges)
    return int(low), int(high)


def cut_sample(
    session: Session,
    start_ms: int,
    steps: int,
    step_ms: int,
    side: int,
    change: Augmentation,
    rng: np.random.Generator,
) -> Sample:
    """``steps`` steps of ``step_ms`` from ``start_ms`` on, on a grid of ``side`` x ``side``."""
    stretch = between(rng, change.stretch)
    length = round(steps * step_ms / stretch)
    low, high = _between_times(session.t_ms, start_ms, start_ms + length)
    chance = rng.random(high - low, np.float32)
    share: float | np.ndarray = between(rng, change.keep)
    if change.faintest < 1.0 or change.weaker < 1.0:
        shares = share * shares_of(change, rng)
        share = shares[session.p[low:high], session.y[low:high], session.x[low:high]]
    where = np.flatnonzero(chance < share) + low
    mirror = change.mirror and bool(rng.random() < 0.5)
    if change == Augmentation():
        px, py = session.x[where].astype(np.float32), session.y[where].astype(np.float32)
    else:
        px, py = _transform(session.x[where], session.y[where], mirror, change, rng)
    jitter = rng.random(len(where)) if stretch != 1.0 else 0.0
    t = ((session.t_ms[where] - start_ms + jitter) * (stretch / step_ms)).astype(np.int64)
    p = session.p[where] ^ np.uint8(rng.random() < change.polarity_swap)
    cell = SENSOR_SIDE // side
    gx = np.floor(px / cell).astype(np.int64)
    gy = np.floor(py / cell).astype(np.int64)
    inside = (gx >= 0) & (gx < side) & (gy >= 0) & (gy < side) & (t < steps)
    flat = ((t * 2 + p) * side + gy) * side + gx
    size = steps * 2 * side * side
    noise = rng.uniform(*change.noise_per_ms) * step_ms * steps
    noisy = rng.integers(0, size, rng.poisson(noise))
    counts = np.bincount(np.concatenate([flat[inside], noisy]), minlength=size)
    shape = (steps, 2, side, side)
    labels = labels_of(session, start_ms, steps, step_ms / stretch, mirror)
    return Sample(np.minimum(counts, 255).astype(np.uint8).reshape(shape), labels)


def shares_of(change: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Shares of events to keep (2, H, W) float32, smooth over the image, by polarity."""
    coarse = rng.uniform(math.log(change.faintest), 0.0, (PATCHES, PATCHES))
    at = np.linspace(0, PATCHES - 1, SENSOR_SIDE)
    low = np.minimum(at.astype(np.int64), PATCHES - 2)
    weights = np.zeros((SENSOR_SIDE, PATCHES))
    weights[np.arange(SENSOR_SIDE), low] = 1 - (at - low)
    weights[np.arange(SENSOR_SIDE), low + 1] = at - low
    smooth = np.exp(weights @ coarse @ weights.T)
    polarity = np.ones((2, 1, 1))
    polarity[rng.integers(2)] = between(rng, (change.weaker, 1.0))
    return (polarity * smooth).astype(np.float32)


def overlaid(sample: Sample, quiet: Sample) -> Sample:
    """The sample with the events of another one, of equal shape and without gestures, over it."""
    counts = sample.counts.astype(np.uint16) + quiet.counts
    return Sample(np.minimum(counts, 255).astype(np.uint8), sample.label)


def labels_of(
    session: Session, start_ms: int, steps: int, step_ms: float, mirror: bool
) -> np.ndarray:
    """The label at the middle of each step; past the session's end there is none."""
    at = start_ms + ((np.arange(steps) + 0.5) * step_ms).astype(np.int64)
    known = at < len(session.label)
    label = np.full(steps, NO_GESTURE, np.int64)
    label[known] = session.label[at[known]]
    table = np.array([*MIRRORED, ON_THE_WAY, NO_GESTURE])  # read from its end for what is below 0
    return table[label] if mirror else label
