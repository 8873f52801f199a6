"""Small data sets in the layout of DVS128 Gesture, whole or with faults."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.data.dvs_gesture.aedat3_writer import write_aedat3
from models.data.dvs_gesture.archive import MAPPING, TRIAL_LISTS, write_mapping
from models.data.dvs_gesture.labels import GestureLabel, write_labels
from models.data.dvs_gesture.making import PROGRAMME
from models.data.events import EVENT_DTYPE
from models.data.gestures import CLASSES

START_US = 80_000_000
GESTURE_US, PERIOD_US = 60_000, 80_000
TRIALS = {"train": ("user01_led", "user01_lab", "user02_led"), "test": ("user03_led",)}


def noise(count: int, start_us: int, span_us: int, seed: int = 0) -> np.ndarray:
    """``count`` random events in order of time, the first at ``start_us``."""
    rng = np.random.default_rng(seed)
    events = np.zeros(count, EVENT_DTYPE)
    events["t"] = start_us + np.sort(rng.integers(0, span_us, count))
    events["t"][:1] = start_us
    events["x"], events["y"] = rng.integers(0, 128, (2, count))
    events["p"] = rng.integers(0, 2, count)
    return events


def usual_labels() -> list[GestureLabel]:
    """Twelve gestures, arm roll twice, with a gap before each."""
    starts = [START_US + PERIOD_US * row + PERIOD_US - GESTURE_US for row in range(len(PROGRAMME))]
    return [
        GestureLabel(CLASSES.index(name), start, start + GESTURE_US)
        for name, start in zip(PROGRAMME, starts, strict=True)
    ]


def write_set(folder: Path) -> Path:
    """Two people for training, one of them in two lights, and one for the test."""
    folder.mkdir()
    labels = usual_labels()
    for split, names in TRIALS.items():
        lines = "".join(f"{name}.aedat\n" for name in names)
        (folder / TRIAL_LISTS[split]).write_text(lines)
        for seed, name in enumerate(names):
            events = noise(5000, START_US, labels[-1].end_us - START_US, seed)
            write_aedat3(folder / f"{name}.aedat", events)
            write_labels(folder / f"{name}_labels.csv", labels)
    write_mapping(folder / MAPPING)
    return folder
