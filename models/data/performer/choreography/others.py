"""None of the ten: greeting, explaining, pointing, stretching, scratching, two arms at once."""

from __future__ import annotations

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.circles import circling_both
from models.data.performer.choreography.moves import TALKING, draw_moves
from models.data.performer.choreography.poses import (
    FIST,
    POINTING,
    Grip,
    columns,
    hanging,
    open_grip,
    pose,
)
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.choreography.waves import waving_both
from models.data.performer.skeleton import ArmPose

# Where a hand does it and how far it goes, in reaches from the shoulder, x outward and y down.
SINGLE = {
    "point": ((0.1, 0.05, -0.8), (0.05, 0.05, 0.2)),
    "swipe": ((0.0, 0.25, -0.55), (0.45, 0.08, 0.05)),
    "figure": ((0.25, 0.2, -0.55), (0.25, 0.25, 0.05)),
    "stretch": ((0.45, -0.45, -0.2), (0.15, 0.5, 0.05)),
    "scratch": ((-0.15, -0.45, -0.2), (0.05, 0.04, 0.03)),
    "push": ((0.0, 0.15, -0.6), (0.05, 0.1, 0.35)),
    "beckon": ((0.1, 0.10, -0.55), (0.03, 0.18, 0.22)),
    "flap": ((0.75, 0.30, -0.1), (0.15, 0.45, 0.05)),
    "raise": ((0.2, 0.0, -0.3), (0.1, 0.75, 0.1)),
    "knock": ((0.0, -0.1, -0.75), (0.02, 0.08, 0.12)),
    "phone": ((-0.10, -0.22, -0.22), (0.03, 0.05, 0.03)),
}
DOUBLE = {
    "shrug": ((0.35, 0.45, -0.35), (0.15, 0.12, 0.08)),
    "raise both": ((0.25, -0.2, -0.2), (0.15, 0.75, 0.15)),
    "embrace": ((0.35, 0.2, -0.6), (0.45, 0.1, 0.15)),
    "lift": ((-0.1, 0.3, -0.6), (0.03, 0.35, 0.1)),
    "cross": ((-0.05, 0.42, -0.45), (0.28, 0.08, 0.1)),
    "push both": ((0.0, 0.2, -0.6), (0.05, 0.08, 0.35)),
    "stretch both": ((0.5, -0.45, -0.1), (0.3, 0.35, 0.1)),
}
KINDS = ("talk", "one", "both", "both alike", "both circle", "both wave")


def _beating(style: Style, kind: str, sides: tuple[int, ...]) -> dict[int, Path]:
    """A movement to and fro at one place, by one arm or by both as mirror images."""
    centre, reach_ = {**SINGLE, **DOUBLE}[kind]
    tempo, size = style.manner
    phase, swell = style.phase(float(style.uniform(0.5, 1.7) * tempo)), style.amplitude()
    spot = np.array(centre) + np.array([style.shift(0.09) for _ in range(3)])
    stroke = np.array(reach_) * style.uniform(0.7, 1.3) * size**0.5
    # An eight, never a ring: a ring drawn by one arm is a gesture of its own.
    ratio, lag = (2.0, style.rng.uniform(0, 2 * np.pi)) if kind == "figure" else (1.0, 0.0)
    slope, late = style.shift(0.3), style.shift(0.2)
    grip = _grip(style, kind)

    def path(side: int) -> Path:
        def arm(t: np.ndarray) -> ArmPose:
            p = phase(t) + (late if side == LEFT else 0.0)
            way = columns(np.sin(p), np.sin(ratio * p + lag), np.sin(p + slope))
            offset = spot + swell(t)[:, None] * stroke * way
            return pose(style.body, side, offset, (0.6, 1.0, 0.3), grip=grip)

        return arm

    return {side: path(side) for side in sides}


def _grip(style: Style, kind: str) -> Grip:
    if kind == "point":
        return POINTING
    if kind in ("knock", "phone"):
        return FIST
    return open_grip(style)


def _talking(style: Style, sides: tuple[int, ...]) -> dict[int, Path]:
    """Hands that explain: from spot to spot, both alike and each a little on its own."""
    size = style.uniform(0.5, 1.4) * style.manner[1] ** 0.5
    home = np.array([0.12 + style.shift(0.2), 0.38 + style.shift(0.2), -0.5 + style.shift(0.14)])

    def spot(rng: np.random.Generator, here: np.ndarray) -> np.ndarray:
        return 0.35 * here + size * rng.normal(0, 1, 3) * np.array([0.24, 0.26, 0.16])

    def own(rng: np.random.Generator, here: np.ndarray) -> np.ndarray:
        return 0.3 * spot(rng, here)

    together = draw_moves(style.rng, spot, TALKING, 2.2)

    def path(side: int) -> Path:
        alone, grip = draw_moves(style.rng, own, TALKING, 1.5), open_grip(style)

        def arm(t: np.ndarray) -> ArmPose:
            offset = home + together(t) + alone(t)
            return pose(style.body, side, offset, (0.7, 1.0, 0.3), grip=grip)

        return arm

    return {side: path(side) for side in sides}


def other(style: Style) -> Gesture:
    """One arm or both do something of their own."""
    kind = style.choose(KINDS, (0.3, 0.28, 0.12, 0.18, 0.06, 0.06))
    if kind == "both circle":
        return circling_both(style)
    if kind == "both wave":
        return waving_both(style)
    arms = {side: hanging(style, side) for side in (RIGHT, LEFT)}
    alone = style.leader() if style.rng.random() < 0.6 else int(style.rng.integers(2))
    if kind == "talk":
        arms |= _talking(style, (RIGHT, LEFT) if style.chance(0.75) else (alone,))
    elif kind == "one":
        arms |= _beating(style, style.choose(tuple(SINGLE)), (alone,))
    elif kind == "both":
        for side in (RIGHT, LEFT):
            arms |= _beating(style, style.choose(tuple(SINGLE)), (side,))
    else:
        arms |= _beating(style, style.choose(tuple(DOUBLE)), (RIGHT, LEFT))
    onset = style.onset_s(0.5)
    return Gesture("other_gestures", arms[RIGHT], arms[LEFT], onset, style.bow())
