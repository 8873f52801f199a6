"""A programme of acts: what a person does when and where, and the way from one act to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.data.performer.choreography import Gesture
from models.data.performer.choreography.poses import outward
from models.data.performer.skeleton import ArmPose, unit

WALK_M_S = 1.2
# Strokes begin after this share of the way, slowly, and have their tempo when the hands are there.
STROKE_FROM = 0.55
# Hands swing out and forward on their way up and down.
BOW = np.array([0.6, 0.0, -0.8])


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of a programme: a gesture (or rest) from ``start_s`` until the next act starts.

    ``place`` is where the person goes for it, metres to image right and away from the camera.
    """

    start_s: float
    gesture: Gesture
    place: tuple[float, float] = (0.0, 0.0)


def min_jerk(s: np.ndarray) -> np.ndarray:
    """Flash and Hogan's minimum-jerk profile 10 s^3 - 15 s^4 + 6 s^5 on 0..1, clamped outside."""
    s = np.clip(s, 0.0, 1.0)
    return s**3 * (10 - 15 * s + 6 * s**2)


def raising(s: np.ndarray) -> np.ndarray:
    """How far raised arms have come, 0..1: rounder than minimum jerk, and fastest at 0.4."""
    s = np.clip(s, 0.0, 1.0) ** 0.83
    return np.asarray(0.6 * s**2 * (3 - 2 * s) + 0.4 * min_jerk(s))


def stroke_time(times: np.ndarray, start_s: float, onset_s: float) -> np.ndarray:
    """The time a gesture has come to: it stands still at first, then runs up to its tempo."""
    before = STROKE_FROM * onset_s
    ramp = onset_s - before
    v = np.clip((times - start_s - before) / ramp, 0.0, 1.0)
    return np.asarray(start_s + ramp * (v**3 - v**4 / 2) + np.maximum(times - start_s - onset_s, 0))


def pose_at(acts: list[Act], side: int, times: np.ndarray) -> ArmPose:
    """Where one arm should be; acts blend into each other along an arc."""
    first = 0
    for index, act in enumerate(acts[1:], 1):
        if times[0] >= act.start_s + act.gesture.onset_s:
            first = index
    pose = _of(acts[first], first > 0, side, times)
    for act in acts[first + 1 :]:
        if times[-1] < act.start_s:
            break
        weight = raising((times - act.start_s) / act.gesture.onset_s)
        bow = act.gesture.bow * BOW * outward(side)
        pose = _blend(pose, _of(act, True, side, times), weight, bow)
    return pose


def _of(act: Act, begins: bool, side: int, times: np.ndarray) -> ArmPose:
    """One act's own pose; the first act of a programme is already under way."""
    now = stroke_time(times, act.start_s, act.gesture.onset_s) if begins else times
    return act.gesture.arm(side)(now)


def _blend(before: ArmPose, after: ArmPose, weight: np.ndarray, bow: np.ndarray) -> ArmPose:
    w = weight[:, None]
    way = after.wrist - before.wrist
    chord = np.linalg.norm(way, axis=-1, keepdims=True)
    line = unit(way)
    across = bow - line * np.sum(line * bow, axis=-1, keepdims=True)
    return ArmPose(
        before.wrist + way * w + across * chord * 4 * w * (1 - w),
        before.elbow_hint + (after.elbow_hint - before.elbow_hint) * w,
        before.fingers + (after.fingers - before.fingers) * w,
        before.palm + (after.palm - before.palm) * w,
        before.curl + (after.curl - before.curl) * w,
        before.spread + (after.spread - before.spread) * weight,
    )


def walk_s(before: Act, after: Act) -> float:
    """How long the way from one act's place to the next one's takes."""
    return max(after.gesture.onset_s, 1.9 * math.dist(before.place, after.place) / WALK_M_S)


def on_the_way(acts: list[Act], times: np.ndarray) -> bool:
    """Whether the person changes place at any of ``times``."""
    return any(
        before.place != after.place
        and after.start_s <= times[-1]
        and times[0] <= after.start_s + walk_s(before, after)
        for before, after in pairwise(acts)
    )


def place_at(acts: list[Act], times: np.ndarray) -> np.ndarray:
    """Where the person stands, (F, 2) metres."""
    place = np.tile(np.array(acts[0].place), (len(times), 1))
    for before, after in pairwise(acts):
        weight = min_jerk((times - after.start_s) / walk_s(before, after))[:, None]
        place = place + (np.array(after.place) - np.array(before.place)) * weight
    return place


def pace_at(acts: list[Act], times: np.ndarray) -> np.ndarray:
    """How fast the person walks, (F,) as a share of ``WALK_M_S``."""
    pace = np.zeros(len(times))
    for before, after in pairwise(acts):
        way_s = walk_s(before, after)
        s = np.clip((times - after.start_s) / way_s, 0, 1)
        pace += math.dist(before.place, after.place) / way_s * 30 * s**2 * (1 - s) ** 2
    return pace / WALK_M_S
