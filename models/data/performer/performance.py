"""A performance: a person does gestures before a simulated DVS, and the truth is known.

programme -> arm poses -> joints -> capsules -> grey frames -> pixel array -> events
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import torch

from models.data.events import join_events
from models.data.gestures import CLASSES, Label
from models.data.performer.body import LEFT, RIGHT, Body, draw_body
from models.data.performer.choreography import IDLE_MAKERS, Gesture, Style, draw_gesture
from models.data.performer.pixel import PixelArray, PixelParameters
from models.data.performer.renderer import (
    Capsule,
    Renderer,
    arm_capsules,
    leg_capsules,
    trunk_capsules,
)
from models.data.performer.scene import Scene, draw_scene
from models.data.performer.skeleton import ArmPose, Joints, shoulder_position, solve_arm
from models.threads import use_one_thread

CHUNK_FRAMES = 16
FRAME_MIN_S, FRAME_MAX_S = 0.0005, 0.002
WALK_M_S = 1.2
STEPS_HZ, STRIDE_RAD = 0.9, 0.35


@dataclass(frozen=True, slots=True)
class Performance:
    """Events of a W x H sensor with the truth about them."""

    events: np.ndarray
    labels: tuple[Label, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of a programme: a gesture (or rest) from ``start_s`` until the next act starts.

    ``place`` is where the person goes for it, metres to image right and away from the camera.
    """

    start_s: float
    gesture: Gesture
    place: tuple[float, float] = (0.0, 0.0)


def _blend(before: ArmPose, after: ArmPose, weight: np.ndarray) -> ArmPose:
    w = weight[:, None]
    return ArmPose(
        before.wrist + (after.wrist - before.wrist) * w,
        before.elbow_hint + (after.elbow_hint - before.elbow_hint) * w,
        before.fingers + (after.fingers - before.fingers) * w,
        before.palm + (after.palm - before.palm) * w,
        before.curl + (after.curl - before.curl) * w,
        before.spread + (after.spread - before.spread) * weight,
    )


def min_jerk(s: np.ndarray) -> np.ndarray:
    """Flash and Hogan's minimum-jerk profile 10 s^3 - 15 s^4 + 6 s^5 on 0..1, clamped outside."""
    s = np.clip(s, 0.0, 1.0)
    return s**3 * (10 - 15 * s + 6 * s**2)


