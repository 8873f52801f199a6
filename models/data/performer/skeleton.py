"""From where the hands should be to where every joint is: two-bone inverse kinematics.

Body coordinates in metres: the origin lies midway between the shoulders, x to image right (the
person's left), y down, z away from the camera. The person faces the camera, so forward is -z.
Arrays are (F, 3) over F frames.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import LEFT, RIGHT, Body


@dataclass(frozen=True, slots=True)
class ArmPose:
    """Where an arm should be: wrist, the side the elbow points to, where the fingers point.

    ``fingers`` is a direction (0, 0, 0) = along the forearm. ``open_hand`` (F,) runs from 0
    (fist) to 1 (fingers stretched).
    """

    wrist: np.ndarray
    elbow_hint: np.ndarray
    fingers: np.ndarray
    open_hand: np.ndarray


@dataclass(frozen=True, slots=True)
class Joints:
    """Joint positions of one arm, each (F, 3) metres."""

    shoulder: np.ndarray
    elbow: np.ndarray
    wrist: np.ndarray
    knuckles: np.ndarray
    fingertips: np.ndarray


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (F, 3) scaled to length one; a zero vector stays zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.maximum(length, 1e-9)


def reach(body: Body) -> float:
    """The longest distance from shoulder to wrist, a little short of a locked elbow."""
    return 0.995 * (body.upper_arm + body.forearm)


def solve_arm(body: Body, shoulder: np.ndarray, pose: ArmPose) -> Joints:
    """Place elbow and hand so that the wrist comes as near to ``pose.wrist`` as the arm allows.

    The elbow lies on the circle of the law of cosines, turned towards ``pose.elbow_hint``.
    """
    to_wrist = pose.wrist - shoulder
    distance = np.linalg.norm(to_wrist, axis=-1, keepdims=True)
    shortest = 1.1 * abs(body.upper_arm - body.forearm) + 0.05
    clamped = np.clip(distance, shortest, reach(body))
    axis = to_wrist / np.maximum(distance, 1e-9)
    wrist = shoulder + axis * clamped
    along = (body.upper_arm**2 - body.forearm**2 + clamped**2) / (2 * clamped)
    off = np.sqrt(np.maximum(body.upper_arm**2 - along**2, 0.0))
    hint = pose.elbow_hint - axis * np.sum(pose.elbow_hint * axis, axis=-1, keepdims=True)
    elbow = shoulder + axis * along + unit(hint) * off
    forearm = unit(wrist - elbow)
    fingers = unit(forearm + 2.0 * pose.fingers)
    stretch = 0.45 + 0.55 * pose.open_hand[:, None]
    knuckles = wrist + fingers * 0.5 * body.hand
    return Joints(shoulder, elbow, wrist, knuckles, wrist + fingers * body.hand * stretch)


def shoulder_position(body: Body, side: int) -> np.ndarray:
    """The shoulder joint (3,) of a person at rest."""
    sign = {RIGHT: -1.0, LEFT: 1.0}[side]
    return np.array([sign * body.shoulder_half, 0.0, 0.0])
