"""A session: one person does several gestures one after another, with rests between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.events import join_events
from models.data.gestures import CLASSES
from models.data.performer.performance import (
    Act,
    Label,
    Performance,
    Performer,
)

# How often one gesture follows another without the arms coming down in between.
STRAIGHT_ON = 0.25
# A label covers the stroke, which is ours to say: it begins when this share of the way from the
# last pose is over, and it ends when the arms leave for the next pose.
PREPARED = 0.75
# How often somebody who does nothing has the hands elsewhere than hanging down.
POSING = 0.5
# How far people step aside between two gestures, and how far a hand alone moves.
STEP_M, HAND_STEP_M = 0.07, 0.02
QUIET_KINDS = ("nobody", "standing", "walking_by", "passing_through")


def perform_session(
    gestures: list[str],
    seed: int,
    setting: str = "ordinary",
    gesture_s: tuple[float, float] = (0.7, 3.5),
    rest_s: tuple[float, float] = (0.15, 1.3),
    reserved: bool = False,
) -> Performance:
    """A 128x128 stream that begins and ends without a gesture; labels cover the strokes alone.

    Without gestures it shows an empty place, somebody standing about, or somebody walking by.
    ``gesture_s`` and ``rest_s`` are the shortest and longest durations in seconds, without the
    arms' ways there and back; ``reserved`` people and places have what the others never have (see
    ``draw_body`` and ``draw_scene``).

    Raises:
        ValueError: a gesture or the setting is unknown.
    """
    performer = Performer(seed, setting, reserved=reserved)
    rng = np.random.default_rng((seed, 2))
    if gestures:
        plan = plan_gestures(performer, gestures, rng, gesture_s, rest_s)
    else:
        plan = _plan_quiet(performer, rng)
    events = join_events(list(performer.play(plan.acts, 0.0, plan.now_s)))
    events = events[events["t"] < round(plan.now_s * 1e6)]
    camera = performer.scene.camera
    return Performance(events, tuple(plan.labels), camera.width, camera.height, tuple(plan.ways))


@dataclass(slots=True)
class Plan:
    """A programme as it grows: acts, the labels of their strokes, and when arms are under way."""

    acts: list[Act]
    labels: list[Label]
    ways: list[tuple[int, int]]
    now_s: float

    def add_way(self, start_s: float, end_s: float) -> None:
        self.ways.append((round(start_s * 1e6), round(end_s * 1e6)))


def plan_gestures(
    performer: Performer,
    gestures: list[str],
    rng: np.random.Generator,
    gesture_s: tuple[float, float],
    rest_s: tuple[float, float],
) -> Plan:
    """Gestures with rests, poses and small steps aside between them."""
    place = (0.0, 0.0)
    first = Act(0.0, performer.draw(_idle(rng)), place)
    plan = Plan([first], [], [], float(rng.uniform(*rest_s)))
    for index, name in enumerate(gestures):
        _add_gesture(plan, Act(plan.now_s, performer.draw(name), place), rng, gesture_s)
        if index == len(gestures) - 1 or rng.random() > STRAIGHT_ON:
            if rng.random() < 0.25:
                aside = rng.normal(0, HAND_STEP_M if performer.scene.hands_only else STEP_M, 2)
                place = (float(aside[0]), float(aside[1]))
            rest = Act(plan.now_s, performer.draw(_idle(rng)), place)
            plan.acts.append(rest)
            plan.add_way(plan.now_s, plan.now_s + rest.gesture.onset_s)
            plan.now_s += rest.gesture.onset_s + float(rng.uniform(*rest_s))
    return plan


def _add_gesture(
    plan: Plan, act: Act, rng: np.random.Generator, gesture_s: tuple[float, float]
) -> None:
    """One gesture, from the arms' way to it up to its last stroke.

    Short ones are as common as long ones, but none is over before it can be told.
    """
    start = plan.now_s + PREPARED * act.gesture.onset_s
    shortest, longest = gesture_s
    length = float(rng.uniform(min(max(shortest, act.gesture.least_s), longest), longest))
    plan.acts.append(act)
    plan.add_way(plan.now_s, start)
    plan.now_s = start + length
    plan.labels.append(Label(act.gesture.name, round(start * 1e6), round(plan.now_s * 1e6)))


def _idle(rng: np.random.Generator) -> str:
    """Hands hang less often than they are somewhere else."""
    return "pose" if rng.random() < POSING else "rest"


def _plan_quiet(performer: Performer, rng: np.random.Generator) -> Plan:
    """Some seconds in which nobody gestures."""
    kind, away = str(rng.choice(QUIET_KINDS)), 4.0 * float(rng.choice([-1.0, 1.0]))
    if kind == "nobody":
        acts = [Act(0.0, performer.draw("rest"), (3 * away, 0.0))]
        return Plan(acts, [], [], float(rng.uniform(2, 4)))
    if kind == "standing":
        poses = [performer.draw(_idle(rng)) for _ in range(3)]
        return Plan([Act(1.6 * i, pose) for i, pose in enumerate(poses)], [], [], 4.8)
    depth = float(rng.uniform(0.0 if performer.scene.hands_only else -0.2, 1.0))
    walk = performer.draw("walk")
    acts = [Act(0.0, walk, (0.35 * away, depth)), Act(0.2, walk, (-0.35 * away, depth))]
    if kind == "walking_by":
        return Plan(acts, [], [], 4.6)
    here = (float(rng.normal(0, 0.1)), 0.0)
    acts = [acts[0], Act(0.2, walk, here), Act(2.4, performer.draw("rest"), here)]
    return Plan(acts, [], [], 4.0)


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
