"""A person's proportions and clothes: what stays the same during a performance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIGHT, LEFT = 0, 1

# Adult segment lengths as fractions of body height, rounded from Winter, Biomechanics and Motor
# Control of Human Movement, table 4.1.
SHOULDER_HALF = 0.109
UPPER_ARM = 0.172
FOREARM = 0.150
HAND = 0.108
HEAD_RADIUS = 0.058
NECK = 0.098
TORSO = 0.30


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths in metres; brightness in grey levels 0..255; texture contrast in log intensity."""

    height: float
    shoulder_half: float
    upper_arm: float
    forearm: float
    hand: float
    head_radius: float
    neck: float
    torso: float
    arm_radius: float
    skin: float
    cloth: float
    hair: float
    long_sleeves: bool
    cloth_contrast: float
    skin_contrast: float
    stripes: float
    left_handed: bool


def draw_body(rng: np.random.Generator, varied: bool) -> Body:
    """A random person; ``varied`` includes children, very tall people and all kinds of clothes."""
    height = rng.uniform(1.15, 2.0) if varied else rng.normal(1.75, 0.07)

    def part(fraction: float) -> float:
        return float(height * fraction * rng.normal(1.0, 0.05))

    return Body(
        height=float(height),
        shoulder_half=part(SHOULDER_HALF),
        upper_arm=part(UPPER_ARM),
        forearm=part(FOREARM),
        hand=part(HAND),
        head_radius=part(HEAD_RADIUS),
        neck=part(NECK),
        torso=part(TORSO),
        arm_radius=float(height * rng.uniform(0.021, 0.030)),
        skin=float(rng.uniform(60, 200) if varied else rng.uniform(110, 190)),
        cloth=float(rng.uniform(12, 230) if varied else rng.uniform(30, 120)),
        hair=float(rng.uniform(10, 150)),
        long_sleeves=bool(rng.random() < 0.5),
        cloth_contrast=float(rng.uniform(0.03, 0.5) if varied else rng.uniform(0.10, 0.30)),
        skin_contrast=float(rng.uniform(0.06, 0.18)),
        stripes=float(rng.uniform(0.2, 0.8) if rng.random() < (0.3 if varied else 0.1) else 0.0),
        left_handed=bool(rng.random() < 0.1),
    )
