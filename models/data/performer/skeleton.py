"""From where the hands should be to where every joint is: two-bone inverse kinematics.

Body coordinates in metres: the origin lies midway between the shoulders, x to image right (the
person's left), y down, z away from the camera. The person faces the camera, so forward is -z.
Arrays are (F, 3) over F frames.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import LEFT, RIGHT, Body

FINGERS = ("thumb", "index", "middle", "ring", "little")


@dataclass(frozen=True, slots=True)
class ArmPose:
    """Where an arm should be: wrist, the side the elbow points to, and what the hand does.

    ``fingers`` is a direction, (0, 0, 0) = along the forearm; ``palm`` the way the palm faces,
    (0, 0, 0) = as a relaxed hand does. ``curl`` (F, 5) runs from 0 (stretched) to 1 (in the fist)
    for each of ``FINGERS``; ``spread`` (F,) from 0 (side by side) to 1 (splayed).
    """

    wrist: np.ndarray
    elbow_hint: np.ndarray
    fingers: np.ndarray
    palm: np.ndarray
    curl: np.ndarray
    spread: np.ndarray


@dataclass(frozen=True, slots=True)
class Joints:
    """One arm: joint positions, each (F, 3) metres, and how its hand is held.

    ``along`` (F, 3) points from the wrist to the knuckles, ``palm`` (F, 3) is the unit vector out
    of the palm, at right angles to it; ``curl`` and ``spread`` are as in ``ArmPose``.
    """

    side: int
    shoulder: np.ndarray
    elbow: np.ndarray
    wrist: np.ndarray
    knuckles: np.ndarray
    fingertips: np.ndarray
    along: np.ndarray
    palm: np.ndarray
    curl: np.ndarray
    spread: np.ndarray

    def at(self, frames: slice) -> Joints:
        """The arm at some of the frames."""
        return Joints(
            self.side,
            self.shoulder[frames],
            self.elbow[frames],
            self.wrist[frames],
            self.knuckles[frames],
            self.fingertips[frames],
            self.along[frames],
            self.palm[frames],
            self.curl[frames],
            self.spread[frames],
        )


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (F, 3) scaled to length one; a zero vector stays zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.maximum(length, 1e-9)


def reach(body: Body) -> float:
    """The longest distance from shoulder to wrist, a little short of a locked elbow."""
    return 0.995 * (body.upper_arm + body.forearm)


def solve_arm(body: Body, side: int, shoulder: np.ndarray, pose: ArmPose) -> Joints:
    """Place elbow and hand so that the wrist comes as near to ``pose.wrist`` as the arm allows.

    ``shoulder`` is (3,) or (F, 3). The elbow lies on the circle of the law of cosines, turned
    towards ``pose.elbow_hint``.
    """
    to_wrist = pose.wrist - shoulder
    distance = np.linalg.norm(to_wrist, axis=-1, keepdims=True)
    shortest = 1.1 * abs(body.upper_arm - body.forearm) + 0.05
    clamped = np.clip(distance, shortest, reach(body))
    axis = to_wrist / np.maximum(distance, 1e-9)
    wrist = shoulder + axis * clamped
    along = (body.upper_arm**2 - body.forearm**2 + clamped**2) / (2 * clamped)
    off = np.sqrt(np.maximum(body.upper_arm**2 - along**2, 0.0))
    elbow = shoulder + axis * along + unit(_across(pose.elbow_hint, axis)) * off
    return _with_hand(body, side, (shoulder, elbow, wrist), pose)


def solve_forearm(body: Body, side: int, pose: ArmPose) -> Joints:
    """An arm of which only hand and forearm are seen: it comes from where it is told to.

    ``pose.elbow_hint`` points from the wrist to the elbow; the upper arm goes on behind it.
    """
    back = unit(pose.elbow_hint)
    elbow = pose.wrist + body.forearm * back
    return _with_hand(body, side, (elbow + body.upper_arm * back, elbow, pose.wrist), pose)


def _with_hand(
    body: Body, side: int, arm: tuple[np.ndarray, np.ndarray, np.ndarray], pose: ArmPose
) -> Joints:
    """Shoulder, elbow and wrist, and the hand that ``pose`` asks for."""
    shoulder, elbow, wrist = arm
    fingers = unit(unit(wrist - elbow) + 2.0 * pose.fingers)
    stretch = 1.0 - 0.55 * pose.curl[:, 1:].mean(-1, keepdims=True)
    return Joints(
        side=side,
        shoulder=shoulder,
        elbow=elbow,
        wrist=wrist,
        knuckles=wrist + fingers * 0.5 * body.hand,
        fingertips=wrist + fingers * body.hand * stretch,
        along=fingers,
        palm=_palm(side, fingers, pose.palm),
        curl=pose.curl,
        spread=pose.spread,
    )


def _across(vectors: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """The part of vectors (F, 3) that is at right angles to unit vectors (F, 3)."""
    return np.asarray(vectors - axis * np.sum(vectors * axis, axis=-1, keepdims=True))


def _palm(side: int, fingers: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The way the palm faces, (F, 3).

    A relaxed palm faces the body's middle and a little forward; where that lies along the fingers,
    it faces forward.
    """
    inward = {RIGHT: 1.0, LEFT: -1.0}[side]
    relaxed = _across(np.array([0.8 * inward, 0.0, -0.6]), fingers)
    palm = _across(wanted, fingers)
    palm = palm + relaxed * np.maximum(0.0, 0.3 - np.linalg.norm(palm, axis=-1, keepdims=True))
    forward = _across(np.array([0.0, 0.0, -1.0]), fingers)
    return unit(palm + 1e-3 * forward)


def shoulder_position(body: Body, side: int) -> np.ndarray:
    """The shoulder joint (3,) of a person at rest."""
    sign = {RIGHT: -1.0, LEFT: 1.0}[side]
    return np.array([sign * body.shoulder_half, 0.0, 0.0])
