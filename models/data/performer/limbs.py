"""A person as tapered capsules: trunk, head, legs and arms; hands have a file of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import RIGHT, Body
from models.data.performer.skeleton import Joints, unit
from models.data.performer.textures import Surface

# The cuff of a long sleeve, as a share of the forearm.
CUFF = 0.93
# Where nothing but hands is seen, an arm comes from beyond the picture's edge.
BEYOND_M = 1.5


@dataclass(frozen=True, slots=True)
class Capsule:
    """One part over F frames: ends (F, 3) and radii in metres, brightness, and what covers it.

    A part with ``flat`` above 0 is shaded as if its surface faced along ``face`` (F, 3) or against
    it, whichever is seen; 0 is a cylinder, 1 a board.
    """

    a: np.ndarray
    b: np.ndarray
    radius_a: float
    radius_b: float
    grey: float
    surface: Surface
    patch: int = 0
    face: np.ndarray | None = None
    flat: float = 0.0


def arm_capsules(body: Body, joints: Joints, hands_only: bool = False) -> list[Capsule]:
    """Upper arm, forearm and wrist; with ``hands_only`` the upper arm leaves the picture."""
    patch, r = 0 if joints.side == RIGHT else 1, body.arm_radius
    start = _beyond(joints) if hands_only else joints.shoulder
    upper = Capsule(start, joints.elbow, 1.35 * r, 1.05 * r, body.cloth, Surface.CLOTH, patch)
    return [upper, *_forearm(body, joints, patch)]


def _beyond(joints: Joints) -> np.ndarray:
    """A place far below or beside the picture, on the side from which the forearm comes."""
    way = (joints.elbow - joints.wrist) * np.array([1.0, 1.0, 0.0])
    return joints.elbow + BEYOND_M * unit(unit(way) + np.array([0.0, 0.5, 0.0]))


def _forearm(body: Body, joints: Joints, patch: int) -> list[Capsule]:
    r, wrist = body.arm_radius, 0.155 * body.hand
    if not body.long_sleeves:
        return [
            Capsule(joints.elbow, joints.wrist, r, wrist, body.skin, Surface.SKIN, patch),
        ]
    cuff = joints.elbow + (joints.wrist - joints.elbow) * CUFF
    return [
        Capsule(joints.elbow, cuff, 1.1 * r, 0.75 * r, body.cloth, Surface.CLOTH, 2 + patch),
        Capsule(cuff, joints.wrist, wrist, wrist, body.skin, Surface.SKIN, patch),
    ]


def trunk_capsules(body: Body, offset: np.ndarray) -> list[Capsule]:
    """Torso, shoulders, neck, head and hair, moved by ``offset`` (F, 3); far parts first."""

    def at(x: float, y: float, z: float = 0.0) -> np.ndarray:
        return offset + np.array([x, y, z])

    s, h, r = body.shoulder_half, body.head_radius, body.arm_radius
    top = -body.neck - 0.6 * h
    half = 0.8 * s
    cloth, skin = Surface.CLOTH, Surface.SKIN
    return [
        Capsule(at(-s, 0), at(s, 0), 1.4 * r, 1.4 * r, body.cloth, cloth, 4),
        Capsule(
            at(0, half + r), at(0, half + body.torso), half + r, half * 0.95, body.cloth, cloth, 5
        ),
        Capsule(at(0, 0.0), at(0, top), 0.55 * h, 0.55 * h, body.skin, skin, 2),
        Capsule(
            at(0, top - 0.5 * h), at(0, top + (1.6 * body.hair_length - 0.25) * h),
            0.98 * h, h, body.hair, Surface.HAIR, 0,
        ),
        Capsule(
            at(0, top - 0.1 * h, -h), at(0, top + 0.35 * h, -h),
            0.82 * h, 0.7 * h, body.skin, skin, 3,
        ),
        Capsule(at(-0.4 * h, top, -h), at(-0.3 * h, top, -h), 0.13 * h, 0.13 * h, 35.0, skin, 4),
        Capsule(at(0.3 * h, top, -h), at(0.4 * h, top, -h), 0.13 * h, 0.13 * h, 35.0, skin, 4),
        Capsule(
            at(-0.2 * h, top + 0.6 * h, -h), at(0.2 * h, top + 0.6 * h, -h),
            0.09 * h, 0.09 * h, 60.0, skin, 5,
        ),
    ]  # fmt: skip


def leg_capsules(body: Body, offset: np.ndarray, stride: np.ndarray) -> list[Capsule]:
    """Both legs under a trunk at ``offset`` (F, 3); ``stride`` (F,) swings them, radians."""
    hip = 0.8 * body.shoulder_half + body.torso
    capsules = []
    for side in (-1.0, 1.0):
        top = offset + np.array([side * 0.45 * body.shoulder_half, hip, 0.0])
        swing = side * stride
        knee = top + body.thigh * _upright(swing)
        foot = knee + body.shank * _upright(swing - 0.6 * np.abs(stride) * (swing < 0))
        r = body.arm_radius
        capsules += [
            Capsule(top, knee, 2.0 * r, 1.5 * r, body.trousers, Surface.CLOTH, 0),
            Capsule(knee, foot, 1.5 * r, 1.1 * r, body.trousers, Surface.CLOTH, 1),
        ]
    return capsules


def _upright(angle: np.ndarray) -> np.ndarray:
    """Unit vectors (F, 3) that point down, turned by ``angle`` to the side and towards us."""
    return np.stack([0.7 * np.sin(angle), np.cos(angle), -0.7 * np.sin(angle)], -1)
