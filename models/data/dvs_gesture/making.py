"""Makes a synthetic data set in the layout of DVS128 Gesture: people x lightings, one file each.

A person keeps body, clothes, place and camera over all lightings, and moves anew in each. The
last fifth of the people is for the test; their kinds of bodies, clothes and places are never
among the others'.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from models.atomic import replacing
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from models.data.dvs_gesture.archive import (
    MADE,
    MAPPING,
    TRIAL_LISTS,
    Trial,
    write_mapping,
)
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import USUAL_TIMES, as_gesture_labels, write_labels
from models.data.events import join_events
from models.data.gestures import CLASSES
from models.data.performer.performance import Act, Label, Performance, Performer
from models.data.performer.session import PREPARED
from models.data.side_by_side import side_by_side

# Making another set from the same plan must change this number.
VERSION = 2
TEST_SHARE = 0.2
MAX_PEOPLE = 999
# Away from the seeds of the performer data set; each seed has a thousand people.
FIRST_SEED = 10_000_000
# The order in which everybody goes through them, as in the original.
PROGRAMME = tuple(g for i, g in enumerate(CLASSES) for _ in range(USUAL_TIMES.get(i, 1)))
# A gesture lasts this many times the wished length, a rest after it this many times.
GESTURE_SPREAD, REST_SPREAD = (0.8, 1.2), (0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Lighting:
    """Brightness of the room, and the depth of the flicker of lamps on mains current."""

    level: float
    flicker: float


LIGHTINGS = {
    "fluorescent": Lighting(1.0, 0.03),
    "fluorescent_led": Lighting(1.15, 0.015),
    "lab": Lighting(0.6, 0.02),
    "led": Lighting(0.8, 0.0),
    "natural": Lighting(1.2, 0.0),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made; ``gesture_s`` is how long a gesture lasts on average.

    Raises:
        ValueError: a number is out of its range.
    """

    people: int = 29
    lightings: int = len(LIGHTINGS)
    gesture_s: float = 6.0
    seed: int = 1

    def __post_init__(self) -> None:
        if not 2 <= self.people <= MAX_PEOPLE:
            raise ValueError(f"expected 2 to {MAX_PEOPLE} people, got {self.people}")
        if not 1 <= self.lightings <= len(LIGHTINGS):
            raise ValueError(f"expected 1 to {len(LIGHTINGS)} lightings, got {self.lightings}")
        # Shorter, a gesture would be over before the arms are there.
        if not 0.5 <= self.gesture_s <= 60:
            raise ValueError(f"expected gestures of 0.5 to 60 seconds, got {self.gesture_s}")

    @property
    def first_test_person(self) -> int:
        """People are counted from 1."""
        return self.people - max(1, round(self.people * TEST_SHARE)) + 1

    def trials(self, folder: Path) -> Iterator[tuple[Trial, int]]:
        """Every trial with the number of its person."""
        for person in range(1, self.people + 1):
            split = "test" if person >= self.first_test_person else "train"
            for lighting in list(LIGHTINGS)[: self.lightings]:
                yield Trial(folder, f"user{person:02d}_{lighting}", split), person


def make_data_set(
    folder: Path,
    plan: Plan,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Make what is missing of a data set; interrupted, it goes on where it stopped.

    ``progress`` is called with (done, total) trials.

    Raises:
        DataSetError: the folder holds another data set, or a worker process died.
        OSError: the folder cannot be written.
    """
    _claim(folder, plan)
    trials = list(plan.trials(folder))
    todo = [each for each in trials if not each[0].recording.exists()]
    before = len(trials) - len(todo)
    progress(before, len(trials))

    def tell(made: int) -> None:
        progress(before + made, len(trials))

    if workers == 1 or len(todo) < 2:
        for made, (trial, person) in enumerate(todo, 1):
            make_trial(trial, person, plan)
            tell(made)
        return
    try:
        side_by_side(make_trial, [(*each, plan) for each in todo], workers, tell)
    except BrokenProcessPool as error:
        text = "is not finished, as a process died, perhaps for want of memory"
        remedy = "run dataset make again, with fewer --workers if need be"
        raise DataSetError(str(folder), text, remedy) from error


def _claim(folder: Path, plan: Plan) -> None:
    """Write everything but the trials, so that a half-made set is known as such."""
    folder.mkdir(parents=True, exist_ok=True)
    made, wanted = folder / MADE, json.dumps({"version": VERSION, **asdict(plan)}) + "\n"
    if made.exists():
        if made.read_text(encoding="utf-8", errors="replace") != wanted:
            text = "tells of a data set made with other options or by another version"
            raise DataSetError(str(made), text, "give the same options or another folder")
    elif any(folder.glob("*.aedat")) or any((folder / n).exists() for n in TRIAL_LISTS.values()):
        raise DataSetError(str(folder), "holds recordings already", "give another folder")
    made.write_text(wanted, encoding="utf-8")
    trials = [trial for trial, _ in plan.trials(folder)]
    for split, name in TRIAL_LISTS.items():
        lines = [f"{trial.recording.name}\n" for trial in trials if trial.split == split]
        (folder / name).write_text("".join(lines), encoding="ascii")
    write_mapping(folder / MAPPING)


def make_trial(trial: Trial, person: int, plan: Plan) -> None:
    """Render one trial; its recording appears last and whole.

    Raises:
        OSError: a file cannot be written.
    """
    seed = FIRST_SEED + plan.seed * (MAX_PEOPLE + 1) + person
    performance = perform_trial(seed, trial.lighting, trial.split == "test", plan.gesture_s)
    write_labels(trial.labels, as_gesture_labels(performance.labels))
    with replacing(trial.recording) as partial:
        write_aedat3(partial, performance.events)


def perform_trial(
    seed: int,
    lighting: str,
    reserved: bool,
    gesture_s: float,
    programme: tuple[str, ...] = PROGRAMME,
) -> Performance:
    """One person, drawn from ``seed``, goes through a programme in one of ``LIGHTINGS``."""
    performer = Performer(seed, reserved=reserved)
    light = replace(performer.scene.light, **asdict(LIGHTINGS[lighting]))
    performer.scene = replace(performer.scene, light=light)
    turn = list(LIGHTINGS).index(lighting)
    rng = np.random.default_rng((seed, turn))
    # The person is the same, but what they draw next must not be, or all lightings would show
    # the same movements.
    rests = [performer.draw("rest") for _ in range(turn + 1)]
    before, t = Act(0.0, rests[-1]), gesture_s * float(rng.uniform(*REST_SPREAD))
    labels, chunks = [], list(performer.play([before], 0.0, t))
    for name in programme:
        act = Act(t, performer.draw(name))
        start = t + PREPARED * act.gesture.onset_s
        end = start + gesture_s * float(rng.uniform(*GESTURE_SPREAD))
        chunks += performer.play([before, act], t, end)
        labels.append(Label(name, round(start * 1e6), round(end * 1e6)))
        before = Act(end, performer.draw("rest"))
        t = end + max(before.gesture.onset_s, gesture_s * float(rng.uniform(*REST_SPREAD)))
        chunks += performer.play([act, before], end, t)
    events = join_events(chunks)
    events = events[(events["t"] >= 0) & (events["t"] < round(t * 1e6))]
    camera = performer.scene.camera
    return Performance(events, tuple(labels), camera.width, camera.height)