class Performer:
    """One person in one place going through a programme of acts, rendered as time goes on."""

    def __init__(
        self,
        seed: int,
        setting: str = "ordinary",
        width: int = 128,
        height: int = 128,
        device: torch.device | str = "cpu",
        reserved: bool = False,
    ) -> None:
        self._rng = np.random.default_rng(seed)
        self._device = torch.device(device)
        varied = setting != "ordinary"
        self.body: Body = draw_body(self._rng, varied, reserved)
        self.scene: Scene = draw_scene(self._rng, setting, width, height, reserved, self.body.hand)
        self._varied = varied
        self._renderer = Renderer(self.body, self.scene, self._rng, self._device)
        generator = torch.Generator(self._device).manual_seed(seed)
        self._pixels = PixelArray(
            (height, width), draw_pixel(self._rng, varied), generator, self._device
        )
        self._sway = [
            (self._rng.uniform(0.2, 0.9), self._rng.uniform(0, 2 * np.pi)) for _ in range(6)
        ]
        self.blend_s = float(self._rng.uniform(0.25, 0.5))
        # The trunk gives way to swinging upper arms.
        self._give = float(self._rng.uniform(0.0, 0.15) if varied else self._rng.uniform(0.03, 0.1))
        self._passer = draw_body(self._rng, varied, reserved)

    def draw(self, name: str) -> Gesture:
        """This person's next rendering of a gesture, or of "rest", "pose" or "walk"."""
        style = Style(self._rng, self.body, self._varied)
        return IDLE_MAKERS[name](style) if name in IDLE_MAKERS else draw_gesture(name, style)

    def play(self, acts: list[Act], t_start_s: float, t_end_s: float) -> Iterator[np.ndarray]:
        """Event arrays of successive chunks that together cover ``[t_start_s, t_end_s)``."""
        t = t_start_s
        while t < t_end_s - 1e-9:
            frame_s = self._frame_s(acts, t)
            frames = min(CHUNK_FRAMES, max(1, round((t_end_s - t) / frame_s)))
            yield self._chunk(acts, t, frame_s, frames)
            t += frames * frame_s

    def _frame_s(self, acts: list[Act], t: float) -> float:
        """A frame interval in which no hand moves more than about a pixel."""
        times = t + np.linspace(0, CHUNK_FRAMES * FRAME_MAX_S, 5)
        fastest = 0.0
        for side in (RIGHT, LEFT):
            tips = self._arm(acts, side, times).fingertips
            pixels, _ = self.scene.camera.project(tips)
            speed = np.linalg.norm(np.diff(pixels, axis=0), axis=-1) / np.diff(times)
            fastest = max(fastest, float(speed.max()))
        return float(np.clip(1.0 / max(fastest, 1.0), FRAME_MIN_S, FRAME_MAX_S))

    def _chunk(self, acts: list[Act], t: float, frame_s: float, frames: int) -> np.ndarray:
        times = t + frame_s * np.arange(1, frames + 1)
        moving = self.scene.restless or self._on_the_way(acts, times)
        trunk = self._trunk(acts, times if moving else times[[0, -1]])
        arms = [
            *arm_capsules(self.body, self._arm(acts, RIGHT, times), 0),
            *arm_capsules(self.body, self._arm(acts, LEFT, times), 3),
        ]
        image = self._renderer.draw(times, self._behind(times), trunk, arms)
        return self._pixels.expose(image * self._brightness(times), t, frame_s)

    def _trunk(self, acts: list[Act], times: np.ndarray) -> list[Capsule]:
        offset = self._offset(acts, times)
        legs = leg_capsules(self.body, offset, self._stride(acts, times))
        return [*legs, *trunk_capsules(self.body, offset)]

    def _stride(self, acts: list[Act], times: np.ndarray) -> np.ndarray:
        """How far the legs swing (F,) in radians: in proportion to the walking speed."""
        pace = np.zeros(len(times))
        for before, after in pairwise(acts):
            way_s = self.walk_s(before, after)
            s = np.clip((times - after.start_s) / way_s, 0, 1)
            pace += math.dist(before.place, after.place) / way_s * 30 * s**2 * (1 - s) ** 2
        return STRIDE_RAD / WALK_M_S * pace * np.sin(2 * np.pi * STEPS_HZ * times)

    def _behind(self, times: np.ndarray) -> list[Capsule]:
        """The second person, walking by in the background."""
        passer = self.scene.passer
        if passer is None:
            return []
        x = passer.x + passer.speed * times
        offset = np.stack([x, 0.03 * np.sin(12 * x), np.full_like(x, passer.depth)], -1)
        stride = STRIDE_RAD * np.sin(2 * np.pi * STEPS_HZ * times)
        legs = leg_capsules(self._passer, offset, stride)
        return [*legs, *trunk_capsules(self._passer, offset)]

    def _brightness(self, times: np.ndarray) -> torch.Tensor:
        light = self.scene.light
        wave = 1.0 + light.flicker * np.sin(2 * np.pi * light.flicker_hz * times)
        factor = torch.tensor(light.level * wave, dtype=torch.float32, device=self._device)
        return factor[:, None, None]

    def _on_the_way(self, acts: list[Act], times: np.ndarray) -> bool:
        """Whether the person changes place at any of ``times``."""
        return any(
            before.place != after.place
            and after.start_s <= times[-1]
            and times[0] <= after.start_s + self.walk_s(before, after)
            for before, after in pairwise(acts)
        )

    def walk_s(self, before: Act, after: Act) -> float:
        """How long the way from one act's place to the next one's takes."""
        return max(self.blend_s, 1.9 * math.dist(before.place, after.place) / WALK_M_S)

    def _place(self, acts: list[Act], times: np.ndarray) -> np.ndarray:
        """Where the person stands, (F, 2) metres."""
        place = np.tile(np.array(acts[0].place), (len(times), 1))
        for before, after in pairwise(acts):
            weight = min_jerk((times - after.start_s) / self.walk_s(before, after))[:, None]
            place = place + (np.array(after.place) - np.array(before.place)) * weight
        return place

    def _offset(self, acts: list[Act], times: np.ndarray) -> np.ndarray:
        """Body sway and place (F, 3) in metres."""
        waves = [np.sin(2 * np.pi * rate * times + lag) for rate, lag in self._sway]
        sway = np.stack([waves[0] + waves[1], 0.3 * waves[2], waves[3] + waves[4]], -1)
        place = self._place(acts, times)
        elbows = sum(
            solve_arm(
                self.body, s, shoulder_position(self.body, s), self._pose(acts, s, times)
            ).elbow
            for s in (RIGHT, LEFT)
        )
        lean = self._give * elbows * np.array([1.0, 0.4, 0.5])
        return self.scene.sway_m * sway + lean + np.insert(place, 1, 0.0, axis=1)

    def _pose(self, acts: list[Act], side: int, times: np.ndarray) -> ArmPose:
        """Where one arm should be; acts blend into each other along a minimum-jerk profile."""
        pose = acts[0].gesture.arm(side)(times)
        for act in acts[1:]:
            if times[-1] < act.start_s:
                break
            weight = min_jerk((times - act.start_s) / self.blend_s)
            pose = _blend(pose, act.gesture.arm(side)(times), weight)
        return pose

    def _arm(self, acts: list[Act], side: int, times: np.ndarray) -> Joints:
        """Joints of one arm."""
        pose, offset = self._pose(acts, side, times), self._offset(acts, times)
        shoulder = shoulder_position(self.body, side) + offset
        return solve_arm(self.body, side, shoulder, replace(pose, wrist=pose.wrist + offset))


