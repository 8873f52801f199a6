"""How a person's arms move in each gesture: joints as a function of phase, without Qt.

Coordinates are those of the pictograms in ``assets/gestures`` (x -16..256 to the right, y -8..248
down). The person faces the viewer and is not mirrored: the person's right arm is at the left.
"Clockwise" is as the person sees it, so it turns counter-clockwise here and clockwise in a mirror.
Phase runs 0..1 through one period; the periods are those measured in real recordings.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

Point = tuple[float, float]

TURN = 2 * math.pi
MIDDLE_X = 120.0
RIGHT_SHOULDER, LEFT_SHOULDER = (80.0, 138.0), (160.0, 138.0)

# Seconds a period takes.
PERIODS_S = {
    "hand_clapping": 0.40,
    "right_hand_wave": 0.44,
    "left_hand_wave": 0.44,
    "right_arm_clockwise": 1.0,
    "right_arm_counter_clockwise": 1.0,
    "left_arm_clockwise": 1.0,
    "left_arm_counter_clockwise": 1.0,
    "arm_roll": 0.5,
    "air_drums": 0.54,
    "air_guitar": 0.56,
    "other_gestures": 1.6,
}
BREATH_S = 4.0

# A raised straight arm sweeps a cone round an axis outward and forward: an upright ellipse.
CIRCLE, CIRCLE_RX, CIRCLE_RY = (40.0, 138.0), 43.0, 76.0
NEAR_SIZE = 0.25  # how much larger a hand looks that points at the viewer
ELBOW_UP = (44.0, 172.0)
FOREARM = 80.0
SWING = math.radians(26)
RESTING_ELBOW, RESTING_HAND = (60.0, 186.0), (58.0, 228.0)


@dataclass(frozen=True, slots=True)
class Arm:
    """Joints of one arm; ``size`` is how large the hand looks, ``moves`` whether it performs."""

    shoulder: Point
    elbow: Point
    hand: Point
    size: float = 1.0
    moves: bool = True

    def mirrored(self) -> Arm:
        """The other arm doing the same."""
        shoulder, elbow, hand = map(mirror, (self.shoulder, self.elbow, self.hand))
        return replace(self, shoulder=shoulder, elbow=elbow, hand=hand)


@dataclass(frozen=True, slots=True)
class Pose:
    """Both arms; the one nearer to the viewer is drawn last."""

    right: Arm
    left: Arm

    def mirrored(self) -> Pose:
        """What somebody does who mirrors this."""
        return Pose(self.left.mirrored(), self.right.mirrored())


def mirror(point: Point) -> Point:
    """A point on the other side of the body."""
    return 2 * MIDDLE_X - point[0], point[1]


def phase_at(gesture: str | None, time_s: float) -> float:
    """The phase 0..1 of a gesture that began at 0 and goes on at its natural speed."""
    return time_s / PERIODS_S.get(gesture or "", BREATH_S) % 1.0


def pose_of(gesture: str | None, phase: float) -> Pose:
    """The arms at ``phase``; none and unknown gestures let them hang."""
    return POSES.get(gesture or "", _rest)(phase)


def circle_point(phase: float, turns: int) -> Point:
    """Where the right hand is in its circle; ``turns`` is 1 clockwise as the person sees it."""
    angle = turns * TURN * phase
    return CIRCLE[0] + CIRCLE_RX * math.cos(angle), CIRCLE[1] - CIRCLE_RY * math.sin(angle)


def _rest(phase: float) -> Pose:
    right = _hanging(1.5 * math.sin(TURN * phase))
    return Pose(right, right.mirrored())


def _hanging(lift: float = 0.0) -> Arm:
    hand = (RESTING_HAND[0], RESTING_HAND[1] - lift)
    return Arm(RIGHT_SHOULDER, RESTING_ELBOW, hand, moves=False)


def _wave(phase: float) -> Pose:
    angle = SWING * math.sin(TURN * phase)
    hand = (ELBOW_UP[0] + FOREARM * math.sin(angle), ELBOW_UP[1] - FOREARM * math.cos(angle))
    return Pose(Arm(RIGHT_SHOULDER, ELBOW_UP, hand), _hanging().mirrored())


def _circle(phase: float, turns: int) -> Pose:
    hand = circle_point(phase, turns)
    reach = math.dist(RIGHT_SHOULDER, hand) / math.dist(RIGHT_SHOULDER, CIRCLE)
    elbow = ((RIGHT_SHOULDER[0] + hand[0]) / 2, (RIGHT_SHOULDER[1] + hand[1]) / 2)
    arm = Arm(RIGHT_SHOULDER, elbow, hand, 1.0 + NEAR_SIZE * max(1.0 - reach, 0.0))
    return Pose(arm, _hanging().mirrored())


def _clap(phase: float) -> Pose:
    apart = (1 + math.cos(TURN * phase)) / 2
    right = (109 - 39 * apart, 172 - 10 * apart)
    left = (131 + 27 * apart, 172 + 8 * apart)
    return Pose(
        Arm(RIGHT_SHOULDER, (54 - 4 * apart, 192), right),
        Arm(LEFT_SHOULDER, (186 + 4 * apart, 192), left),
    )


def _roll(phase: float) -> Pose:
    high, near = math.cos(TURN * phase), math.sin(TURN * phase)
    right = Arm(RIGHT_SHOULDER, (50, 188 - 7 * high), (137, 188 - 20 * high), 1 + 0.15 * near)
    left = Arm(LEFT_SHOULDER, (190, 188 + 7 * high), (103, 188 + 20 * high), 1 - 0.15 * near)
    return Pose(right, left)


def _drums(phase: float) -> Pose:
    high = math.cos(TURN * phase)
    return Pose(
        Arm(RIGHT_SHOULDER, (50, 190 - 4 * high), (84, 180 - 22 * high)),
        Arm(LEFT_SHOULDER, (190, 190 + 4 * high), (156, 180 + 22 * high)),
    )


def _guitar(phase: float) -> Pose:
    low = math.cos(TURN * phase)
    return Pose(
        Arm(RIGHT_SHOULDER, (46, 186), (97 - 3 * low, 202 + 17 * low)),
        Arm(LEFT_SHOULDER, (196, 176), (216 - 2 * low, 142 + low)),
    )


def _other(phase: float) -> Pose:
    lift = math.sin(TURN * phase)
    right = Arm(RIGHT_SHOULDER, (46, 172 - 6 * lift), (22 - 3 * lift, 138 - 26 * lift))
    left = Arm(RIGHT_SHOULDER, (46, 172 + 6 * lift), (22 + 3 * lift, 138 + 26 * lift))
    return Pose(right, left.mirrored())


POSES: dict[str, Callable[[float], Pose]] = {
    "hand_clapping": _clap,
    "right_hand_wave": _wave,
    "left_hand_wave": lambda phase: _wave(phase).mirrored(),
    "right_arm_clockwise": lambda phase: _circle(phase, 1),
    "right_arm_counter_clockwise": lambda phase: _circle(phase, -1),
    "left_arm_clockwise": lambda phase: _circle(phase, -1).mirrored(),
    "left_arm_counter_clockwise": lambda phase: _circle(phase, 1).mirrored(),
    "arm_roll": _roll,
    "air_drums": _drums,
    "air_guitar": _guitar,
    "other_gestures": _other,
}
