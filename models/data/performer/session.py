"""A session: one person does several gestures one after another, with rests between."""

from __future__ import annotations

import numpy as np

from models.data.events import join_events
from models.data.gestures import CLASSES
from models.data.performer.performance import (
    Act,
    Label,
    Performance,
    Performer,
)
from models.threads import use_one_thread

# How often one gesture follows another without the arms coming down in between.
STRAIGHT_ON = 0.25
# A label covers the stroke, which is ours to say: it begins when this share of the way from the
# last pose is over, and it ends when the arms leave for the next pose.
PREPARED = 0.7
QUIET_KINDS = ("nobody", "standing", "walking_by", "passing_through")


def perform_session(
    gestures: list[str],
    seed: int,
    setting: str = "ordinary",
    gesture_s: tuple[float, float] = (1.4, 2.4),
    rest_s: tuple[float, float] = (0.3, 0.9),
    reserved: bool = False,
) -> Performance:
    """A 128x128 stream that begins and ends without a gesture; labels cover the strokes alone.

    Without gestures it shows an empty place, somebody standing about, or somebody walking by.
    ``gesture_s`` and ``rest_s`` are the shortest and longest durations in seconds; ``reserved``
    people and places have what the others never have (see ``draw_body`` and ``draw_scene``).

    Raises:
        ValueError: a gesture or the setting is unknown.
    """
    use_one_thread()
    performer = Performer(seed, setting, reserved=reserved)
    rng = np.random.default_rng((seed, 2))
    if gestures:
        acts, labels, end_s = _gesture_acts(performer, gestures, rng, gesture_s, rest_s)
    else:
        (acts, end_s), labels = _quiet_acts(performer, rng), []
    events = join_events(list(performer.play(acts, 0.0, end_s)))
    events = events[events["t"] < round(end_s * 1e6)]
    camera = performer.scene.camera
    return Performance(events, tuple(labels), camera.width, camera.height)


def _gesture_acts(
    performer: Performer,
    gestures: list[str],
    rng: np.random.Generator,
    gesture_s: tuple[float, float],
    rest_s: tuple[float, float],
) -> tuple[list[Act], list[Label], float]:
    """Gestures with rests, poses and small steps aside between them."""
    place = (0.0, 0.0)
    acts, labels, t = [Act(0.0, performer.draw("rest"), place)], [], float(rng.uniform(*rest_s))
    for index, name in enumerate(gestures):
        acts.append(Act(t, performer.draw(name), place))
        start = t + PREPARED * performer.blend_s
        t = start + float(rng.uniform(*gesture_s))
        labels.append(Label(name, round(start * 1e6), round(t * 1e6)))
        if index == len(gestures) - 1 or rng.random() > STRAIGHT_ON:
            if rng.random() < 0.25:
                aside = rng.normal(0, 0.07, 2)
                place = (float(aside[0]), float(aside[1]))
            idle = "pose" if rng.random() < 0.3 else "rest"
            acts.append(Act(t, performer.draw(idle), place))
            t += max(performer.blend_s, float(rng.uniform(*rest_s)))
    return acts, labels, t


def _quiet_acts(performer: Performer, rng: np.random.Generator) -> tuple[list[Act], float]:
    """Some seconds in which nobody gestures."""
    kind, away = str(rng.choice(QUIET_KINDS)), 4.0 * float(rng.choice([-1.0, 1.0]))
    if kind == "nobody":
        return [Act(0.0, performer.draw("rest"), (3 * away, 0.0))], float(rng.uniform(2, 4))
    if kind == "standing":
        poses = [performer.draw(str(rng.choice(["rest", "pose"]))) for _ in range(3)]
        return [Act(1.6 * i, pose) for i, pose in enumerate(poses)], 4.8
    depth = float(rng.uniform(-0.2, 1.0))
    walk = performer.draw("walk")
    acts = [Act(0.0, walk, (0.35 * away, depth)), Act(0.2, walk, (-0.35 * away, depth))]
    if kind == "walking_by":
        return acts, 4.6
    here = (float(rng.normal(0, 0.1)), 0.0)
    acts = [acts[0], Act(0.2, walk, here), Act(2.4, performer.draw("rest"), here)]
    return acts, 4.0


def deal_gestures(
    rng: np.random.Generator, sessions: int, each: int, extra: tuple[str, ...] = ()
) -> list[list[str]]:
    """``sessions`` hands of ``each`` gestures from a deck in which all classes come equally.

    Those in ``extra`` come once more in every round of the deck.
    """
    names = (*CLASSES, *extra)
    deck: list[str] = []
    while len(deck) < sessions * each:
        deck += [names[i] for i in rng.permutation(len(names))]
    return [deck[i * each : (i + 1) * each] for i in range(sessions)]
