"""A session: one person does several gestures one after another, with rests between."""

from __future__ import annotations

import numpy as np

from models.data.gestures import CLASSES
from models.data.performer.performance import (
    Act,
    Label,
    Performance,
    Performer,
    join_chunks,
)
from models.threads import use_one_thread

# How often one gesture follows another without the arms coming down in between.
STRAIGHT_ON = 0.25


def perform_session(
    gestures: list[str],
    seed: int,
    setting: str = "ordinary",
    gesture_s: tuple[float, float] = (1.6, 2.8),
    rest_s: tuple[float, float] = (0.4, 1.0),
) -> Performance:
    """A 128x128 stream that begins and ends with rest; labels cover the gestures alone.

    ``gesture_s`` and ``rest_s`` are the shortest and longest durations in seconds.

    Raises:
        ValueError: a gesture or the setting is unknown.
    """
    use_one_thread()
    performer = Performer(seed, setting)
    rng = np.random.default_rng((seed, 2))
    acts, labels, t = [Act(0.0, performer.draw("rest"))], [], float(rng.uniform(*rest_s))
    for index, name in enumerate(gestures):
        acts.append(Act(t, performer.draw(name)))
        start, t = t, t + float(rng.uniform(*gesture_s))
        labels.append(Label(name, round(start * 1e6), round(t * 1e6)))
        if index == len(gestures) - 1 or rng.random() > STRAIGHT_ON:
            acts.append(Act(t, performer.draw("rest")))
            t += float(rng.uniform(*rest_s))
    events = join_chunks(list(performer.play(acts, 0.0, t)))
    events = events[events["t"] < round(t * 1e6)]
    camera = performer.scene.camera
    return Performance(events, tuple(labels), camera.width, camera.height)


def deal_gestures(rng: np.random.Generator, sessions: int, each: int) -> list[list[str]]:
    """``sessions`` hands of ``each`` gestures from a deck in which all classes come equally."""
    deck: list[str] = []
    while len(deck) < sessions * each:
        deck += [CLASSES[i] for i in rng.permutation(len(CLASSES))]
    return [deck[i * each : (i + 1) * each] for i in range(sessions)]
