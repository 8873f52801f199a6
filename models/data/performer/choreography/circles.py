"""Arm circles: cones about an axis from the shoulder, and ovals drawn before chest and face.

"Clockwise" is as the person sees it, which is counter-clockwise in the image: there the angle of
(cos, sin) with y down runs backwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.poses import POINTING, Grip, hanging, open_grip, pose
from models.data.performer.choreography.style import Gesture, Path, Style, Wave
from models.data.performer.skeleton import ArmPose

# Where the wrist is (F, 3) at an angle (F,) and a size (F,) about one.
Ring = Callable[[np.ndarray, np.ndarray], np.ndarray]


def sense_of(side: int, clockwise: bool) -> float:
    """Which way the angle runs; outward is image left for the right arm, so it flips with it."""
    return (-1.0 if clockwise else 1.0) * (-1.0 if side == RIGHT else 1.0)


def _frame(yaw: float, pitch: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An axis that points forward, turned outward and down, and two vectors across it."""
    axis = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), -np.cos(yaw) * np.cos(pitch)])
    across = np.array([np.cos(yaw), 0.0, np.sin(yaw)])
    downward = np.cross(axis, across)
    return axis, across, np.asarray(downward * np.sign(downward[1]))


def _cone(style: Style) -> Ring:
    """The stretched arm turns on a cone; its elbow gives way a little on one side of the turn."""
    cone = np.clip(style.around(0.62, 0.16) * style.manner[1] ** 0.6, 0.2, 1.0)
    yaw, pitch = np.clip([0.36 + style.shift(0.2), 0.03 + style.shift(0.18)], -0.3, style.seen_to)
    axis, across, downward = _frame(float(yaw), float(pitch))
    bend, give = style.uniform(0.87, 0.985), style.uniform(0.0, 0.06)
    flat, where = style.uniform(0.85, 1.0), np.pi + style.shift(0.8)

    def ring(angle: np.ndarray, size: np.ndarray) -> np.ndarray:
        open_ = cone * size
        side = np.cos(angle)[:, None] * across + flat * np.sin(angle)[:, None] * downward
        direction = np.cos(open_)[:, None] * axis + np.sin(open_)[:, None] * side
        length = bend * (1 - give * np.cos(angle - where))
        return np.asarray(length[:, None] * direction)

    return ring


def _oval(style: Style) -> Ring:
    """The hand draws an oval in the air; the elbow bends and stretches as it must."""
    radius = np.clip(style.around(0.52, 0.2) * style.manner[1] ** 0.6, 0.18, 0.7)
    _, across, downward = _frame(min(-0.15 + style.shift(0.22), style.seen_to), style.shift(0.13))
    centre = np.array(
        [-0.06 + style.shift(0.2), -0.06 + style.shift(0.16), -0.75 + style.shift(0.06)]
    )
    squeeze, tilt = np.sqrt(style.uniform(0.78, 0.98)), 0.17 + style.shift(0.5)
    long, short = radius / squeeze, radius * squeeze
    c, s = np.cos(tilt), np.sin(tilt)
    # The long axis stands upright but for its tilt.
    first, second = short * (c * across - s * downward), long * (s * across + c * downward)

    def ring(angle: np.ndarray, size: np.ndarray) -> np.ndarray:
        a = angle + tilt
        oval = np.cos(a)[:, None] * first + np.sin(a)[:, None] * second
        return np.asarray(centre + size[:, None] * oval)

    return ring


def _turning(style: Style, period: float, sense: float) -> Wave:
    """The angle: once round in a period, now faster and now slower on the way."""
    phase, even = style.phase(period), style.chance(0.25)
    first, second = (0.03 if even else style.uniform(0.1, 0.38) for _ in range(2))
    lags = style.rng.uniform(0, 2 * np.pi, 2)

    def angle(t: np.ndarray) -> np.ndarray:
        p = phase(t)
        uneven = first * np.sin(p + lags[0]) + 0.7 * second * np.sin(2 * p + lags[1])
        return np.asarray(sense * (p + uneven))

    return angle


def _swell(style: Style, angle: Wave) -> Wave:
    """The radius: it drifts, and bulges here and there."""
    swell, bulge = style.amplitude(), style.uniform(0.0, 0.08)
    lag = style.rng.uniform(0, 2 * np.pi)
    return lambda t: 0.5 + 0.5 * swell(t) + bulge * np.sin(3 * angle(t) + lag)


def _arm(style: Style, side: int, ring: Ring, angle: Wave, grip: Grip) -> Path:
    swell, raised = _swell(style, angle), style.uniform(0.3, 1.1)

    def arm(t: np.ndarray) -> ArmPose:
        return pose(style.body, side, ring(angle(t), swell(t)), (0.9, raised, 0.3), grip=grip)

    return arm


def _draw(style: Style) -> tuple[Ring, float, Grip]:
    ring = _oval(style) if style.chance(0.5) else _cone(style)
    period = float(np.clip(style.around(0.92, 0.17) * style.manner[0] ** 0.6, 0.5, 1.6))
    return ring, period, POINTING if style.chance(0.25) else open_grip(style)


def circling(style: Style, side: int, clockwise: bool) -> Gesture:
    """One arm circles, the other hangs and moves along a little."""
    ring, period, grip = _draw(style)
    angle = _turning(style, period, sense_of(side, clockwise))
    along = style.uniform(0.0, 0.06)
    other = hanging(style, 1 - side, lambda t: along * np.sin(angle(t)))
    arm = _arm(style, side, ring, angle, grip)
    turn = "clockwise" if clockwise else "counter_clockwise"
    name = f"{'right' if side == RIGHT else 'left'}_arm_{turn}"
    arms = (arm, other) if side == RIGHT else (other, arm)
    return Gesture(name, *arms, style.onset_s(0.5), style.bow(), 1.15 * period)


def circling_both(style: Style) -> Gesture:
    """Both arms circle as mirror images, in step: none of the ten."""
    ring, period, grip = _draw(style)
    angle = _turning(style, period, 1.0 if style.rng.random() < 0.5 else -1.0)
    lag = style.shift(0.12)
    right = _arm(style, RIGHT, ring, angle, grip)
    left = _arm(style, LEFT, ring, lambda t: angle(t) + lag, grip)
    return Gesture("other_gestures", right, left, style.onset_s(0.55), style.bow())
