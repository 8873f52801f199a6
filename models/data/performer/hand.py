"""A hand: a flat palm, a thumb and four fingers of three phalanges, as tapered capsules.

All lengths are shares of the hand's length, wrist to tip of the middle finger. The palm is four
metacarpals side by side, so it is broad from the front and thin from its edge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from models.data.performer.body import RIGHT, Body
from models.data.performer.limbs import Capsule
from models.data.performer.skeleton import Joints, unit
from models.data.performer.textures import PATCHES, Surface

# Index, middle, ring, little: where the knuckle lies, along and towards the thumb; the finger's
# length; which way it points side by side and splayed, in degrees towards the thumb.
KNUCKLE_ALONG = np.array([0.49, 0.50, 0.475, 0.43])
KNUCKLE_ACROSS = np.array([0.150, 0.050, -0.052, -0.148])
ROOT_ACROSS = np.array([0.075, 0.025, -0.026, -0.075])
LENGTH = np.array([0.44, 0.50, 0.46, 0.36])
CLOSED_DEG = np.array([2.0, 0.0, -2.0, -5.0])
SPLAYED_DEG = np.array([15.0, 2.0, -11.0, -25.0])
RADIUS = np.array([0.050, 0.052, 0.049, 0.043])
# How far the joints bend in a fist, in degrees, and the phalanges' shares of the finger.
BEND_DEG = np.array([80.0, 100.0, 70.0])
PHALANGES = np.array([0.46, 0.30, 0.24])
PALM_RADIUS = 0.075
THUMB_LENGTHS = np.array([0.27, 0.18, 0.15])
THUMB_RADII = (0.095, 0.064, 0.053, 0.043)
# A hand shows its phalanges from this height in pixels on, nails and lines of the palm from that.
FINE_PX, CLOSE_PX = 16.0, 40.0
# Lines of the palm: from and to, along and across.
LINES = (((0.30, 0.19), (0.17, 0.02)), ((0.36, 0.17), (0.30, -0.16)), ((0.43, 0.08), (0.38, -0.19)))


@dataclass(frozen=True, slots=True)
class Frame:
    """The hand's own axes over F frames, (F, 3) each: fingers, thumb's side, out of the palm.

    ``sign`` is 1 for a right hand and -1 for a left one, its mirror image.
    """

    wrist: np.ndarray
    along: np.ndarray
    thumbward: np.ndarray
    palm: np.ndarray
    sign: float

    def at(self, along: float, across: float, out: float = 0.0) -> np.ndarray:
        """A point in metres from the wrist."""
        return self.wrist + along * self.along + across * self.thumbward + out * self.palm


def hand_capsules(body: Body, joints: Joints, size_px: float) -> list[Capsule]:
    """One hand that is about ``size_px`` pixels long in the picture; small ones in fewer parts."""
    frame = _frame(joints)
    fingers = _finger_joints(body.hand, joints, frame)
    thumb = _thumb_joints(body.hand, joints, frame)
    patch = 0 if joints.side == RIGHT else 3
    parts = [*_palm(body, frame, patch), *_thumb(body, frame, thumb, patch)]
    for finger in range(4):
        parts += _finger(body, fingers[finger], RADIUS[finger], size_px, patch)
    if size_px >= CLOSE_PX:
        return [
            *parts,
            *_lines(body, frame, patch),
            *_nails(body, frame, fingers, thumb, patch),
        ]
    # From afar creases and pores would be finer than a pixel.
    return [replace(part, surface=Surface.SKIN) for part in parts]


def _frame(joints: Joints) -> Frame:
    sign = 1.0 if joints.side == RIGHT else -1.0
    thumbward = sign * np.cross(joints.along, joints.palm)
    return Frame(joints.wrist, joints.along, thumbward, joints.palm, sign)


def _finger_joints(length: float, joints: Joints, frame: Frame) -> np.ndarray:
    """Knuckle, two joints and tip of index to little, (4, 4, F, 3)."""
    curl, spread = joints.curl[:, 1:].T[..., None], joints.spread[:, None]
    fan = np.radians(CLOSED_DEG[:, None, None] * (1 - spread) + SPLAYED_DEG[:, None, None] * spread)
    fan = fan * (1 - 0.7 * curl)
    straight = np.cos(fan) * frame.along + np.sin(fan) * frame.thumbward
    points = [
        np.stack([
            frame.at(length * a, length * c)
            for a, c in zip(KNUCKLE_ALONG, KNUCKLE_ACROSS, strict=True)
        ])
    ]  # fmt: skip
    bend = np.zeros_like(curl)
    for degrees, share in zip(BEND_DEG, PHALANGES, strict=True):
        bend = bend + np.radians(degrees) * curl
        way = np.cos(bend) * straight + np.sin(bend) * frame.palm
        points.append(points[-1] + way * (length * share * LENGTH)[:, None, None])
    return np.stack(points, 1)


def _thumb_joints(length: float, joints: Joints, frame: Frame) -> np.ndarray:
    """Root, two joints and tip of the thumb, (4, F, 3); curled, it lies across the palm."""
    curl, spread = joints.curl[:, :1], joints.spread[:, None]
    angle = np.radians(32 + 22 * spread - 22 * curl)
    out = 0.2 + 0.35 * curl
    points = [frame.at(0.05 * length, 0.07 * length, 0.02 * length)]
    for turn, share in zip((0.0, 12.0, 8.0), THUMB_LENGTHS, strict=True):
        angle = angle - np.radians(turn * (1 + 3.5 * curl))
        way = np.cos(angle) * frame.along + np.sin(angle) * frame.thumbward + out * frame.palm
        points.append(points[-1] + unit(way) * share * length)
    return np.stack(points)


def _palm(body: Body, frame: Frame, patch: int) -> list[Capsule]:
    """Four metacarpals that share one flat surface."""
    length, r = body.hand, PALM_RADIUS * body.hand
    return [
        Capsule(
            frame.at(0.04 * length, root * length), frame.at(along * length, across * length),
            r, 0.9 * r, body.skin, Surface.HAND, (patch + place) % PATCHES, frame.palm, 0.9,
        )
        for place, (root, along, across) in enumerate(
            zip(ROOT_ACROSS, KNUCKLE_ALONG, KNUCKLE_ACROSS, strict=True)
        )
    ]  # fmt: skip


def _thumb(body: Body, frame: Frame, joints: np.ndarray, patch: int) -> list[Capsule]:
    """The thumb with its ball, and the web between it and the index."""
    radii, skin = np.array(THUMB_RADII) * body.hand, body.skin
    web = frame.at(0.34 * body.hand, 0.14 * body.hand)
    r = 0.05 * body.hand
    return [
        Capsule(joints[1], web, r, r, skin, Surface.HAND, patch + 1, frame.palm, 0.7),
        *(
            Capsule(
                joints[k], joints[k + 1], radii[k], radii[k + 1],
                skin, Surface.HAND, patch + 1,
            )
            for k in range(3)
        ),
    ]  # fmt: skip


def _finger(
    body: Body, joints: np.ndarray, radius: float, size_px: float, patch: int
) -> list[Capsule]:
    """A finger of three phalanges, or of two where it is a few pixels long."""
    stops = (0, 1, 2, 3) if size_px >= FINE_PX else (0, 1, 3)
    r = radius * body.hand
    return [
        Capsule(
            joints[start], joints[end], r * (1 - 0.08 * start), r * (1 - 0.08 * end),
            body.skin, Surface.HAND, patch + 2,
        )
        for start, end in pairwise(stops)
    ]  # fmt: skip


def _lines(body: Body, frame: Frame, patch: int) -> list[Capsule]:
    """The lines of the palm: thin and darker, on its inner side."""
    length, r = body.hand, 0.011 * body.hand
    out = (PALM_RADIUS - 0.008) * length
    return [
        Capsule(
            frame.at(length * a[0], length * a[1], out),
            frame.at(length * b[0], length * b[1], out),
            r, r, 0.72 * body.skin, Surface.HAND, patch, frame.palm, 1.0,
        )
        for a, b in LINES
    ]  # fmt: skip


def _nails(
    body: Body, frame: Frame, fingers: np.ndarray, thumb: np.ndarray, patch: int
) -> list[Capsule]:
    """Nails: a little brighter, on the outer side of the last phalanges."""
    nails = []
    for joints, radius in [*zip(fingers, RADIUS, strict=True), (thumb, THUMB_RADII[-1])]:
        way = unit(joints[3] - joints[2])
        outer = unit(frame.sign * np.cross(way, frame.thumbward))
        r = radius * body.hand
        middle = joints[3] + outer * 0.45 * r
        nails.append(
            Capsule(
                middle - way * 0.5 * r, middle + way * 0.3 * r, 0.62 * r, 0.62 * r,
                min(255.0, 1.12 * body.skin), Surface.SKIN, patch % 2, outer, 0.9,
            )
        )  # fmt: skip
    return nails
