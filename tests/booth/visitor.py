"""A synthetic visitor who plays the guided round: performer frames in, hits out.

The performer does what the director asks for; its events go the whole way through slicer, encoder,
the default network, vote and presence, and what comes of it goes back to the director.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import numpy as np

from app.booth.director import Director
from app.booth.messages import Message
from app.booth.rules import Rules
from app.booth.scene import Feed, Moment, Scene, Stage
from app.events import EVENT_DTYPE, EventBatch, Resolution
from app.pipeline.ensemble import make_recognizer
from app.recognition.presence import Presence
from app.recognition.slicer import Slicer
from app.settings import Settings
from app.sources.contract import SourceInfo
from models.data.performer.performance import Act, Performer
from models.live import open_network

STEP_US = 32_000  # as long as a chunk of the performer's longest frames
SIZE = Resolution(128, 128)
REST_S = 0.6

# What the visitor does at a scene, none to go on with what he does.
Wish = Callable[[Scene], str | None]


class Visitor:
    """One performer before the booth's camera, at the pace of the sensor's own time."""

    def __init__(self, rules: Rules, seed: int, setting: str = "ordinary") -> None:
        self.director = Director(rules, None, Random(seed))
        self.news: list[Message] = []
        self._performer = Performer(seed, setting)
        self._presence = Presence(SIZE)
        self._slicer = Slicer(5_000)
        info = SourceInfo("performer", SIZE, is_live=True)
        self._recognizer = make_recognizer(open_network(), info, Settings())
        self._classes = open_network().spec.classes
        self._now_us = 0
        self._gesture: str | None = None

    def play(self, doing: str, wish: Wish, seconds: float) -> Iterator[Scene]:
        """Do ``doing``, then what ``wish`` says at each new scene, for so long in all."""
        place = (0.0, 0.0)
        acts = [Act(self._now_us / 1e6, self._performer.draw(doing), place)]
        before: tuple[Stage, int] | None = None
        end_us = self._now_us + round(seconds * 1e6)
        while self._now_us < end_us:
            scene = self._step(acts)
            yield scene
            if before != (scene.stage, scene.number):
                before = scene.stage, scene.number
                then = wish(scene)
                if then is not None:
                    now_s = self._now_us / 1e6
                    rest, act = self._performer.draw("rest"), self._performer.draw(then)
                    acts = [Act(now_s, rest, place), Act(now_s + REST_S, act, place)]

    def _step(self, acts: list[Act]) -> Scene:
        """Live through one picture's time."""
        start_us, self._now_us = self._now_us, self._now_us + STEP_US
        parts = list(self._performer.play(acts, start_us / 1e6, self._now_us / 1e6))
        events = np.concatenate(parts).astype(EVENT_DTYPE)
        # Frames do not end where pictures do.
        events["t"] = np.clip(events["t"], start_us, self._now_us - 1)
        slices = self._slicer.push(EventBatch(events, 0.0))
        slices += self._slicer.advance(self._now_us, 0.0)
        for slice_ in slices:
            recognitions, _ = self._recognizer.process(slice_)
            decided = recognitions[-1].gesture
            self._gesture = None if decided is None else self._classes[decided]
        place = (events["p"].astype(int) * SIZE.height + events["y"]) * SIZE.width + events["x"]
        counts = np.bincount(place, minlength=2 * SIZE.width * SIZE.height)
        present = self._presence.push(counts.reshape(2, SIZE.height, SIZE.width), STEP_US)
        moment = Moment(self._now_us / 1e6, Feed.EVENTS, present, self._gesture)
        scene = self.director.look(moment)
        self.news += self.director.drain()
        return scene
