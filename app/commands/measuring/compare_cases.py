"""The streams that ``compare`` plays: test sessions of the performer, or clips of a data set."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from app.commands.errors import BadInput, writing_to
from app.commands.evaluate import DATA
from app.commands.measuring.evaluate_cases import Case, performer_cases
from app.commands.progress import progress_bar
from app.events import Resolution
from app.sources.arrays import ArraySource
from app.sources.contract import EventSource
from models.measuring.scores import TrueGesture

if TYPE_CHECKING:
    from models.data.dvs_gesture.archive import Trial
    from models.data.dvs_gesture.clips import DvsGesture

PERFORMER = "performer"
# How many clips of the performer are rendered unless something else is asked for.
RENDERED_CLIPS = 100

T = TypeVar("T")


def compared_cases(data: str, clips: int | None) -> list[Case]:
    """Test streams of the performer, or of the data set in the folder ``data``.

    Raises:
        BadInput: the data cannot be used.
    """
    if data == PERFORMER:
        return performer_cases(DATA, "test", sessions_with(clips or RENDERED_CLIPS))
    return drawn(data_set_cases(Path(data)), clips)


def sessions_with(clips: int) -> int:
    """How many sessions hold that many gestures; some have none."""
    from models.data.performer_set import GESTURES_EACH, QUIET_EVERY

    sessions = 1
    while GESTURES_EACH * (sessions - sessions // QUIET_EVERY) < clips:
        sessions += 1
    return sessions


def data_set_cases(folder: Path) -> list[Case]:
    """Every clip of a data set's test people, each a stream of its own.

    Raises:
        BadInput: the data set cannot be used, or has no room for decoded clips beside it.
    """
    from models.data.dvs_gesture.clips import DvsGesture
    from models.data.dvs_gesture.findings import DataSetError

    cases: list[Case] = []
    try:
        data = DvsGesture(folder)
        trials = data.trials_of("test")
        with writing_to(folder), progress_bar("Reading clips", len(trials)) as advance:
            for trial in trials:
                cases += _trial_cases(data, trial)
                advance(1)
    except DataSetError as error:
        raise BadInput(str(error)) from error
    return cases


def _trial_cases(data: DvsGesture, trial: Trial) -> list[Case]:
    cases = []
    for clip in data.clips(trial):
        label = clip.label
        truth = TrueGesture(label.gesture, label.start_us, label.end_us)
        name = f"clip {clip.row + 1} of {trial.name}"
        cases.append(Case(name, partial(_open_clip, data, trial, clip.row), [truth]))
    return cases


def _open_clip(data: DvsGesture, trial: Trial, row: int) -> EventSource:
    # All clips of a data set would take gigabytes, so each is read when it is played.
    clip = next(clip for clip in data.clips(trial) if clip.row == row)
    return ArraySource(clip.events, Resolution(128, 128), f"{trial.name}.aedat")


def drawn(things: list[T], most: int | None) -> list[T]:
    """At most so many, in their order and at random, but always the same."""
    if most is None or most >= len(things):
        return things
    chosen = np.random.default_rng(0).choice(len(things), most, replace=False)
    return [things[index] for index in sorted(chosen.tolist())]
