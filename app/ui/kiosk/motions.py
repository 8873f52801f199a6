"""The orange arrows beside a moving arm, and what the hands hold: lines, without Qt.

Coordinates and phase are those of ``poses``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.ui.kiosk.poses import TURN, Point, circle_point, mirror, pose_of

STEPS = 24
TRACK, AHEAD_FROM, AHEAD_TO = 48, 0.11, 0.36
STICK = 46.0
CLAP_SEEN = 0.8


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through ``points`` with an arrow head at its end, and one at its start or not."""

    points: tuple[Point, ...]
    head: bool = True
    tail_head: bool = False

    def mirrored(self) -> Stroke:
        return Stroke(tuple(map(mirror, self.points)), self.head, self.tail_head)


def arrows_of(gesture: str | None, phase: float) -> list[Stroke]:
    """Which way the arms go."""
    if gesture in TURNS:
        turns, is_left = TURNS[gesture]
        points = _along_circle(phase + AHEAD_FROM, phase + AHEAD_TO, turns, STEPS)
        return _sided([Stroke(points)], is_left)
    if gesture in ("right_hand_wave", "left_hand_wave"):
        arc = _arc((44, 172), 110, 112, math.radians(73), math.radians(117))
        return _sided([Stroke(arc, tail_head=True)], gesture.startswith("left"))
    if gesture == "hand_clapping":
        inward = Stroke(((14, 168), (46, 168)))
        return [inward, inward.mirrored(), *_sparks(phase)]
    if gesture == "arm_roll":
        over = _arc((120, 188), 72, 58, math.radians(150), math.radians(30))
        under = _arc((120, 188), 72, 52, math.radians(-30), math.radians(-150))
        return [Stroke(over), Stroke(under)]
    if gesture == "air_drums":
        beat = Stroke(((18, 150), (18, 214)), tail_head=True)
        return [beat, beat.mirrored()]
    if gesture == "air_guitar":
        return [Stroke(((18, 172), (18, 232)), tail_head=True)]
    return []


def track_of(gesture: str | None) -> tuple[Point, ...]:
    """The closed line a hand follows in a circle; empty for other gestures."""
    if gesture not in TURNS:
        return ()
    turns, is_left = TURNS[gesture]
    points = _along_circle(0, 1, turns, TRACK)
    return tuple(map(mirror, points)) if is_left else points


def props_of(gesture: str | None, phase: float) -> list[tuple[Point, ...]]:
    """Lines of what is held: drum sticks, the neck of a guitar."""
    pose = pose_of(gesture, phase)
    if gesture == "air_drums":
        high = math.cos(TURN * phase)
        left = tuple(map(mirror, _stick(mirror(pose.left.hand), -high)))
        return [_stick(pose.right.hand, high), left]
    if gesture == "air_guitar":
        return [((138, 192), pose.left.hand)]
    return []


TURNS = {
    "right_arm_clockwise": (1, False),
    "right_arm_counter_clockwise": (-1, False),
    "left_arm_clockwise": (-1, True),
    "left_arm_counter_clockwise": (1, True),
}


def _stick(hand: Point, high: float) -> tuple[Point, Point]:
    angle = math.radians(-20 - 40 * high)
    return hand, (hand[0] + STICK * math.cos(angle), hand[1] + STICK * math.sin(angle))


def _sparks(phase: float) -> list[Stroke]:
    """Short rays where the hands meet."""
    if (1 - math.cos(TURN * phase)) / 2 < CLAP_SEEN:
        return []
    rays = (((120, 142), (120, 126)), ((104, 147), (96, 133)), ((136, 147), (144, 133)))
    return [Stroke(ray, head=False) for ray in rays]


def _along_circle(start: float, end: float, turns: int, steps: int) -> tuple[Point, ...]:
    return tuple(
        circle_point(start + (end - start) * step / steps, turns) for step in range(steps + 1)
    )


def _arc(centre: Point, rx: float, ry: float, start: float, end: float) -> tuple[Point, ...]:
    """Part of an ellipse; angles are mathematical, counter-clockwise from the right."""
    angles = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    return tuple((centre[0] + rx * math.cos(a), centre[1] - ry * math.sin(a)) for a in angles)


def _sided(strokes: list[Stroke], is_left: bool) -> list[Stroke]:
    return [stroke.mirrored() for stroke in strokes] if is_left else strokes
