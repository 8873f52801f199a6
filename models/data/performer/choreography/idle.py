"""What is no gesture: resting, standing about in a pose, walking."""

from __future__ import annotations

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.moves import WAITING, Moves, draw_moves
from models.data.performer.choreography.poses import Grip, Vector, columns, hanging, pose
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose

HANG: Vector = (0.17, 0.93, -0.13)
POSES: dict[str, tuple[Vector, Vector]] = {
    "crossed": ((-0.25, 0.42, -0.40), (-0.25, 0.46, -0.36)),
    "hips": ((0.22, 0.78, -0.12), (0.22, 0.78, -0.12)),
    "folded": ((-0.22, 0.80, -0.30), (-0.22, 0.80, -0.30)),
    "phone": ((-0.12, 0.40, -0.45), HANG),
    "behind": ((0.05, 0.85, 0.15), (0.05, 0.85, 0.15)),
    "chin": ((-0.18, -0.02, -0.30), (-0.20, 0.50, -0.35)),
    "call": ((-0.08, -0.22, -0.18), HANG),
    "pocket": ((0.10, 0.76, -0.10), HANG),
    "bag": ((-0.05, 0.30, -0.25), HANG),
    "reading": ((-0.14, 0.48, -0.48), (-0.14, 0.48, -0.48)),
}
WALK_LAG = 0.4


def _fidgets(style: Style, size: float) -> Moves:
    """Short moves about a place, now and then a longer one, with pauses between."""

    def spot(rng: np.random.Generator, here: np.ndarray) -> np.ndarray:
        step = size * float(np.exp(0.8 * rng.normal())) * rng.normal(0, 1, 3)
        return np.asarray(np.clip(0.6 * here + step, -0.45, 0.45) * np.array([1.0, 0.7, 0.8]))

    return draw_moves(style.rng, spot, WAITING, 1.6)


def _held(style: Style, side: int, spot: Vector, size: float) -> Path:
    """The hand stays about ``spot`` (in reaches from the shoulder, x outward), never long still."""
    where = np.array(spot) + np.array([style.shift(0.07) for _ in range(3)])
    moves = _fidgets(style, size)
    grip = Grip(spread=style.uniform(0.0, 0.3))

    def path(t: np.ndarray) -> ArmPose:
        return pose(style.body, side, where + moves(t), (0.9, 0.6, 0.4), grip=grip)

    return path


def resting(style: Style) -> Gesture:
    """Both arms hang: what is seen before, between and after gestures."""
    right, left = hanging(style, RIGHT), hanging(style, LEFT)
    if style.rng.random() < 0.5:
        size = float(style.rng.uniform(0.01, 0.09))
        right, left = _held(style, RIGHT, HANG, size), _held(style, LEFT, HANG, size)
    return Gesture("rest", right, left, style.onset_s(0.72), style.bow())


def posing(style: Style) -> Gesture:
    """Standing about: arms crossed, hands on hips, folded, a phone in the hand, and the like."""
    right, left = POSES[style.choose(sorted(POSES))]
    if style.leader() == LEFT:
        right, left = left, right
    size = float(np.exp(style.rng.uniform(np.log(0.04), np.log(0.4))))
    arms = _held(style, RIGHT, right, size), _held(style, LEFT, left, size)
    return Gesture("pose", *arms, style.onset_s(0.7), style.bow())


def walking(style: Style) -> Gesture:
    """The arms swing beside the body, each with the opposite foot, the elbow bending forward."""
    swing, bend = style.uniform(0.17, 0.7), style.uniform(0.0, 0.07)
    out, lag = style.uniform(0.05, 0.18), WALK_LAG + style.shift(0.15)
    rate = 2 * np.pi * style.steps_hz

    def path(side: int) -> Path:
        # The left foot is forward where the sine of the step is positive.
        sign = -1.0 if side == RIGHT else 1.0

        def arm(t: np.ndarray) -> ArmPose:
            forward = -sign * np.sin(rate * t - lag)
            y = 0.99 - bend * (1 + forward) - 0.3 * swing**2 * forward**2
            offset = columns(out, y, -0.06 - swing * forward)
            return pose(style.body, side, offset, (0.3, 0.0, 1.0))

        return arm

    return Gesture("walk", path(RIGHT), path(LEFT), style.onset_s(0.6), 0.0)
