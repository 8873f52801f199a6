"""A performance: a person does gestures before a simulated DVS, and the truth is known.

programme -> arm poses -> joints -> capsules -> grey frames -> pixel array -> events
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from models.data.events import join_events
from models.data.gestures import CLASSES, Label
from models.data.performer.body import Body, draw_body
from models.data.performer.choreography import Gesture
from models.data.performer.limbs import Capsule, leg_capsules, trunk_capsules
from models.data.performer.person import STRIDE_RAD, Person, Posture
from models.data.performer.pixel import PixelArray, draw_pixel
from models.data.performer.programme import Act, on_the_way
from models.data.performer.renderer import Renderer
from models.data.performer.scene import Scene, draw_scene

CHUNK_FRAMES = 16
FRAME_MIN_S, FRAME_MAX_S = 0.0005, 0.002
LONGEST_S = CHUNK_FRAMES * FRAME_MAX_S
# Postures are found for so long a piece at once, which costs little more than for one chunk.
BLOCK_S = 0.25
# How a second person behind walks.
STEPS_HZ = 0.9


@dataclass(frozen=True, slots=True)
class Performance:
    """Events of a W x H sensor with the truth about them.

    ``on_the_way`` has the intervals in microseconds, end exclusive, in which the arms go to a
    gesture or come back from one, when no answer is right or wrong.
    """

    events: np.ndarray
    labels: tuple[Label, ...]
    width: int
    height: int
    on_the_way: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Frames that are rendered in one go: the first comes ``frame_s`` after ``start_s``."""

    start_s: float
    frame_s: float
    frames: int

    @property
    def times(self) -> np.ndarray:
        return self.start_s + self.frame_s * np.arange(1, self.frames + 1)

    @property
    def end_s(self) -> float:
        return self.start_s + self.frames * self.frame_s


class Performer:
    """One person in one place going through a programme of acts, rendered as time goes on."""

    def __init__(
        self,
        seed: int,
        setting: str = "ordinary",
        width: int = 128,
        height: int = 128,
        reserved: bool = False,
    ) -> None:
        self._rng = np.random.default_rng(seed)
        varied = setting != "ordinary"
        self.body: Body = draw_body(self._rng, varied, reserved)
        self.scene: Scene = draw_scene(self._rng, setting, width, height, reserved, self.body.hand)
        self.person = Person(seed, self.body, self.scene, varied)
        self._renderer = Renderer(self.body, self.scene, self._rng)
        parameters = draw_pixel(self._rng, varied, self.scene.faint)
        self._pixels = PixelArray((height, width), parameters, np.random.default_rng((seed, 3)))
        self._passer = draw_body(self._rng, varied, reserved)

    def draw(self, name: str) -> Gesture:
        """This person's next rendering of a gesture, or of "rest", "pose" or "walk".

        Raises:
            ValueError: there is no such gesture.
        """
        return self.person.draw(name)

    def play(self, acts: list[Act], t_start_s: float, t_end_s: float) -> Iterator[np.ndarray]:
        """Event arrays of successive chunks that together cover ``[t_start_s, t_end_s)``."""
        t = t_start_s
        while t < t_end_s - 1e-9:
            chunks = self._plan(acts, t, min(t_end_s, t + BLOCK_S))
            times = np.concatenate([chunk.times for chunk in chunks])
            posture, first = self.person.stand(acts, times), 0
            for chunk in chunks:
                frames = slice(first, first + len(chunk.times))
                yield self._chunk(acts, chunk, posture.at(frames))
                first += len(chunk.times)
            t = chunks[-1].end_s

    def _plan(self, acts: list[Act], t: float, t_end_s: float) -> list[_Chunk]:
        """Chunks of frames so close in time that no hand moves more than about a pixel."""
        grid = t + np.arange(0.0, t_end_s - t + LONGEST_S, FRAME_MAX_S * 4)
        fastest = np.zeros(len(grid) - 1)
        for arm in self.person.stand(acts, grid).arms:
            pixels, _ = self.scene.camera.project(arm.fingertips)
            speed = np.linalg.norm(np.diff(pixels, axis=0), axis=-1) / np.diff(grid)
            fastest = np.maximum(fastest, speed)
        chunks: list[_Chunk] = []
        while t < t_end_s - 1e-9:
            near = (grid[1:] > t) & (grid[:-1] < t + LONGEST_S)
            frame_s = float(np.clip(1.0 / fastest[near].max(), FRAME_MIN_S, FRAME_MAX_S))
            frames = min(CHUNK_FRAMES, max(1, round((t_end_s - t) / frame_s)))
            chunks.append(_Chunk(t, frame_s, frames))
            t = chunks[-1].end_s
        return chunks

    def _chunk(self, acts: list[Act], chunk: _Chunk, posture: Posture) -> np.ndarray:
        moving = self.scene.restless or on_the_way(acts, chunk.times)
        arms = [capsule for arm in posture.arms for capsule in self._renderer.arm(arm)]
        trunk = self._trunk(posture, slice(None) if moving else [0, -1])
        image = self._renderer.draw(chunk.times, self._behind(chunk.times), trunk, arms)
        return self._pixels.expose(image, chunk.start_s, chunk.frame_s)

    def _trunk(self, posture: Posture, frames: slice | list[int]) -> list[Capsule]:
        if self.scene.hands_only:
            return []
        trunk = posture.trunk.at(frames)
        legs = leg_capsules(self.body, trunk.offset, posture.stride[frames])
        upright = trunk_capsules(self.body, trunk.offset)
        ends = trunk.carry(np.array([(c.a, c.b) for c in upright]))
        return [*legs, *(replace(c, a=a, b=b) for c, (a, b) in zip(upright, ends, strict=True))]

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
    performer = Performer(seed, setting, width, height)
    acts = [Act(0.0, performer.draw(gesture))]
    events = join_events(list(performer.play(acts, 0.0, seconds)))
    end_us = round(seconds * 1e6)
    events = events[(events["t"] >= 0) & (events["t"] < end_us)]
    return Performance(events, (Label(gesture, 0, end_us),), width, height)


def get_ready() -> None:
    """Compile what rendering needs, or load what was compiled: seconds, or a tenth of one."""
    perform("arm_roll", 0.02, seed=0)


def stream_acts(
    gesture: str | None = None, seed: int = 0, setting: str = "ordinary"
) -> Iterator[tuple[str, np.ndarray]]:
    """An endless 128x128 stream: one gesture, or all in random order with rests between.

    Yields what is being done ("rest" between gestures) and the events of it: arrays in time order
    that each cover at most 32 ms, perhaps without an event.

    Raises:
        ValueError: there is no such gesture.
    """
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
