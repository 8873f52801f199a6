"""Where sessions to train on come from: the performer, or a data set like DVS128 Gesture.

The test people of a data set are left alone here; its validation set are its last training people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.data.dvs_gesture.archive import TRIAL_LISTS, Trial
from models.data.dvs_gesture.clips import DvsGesture
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.sessions import session_path
from models.data.performer_set import WHOLE, Share, render_set

PERFORMER, RENDERED = "performer", Path("data/performer")
VALIDATION_SHARE = 0.15

# Called with the split, sessions that are there, sessions wanted.
Tell = Callable[[str, int, int], None]


class SessionSource(Protocol):
    """Gives the files of sessions, for ``performer_set.load_session``."""

    def paths(
        self, split: str, count: int, workers: int, tell: Tell, share: Share = WHOLE
    ) -> list[Path]:
        """The first ``count`` sessions of "train" or "val", or as many as there are.

        Those that are missing are made, of several processes by each its ``share``.
        """
        ...


@dataclass(frozen=True, slots=True)
class PerformerSource:
    """Rendered sessions, kept in ``folder``; what is missing is rendered."""

    folder: Path = RENDERED

    def paths(
        self, split: str, count: int, workers: int, tell: Tell, share: Share = WHOLE
    ) -> list[Path]:
        """See ``SessionSource``."""
        return render_set(self.folder, split, count, workers, lambda *n: tell(split, *n), share)


@dataclass(frozen=True, slots=True)
class DataSetSource:
    """The trials of a data set in ``folder``; decoded ones are kept in ``cache``."""

    folder: Path
    cache: Path | None = None

    def paths(
        self, split: str, count: int, workers: int, tell: Tell, share: Share = WHOLE
    ) -> list[Path]:
        """See ``SessionSource``; a part of the trials is taken from all over the list.

        Raises:
            DataSetError: the data set cannot be used.
            OSError: the cache cannot be written.
        """
        data = DvsGesture(self.folder, self.cache)
        trials = split_people(list(data.trials_of("train")))[split]
        count = min(count, len(trials))
        mine = [trials[number * len(trials) // count] for number in share.of(range(count))]
        tell(split, 0, len(mine))
        found = []
        for done, trial in enumerate(mine, 1):
            found.append(session_path(data, trial))
            tell(split, done, len(mine))
        return found


def split_people(trials: list[Trial]) -> dict[str, list[Trial]]:
    """The trials of training people -> those for training, and the last people's for validation.

    Raises:
        DataSetError: there is only one person.
    """
    people = sorted({trial.person for trial in trials})
    kept_out = people[-max(1, round(VALIDATION_SHARE * len(people))) :]
    if len(people) < 2:
        name = TRIAL_LISTS["train"]
        raise DataSetError(name, "lists fewer than two people", "give a larger data set")
    return {
        "train": [trial for trial in trials if trial.person not in kept_out],
        "val": [trial for trial in trials if trial.person in kept_out],
    }


def open_source(name: str, cache: Path | None = None) -> SessionSource:
    """The source called "performer", or that of a folder; ``cache`` is where it keeps its files.

    A folder is either a data set, or where sessions of the performer were rendered before.

    Raises:
        DataSetError: it is neither.
    """
    if name == PERFORMER:
        return PerformerSource(cache or RENDERED)
    folder = Path(name)
    if any((folder / trials).exists() for trials in TRIAL_LISTS.values()):
        return DataSetSource(folder, cache)
    if any(folder.glob("v*/train")):
        return PerformerSource(folder)
    text = "is neither a data set like DVS128 Gesture nor holds rendered sessions"
    raise DataSetError(str(folder), text, 'give the folder of a data set, or "performer"')