def draw_pixel(rng: np.random.Generator, varied: bool) -> PixelParameters:
    """A camera of its own: thresholds, bandwidth and noise differ from one to the next."""
    if varied:
        return PixelParameters(
            threshold=float(rng.uniform(0.06, 0.25)),
            threshold_spread=float(rng.uniform(0.01, 0.05)),
            on_to_off=float(rng.uniform(0.8, 1.2)),
            jitter_s=float(rng.uniform(0.0, 0.012)),
            cutoff_hz=float(np.exp(rng.uniform(np.log(15), np.log(200)))),
            leak_hz=float(rng.uniform(0, 0.2)),
            shot_noise_hz=float(np.exp(rng.uniform(np.log(0.05), np.log(1.2)))),
            refractory_s=float(rng.uniform(0.0002, 0.002)),
            hot_pixels=float(rng.uniform(0, 0.001)),
        )
    return PixelParameters(
        threshold=float(rng.uniform(0.11, 0.17)),
        on_to_off=float(rng.uniform(0.88, 1.0)),
        jitter_s=float(rng.uniform(0.002, 0.008)),
        refractory_s=float(rng.uniform(0.001, 0.004)),
        cutoff_hz=float(np.exp(rng.uniform(np.log(30), np.log(80)))),
        shot_noise_hz=float(rng.uniform(0.1, 0.25)),
        leak_hz=float(rng.uniform(0.02, 0.08)),
    )


def perform(
    gesture: str,
    seconds: float,
    seed: int,
    setting: str = "ordinary",
    width: int = 128,
    height: int = 128,
) -> Performance:
    """A clip of one gesture, already under way when it begins, as the data set's clips are.

    Raises:
        ValueError: the gesture or the setting is unknown, or ``seconds`` is not positive.
    """
    if not (math.isfinite(seconds) and seconds > 0):
        raise ValueError(f"expected a positive number of seconds, got {seconds}")
    use_one_thread()
    performer = Performer(seed, setting, width, height)
    acts = [Act(0.0, performer.draw(gesture))]
    events = join_events(list(performer.play(acts, 0.0, seconds)))
    end_us = round(seconds * 1e6)
    events = events[(events["t"] >= 0) & (events["t"] < end_us)]
    return Performance(events, (Label(gesture, 0, end_us),), width, height)


def stream_acts(
    gesture: str | None = None, seed: int = 0, setting: str = "ordinary"
) -> Iterator[tuple[str, np.ndarray]]:
    """An endless 128x128 stream: one gesture, or all in random order with rests between.

    Yields what is being done ("rest" between gestures) and the events of it: arrays in time order
    that each cover at most 32 ms, perhaps without an event.

    Raises:
        ValueError: there is no such gesture.
    """
    use_one_thread()
    performer = Performer(seed, setting)
    rng = np.random.default_rng((seed, 1))
    doing = gesture or "rest"
    acts = [Act(0.0, performer.draw(doing))]
    t, last_us = 0.0, 0
    while True:
        length = float(rng.uniform(3.0, 5.0))
        for chunk in performer.play(acts, t, t + length):
            # A jittered event may lie a little before the end of the last chunk.
            chunk["t"] = np.maximum(chunk["t"], last_us)
            last_us = int(chunk["t"][-1]) if len(chunk) else last_us
            yield doing, chunk
        t += length
        if gesture is None:
            doing = CLASSES[int(rng.integers(len(CLASSES)))] if doing == "rest" else "rest"
            acts = [acts[-1], Act(t, performer.draw(doing))]
