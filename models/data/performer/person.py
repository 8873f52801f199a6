"""One person as they move: habits, the way from act to act, trunk and arms; nothing is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from models.data.performer.body import LEFT, RIGHT, Body
from models.data.performer.choreography import FAMILIES, Gesture, Style, draw_gesture
from models.data.performer.choreography.near import MIDDLE
from models.data.performer.posture import Trunk, draw_give, follow_arms
from models.data.performer.programme import Act, pace_at, place_at, pose_at
from models.data.performer.scene import Scene
from models.data.performer.skeleton import (
    Joints,
    shoulder_position,
    solve_arm,
    solve_forearm,
)

STRIDE_RAD = 0.35
# In walking the head goes this far to the side, and at twice the rate up and down, in reaches.
WALK_SWAY, WALK_BOB = 0.06, 0.056
# Hands alone tremble and drift more than a standing body sways.
HAND_SWAY = 1.5


@dataclass(frozen=True, slots=True)
class Posture:
    """A person over F frames: the trunk, the legs' swing (F,) in radians, right and left arm."""

    trunk: Trunk
    stride: np.ndarray
    arms: tuple[Joints, Joints]

    def at(self, frames: slice) -> Posture:
        """The posture at some of the frames."""
        right, left = (arm.at(frames) for arm in self.arms)
        return Posture(self.trunk.at(frames), self.stride[frames], (right, left))


class Person:
    """Somebody with habits, drawn from ``seed``, in a scene.

    Each ``draw`` of a gesture is this person's, and differs a little from the one before.
    """

    def __init__(self, seed: int, body: Body, scene: Scene, varied: bool) -> None:
        self._seed = seed
        self._rng = np.random.default_rng((seed, 5))
        self._scene, self._varied = scene, varied
        self.body = body
        self._give = draw_give(self._rng)
        self._sway = [(r, lag) for r, lag in self._rng.uniform((0.2, 0.0), (0.9, 6.28), (6, 2))]
        self._steps_hz = float(self._rng.uniform(0.83, 1.16))

    def draw(self, name: str) -> Gesture:
        """This person's next rendering of a gesture, or of "rest", "pose" or "walk".

        Raises:
            ValueError: there is no such gesture.
        """
        family = crc32(FAMILIES.get(name, name).encode())
        habit = np.random.default_rng((self._seed, 6, family))
        view = self._view_m() if self._scene.hands_only else None
        style = Style(
            self._rng, habit, self.body, self._varied, self._steps_hz, view, self._seen_to()
        )
        return draw_gesture(name, style)

    def _seen_to(self) -> float:
        """How far outward a circle may be turned so that its face is seen, radians."""
        camera, arm = self._scene.camera, self.body.upper_arm + self.body.forearm
        aside = abs((camera.width - 1) / 2 - camera.centre[0]) / camera.scale
        out = self.body.shoulder_half + 0.5 * arm + aside
        return float(np.clip(0.95 - np.arctan2(out, camera.distance - 0.6 * arm), -0.2, 0.6))

    def _view_m(self) -> float:
        """Half the picture's height in metres where hands alone are."""
        _, magnification = self._scene.camera.project(MIDDLE)
        return float(0.5 * self._scene.camera.height / magnification)

    def stand(self, acts: list[Act], times: np.ndarray) -> Posture:
        """Where trunk, legs and arms are at ``times`` (F,) of a programme."""
        poses = [pose_at(acts, side, times) for side in (RIGHT, LEFT)]
        pace, place = pace_at(acts, times), place_at(acts, times)
        turn = 2 * np.pi * self._steps_hz * times
        stride = STRIDE_RAD * pace * np.sin(turn)
        offset = self._swaying(times) + np.insert(place, 1, 0.0, axis=1)
        if self._scene.hands_only:
            right, left = (
                solve_forearm(self.body, side, replace(pose, wrist=pose.wrist + offset))
                for side, pose in zip((RIGHT, LEFT), poses, strict=True)
            )
            return Posture(self._upright(offset), stride, (right, left))
        offset = offset + self._stepping(pace, turn)
        shoulders = [shoulder_position(self.body, side) for side in (RIGHT, LEFT)]
        still = [solve_arm(self.body, side, shoulders[side], poses[side]) for side in (RIGHT, LEFT)]
        trunk = follow_arms(self.body, self._give, offset, *still)
        arms = []
        for side in (RIGHT, LEFT):
            shoulder = trunk.shoulder(side)
            wrist = poses[side].wrist + shoulder - shoulders[side]
            arms.append(solve_arm(self.body, side, shoulder, replace(poses[side], wrist=wrist)))
        return Posture(trunk, stride, (arms[RIGHT], arms[LEFT]))

    def _upright(self, offset: np.ndarray) -> Trunk:
        none, pair = np.zeros(len(offset)), np.zeros((len(offset), 2))
        return Trunk(self.body, offset, pair, none, none, pair)

    def _swaying(self, times: np.ndarray) -> np.ndarray:
        waves = [np.sin(2 * np.pi * rate * times + lag) for rate, lag in self._sway]
        sway = np.stack([waves[0] + waves[1], 0.3 * waves[2], waves[3] + waves[4]], -1)
        size = self._scene.sway_m * (HAND_SWAY if self._scene.hands_only else 1.0)
        return np.asarray(size * sway)

    def _stepping(self, pace: np.ndarray, turn: np.ndarray) -> np.ndarray:
        """The sway and bob of walking, (F, 3) metres."""
        size = np.minimum(pace, 1.0) * (self.body.upper_arm + self.body.forearm)
        aside, down = WALK_SWAY * size * np.cos(turn), WALK_BOB * size * np.cos(2 * turn)
        return np.stack([aside, down, np.zeros_like(aside)], -1)
