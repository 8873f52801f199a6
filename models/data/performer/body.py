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
THIGH, SHANK = 0.245, 0.246

PATTERNS = ("plain", "stripes", "dots")
RESERVED_PATTERN = "checks"
# Contrast of cloth and skin: of the people of the data set, of all people, of those whose limbs are
# little but outlines to a camera.
CLOTH = ((0.15, 0.32), (0.05, 0.5), (0.0, 0.06))
SKIN = ((0.12, 0.22), (0.06, 0.28), (0.0, 0.06))
PLAIN = 0.2


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
    thigh: float
    shank: float
    arm_radius: float
    skin: float
    cloth: float
    trousers: float
    hair: float
    hair_length: float
    long_sleeves: bool
    cloth_contrast: float
    skin_contrast: float
    pattern: str
    pattern_contrast: float
    left_handed: bool


def _own_height(rng: np.random.Generator, height: float, reserved: bool) -> float:
    """The nearest height of a kind of its own: every fifth centimetre is reserved."""
    cm = int(height * 100)
    cm = cm - cm % 5 if reserved else cm + (int(rng.integers(1, 5)) if cm % 5 == 0 else 0)
    return (cm + float(rng.random())) / 100


def _contrast(
    varied: bool, plain: bool, of: tuple[tuple[float, float], ...]
) -> tuple[float, float]:
    return of[2 if plain else 1 if varied else 0]


def draw_body(rng: np.random.Generator, varied: bool, reserved: bool = False) -> Body:
    """A random person; ``varied`` includes children, very tall people and all kinds of clothes.

    ``reserved`` people have heights and a pattern of clothes that the others never have, so that
    a test can ask about bodies and clothes that training cannot have shown.
    """
    drawn = rng.uniform(1.15, 2.0) if varied else rng.normal(1.75, 0.07)
    height = _own_height(rng, float(drawn), reserved)
    patterned = rng.random() < (0.45 if varied else 0.15)
    pattern = str(rng.choice(PATTERNS[1:])) if patterned else PATTERNS[0]

    plain = varied and rng.random() < PLAIN

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
        thigh=part(THIGH),
        shank=part(SHANK),
        arm_radius=float(height * rng.uniform(0.021, 0.030)),
        skin=float(rng.uniform(60, 200) if varied else rng.uniform(110, 190)),
        cloth=float(rng.uniform(12, 230) if varied else rng.uniform(30, 120)),
        trousers=float(rng.uniform(12, 180)),
        hair=float(rng.uniform(10, 150)),
        hair_length=float(rng.uniform(0.0, 1.0) if rng.random() < 0.4 else 0.0),
        long_sleeves=bool(rng.random() < 0.5),
        cloth_contrast=float(rng.uniform(*_contrast(varied, plain, CLOTH))),
        skin_contrast=float(rng.uniform(*_contrast(varied, plain, SKIN))),
        pattern=RESERVED_PATTERN if reserved and patterned else pattern,
        pattern_contrast=float(rng.uniform(0.2, 0.8)),
        left_handed=bool(rng.random() < 0.1),
    )
