"""How the trunk stands: sway, lean, the turn and roll of the shoulder line, raised shoulders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import LEFT, RIGHT, Body
from models.data.performer.skeleton import Joints, shoulder_position


@dataclass(frozen=True, slots=True)
class Trunk:
    """A trunk over F frames.

    ``offset`` (F, 3) metres moves all of it; ``lean`` (F, 2) metres moves the head to the side and
    back, the shoulders half as far, the hips not at all; ``yaw`` and ``roll`` (F,) radians turn the
    shoulder line; ``lift`` (F, 2) metres raises the right and the left shoulder.
    """

    body: Body
    offset: np.ndarray
    lean: np.ndarray
    yaw: np.ndarray
    roll: np.ndarray
    lift: np.ndarray

    def at(self, frames: slice | list[int]) -> Trunk:
        """The trunk at some of the frames."""
        return Trunk(
            self.body,
            self.offset[frames],
            self.lean[frames],
            self.yaw[frames],
            self.roll[frames],
            self.lift[frames],
        )

    def carry(self, points: np.ndarray) -> np.ndarray:
        """Where points (..., F, 3) of a trunk that merely stands at ``offset`` are."""
        local = points - self.offset
        x, y, z = local[..., 0], local[..., 1], local[..., 2]
        hip = 0.8 * self.body.shoulder_half + self.body.torso
        height = np.maximum((hip - y) / hip, 0.0)
        head = (hip + self.body.neck + 0.6 * self.body.head_radius) / hip
        bend = (height / head) ** 2.4
        # The face keeps looking at the camera, half.
        turned = np.minimum(height, 1.0) * (1 - 0.5 * np.clip(4 * (height - 1.0), 0.0, 1.0))
        angle = self.yaw * turned
        at_shoulder = np.exp(-((y / 0.1) ** 2)) * np.clip(
            np.abs(x) / self.body.shoulder_half, 0.0, 1.0
        )
        lift = np.where(x < 0, self.lift[:, RIGHT], self.lift[:, LEFT]) * at_shoulder
        return self.offset + np.stack(
            [
                x * np.cos(angle) + z * np.sin(angle) + bend * self.lean[:, 0],
                y + self.roll * turned * x - lift,
                z * np.cos(angle) - x * np.sin(angle) + bend * self.lean[:, 1],
            ],
            -1,
        )

    def shoulder(self, side: int) -> np.ndarray:
        """A shoulder joint, (F, 3)."""
        return self.carry(self.offset + shoulder_position(self.body, side))


@dataclass(frozen=True, slots=True)
class Give:
    """How a person's trunk follows the arms.

    ``lean`` is the head's way against the hand's, ``yaw`` and ``roll`` radians a metre of the
    elbows' way forward, inward and up, ``lift`` the shoulder's way with the elbow's.
    """

    lean: float
    yaw: float
    roll: float
    lift: float


def draw_give(rng: np.random.Generator) -> Give:
    """One person's, from the stiff to the lively."""
    return Give(
        lean=float(rng.uniform(0.01, 0.07)),
        yaw=float(rng.uniform(0.2, 2.0)),
        roll=float(rng.uniform(0.05, 1.1)),
        lift=float(rng.uniform(0.0, 0.11)),
    )


def follow_arms(body: Body, give: Give, offset: np.ndarray, right: Joints, left: Joints) -> Trunk:
    """The trunk of somebody whose arms would be these if it stood still."""
    rest = np.array([0.0, body.upper_arm, 0.0])
    ways = [arm.elbow - arm.shoulder - rest for arm in (right, left)]
    hands = right.wrist + left.wrist
    # Forward and inward of one elbow turn its shoulder forward: the right one at negative x.
    turn = (ways[1][:, 2] + ways[1][:, 0]) - (ways[0][:, 2] - ways[0][:, 0])
    rise = ways[0][:, 1] - ways[1][:, 1]
    lift = np.stack([-way[:, 1] for way in ways], -1)
    return Trunk(
        body=body,
        offset=offset,
        lean=-give.lean * hands[:, [0, 2]] * np.array([1.0, 0.5]),
        yaw=-0.6 * np.tanh(give.yaw * turn / 0.6),
        roll=-0.4 * np.tanh(give.roll * rise / 0.4),
        lift=give.lift * np.maximum(lift, 0.0),
    )
