"""Irregular movement: short moves from spot to spot with pauses, as of who talks or waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Vectors = Callable[[np.ndarray], np.ndarray]
# After so many moves it begins again: a minute at least.
MOVES = 96


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Medians and spreads (of the logarithm) of how long moves and pauses last, in seconds."""

    move_s: float
    move_spread: float
    pause_s: float
    pause_spread: float


TALKING = Rhythm(0.48, 0.55, 0.16, 0.9)
WAITING = Rhythm(0.50, 0.65, 0.22, 1.0)


@dataclass(frozen=True, slots=True)
class Moves:
    """Starts (M,) and lengths (M,) of moves in seconds and the spots (M, 3) they lead to."""

    starts: np.ndarray
    lengths: np.ndarray
    spots: np.ndarray
    total: float
    begins: float

    def __call__(self, t: np.ndarray) -> np.ndarray:
        """Where the hand is, (F, 3)."""
        now = (t + self.begins) % self.total
        index = np.searchsorted(self.starts, now, side="right") - 1
        s = np.clip((now - self.starts[index]) / self.lengths[index], 0.0, 1.0)[:, None]
        weight = s**3 * (10 - 15 * s + 6 * s**2)
        before = self.spots[index - 1]
        # Hands go on arcs: a little forward half way.
        bow = (s * (1 - s)) ** 2 * 16 * np.array([0.0, 0.0, -0.1])
        chord = np.linalg.norm(self.spots[index] - before, axis=-1, keepdims=True)
        return np.asarray(before + (self.spots[index] - before) * weight + bow * chord)


def draw_moves(
    rng: np.random.Generator,
    spot: Callable[[np.random.Generator, np.ndarray], np.ndarray],
    rhythm: Rhythm,
    speed: float,
) -> Moves:
    """Moves through spots that ``spot`` draws from where the hand is, (3,) reaches.

    No move is faster than ``speed`` reaches a second on average.
    """
    spots, here = [], np.zeros(3)
    for _ in range(MOVES):
        here = spot(rng, here)
        spots.append(here)
    places = np.array(spots)
    ways = np.linalg.norm(places - np.roll(places, 1, axis=0), axis=-1)
    moves = rhythm.move_s * np.exp(rhythm.move_spread * rng.normal(size=MOVES))
    moves = np.maximum(moves, np.maximum(ways / speed, 0.12))
    pauses = rhythm.pause_s * np.exp(rhythm.pause_spread * rng.normal(size=MOVES))
    steps = moves + np.minimum(pauses, 3.0)
    starts = np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    total = float(steps.sum())
    return Moves(starts, moves, places, total, float(rng.uniform(0.0, total)))
