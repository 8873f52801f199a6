"""Serves a data set: labelled clips, kept decoded in a cache, and whole streams with their gaps."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.atomic import replacing
from models.data.dvs_gesture.aedat3 import read_aedat3
from models.data.dvs_gesture.archive import TRIAL_LISTS, Trial, labels_of, list_trials
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import GestureLabel
from models.data.events import EVENT_DTYPE

# Another layout of the cache must change this number.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Clip:
    """The ``events`` (N,) EVENT_DTYPE of one label, in sensor time.

    ``row`` counts a trial's labels in order of time from 0; a class may come more than once.
    """

    trial: Trial
    row: int
    label: GestureLabel
    events: np.ndarray


@dataclass(frozen=True, slots=True)
class Stream:
    """A whole trial: ``events`` (N,) EVENT_DTYPE, in the gaps between the labels too."""

    trial: Trial
    labels: tuple[GestureLabel, ...]
    events: np.ndarray


class DvsGesture:
    """A data set in ``folder``; decoded clips are kept in ``cache``, beside it if not given.

    Raises:
        DataSetError: lists or files are missing or wrong.
    """

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        trials, findings = list_trials(folder)
        for finding in findings:
            if finding.remedy is not None:
                raise DataSetError(finding.file, finding.text, finding.remedy)
        self.trials = tuple(trials)
        self.cache = cache or folder.absolute().with_name(f"{folder.absolute().name}.cache")

    def trials_of(self, split: str) -> tuple[Trial, ...]:
        """The trials of "train" or "test", in the order of their list.

        Raises:
            ValueError: there is no such split.
        """
        if split not in TRIAL_LISTS:
            raise ValueError(f"expected a split out of {', '.join(TRIAL_LISTS)}, got {split!r}")
        return tuple(trial for trial in self.trials if trial.split == split)

    def stream(self, trial: Trial) -> Stream:
        """A whole trial, decoded anew, which takes no longer than a cache would.

        Raises:
            DataSetError: the recording or its labels cannot be used.
        """
        events = read_aedat3(trial.recording).events
        labels, _ = labels_of(trial, events)
        return Stream(trial, tuple(labels), events)

    def clips(self, trial: Trial) -> Iterator[Clip]:
        """The clips of a trial; the first time they are decoded and put into the cache.

        Raises:
            DataSetError: the recording or its labels cannot be used.
            OSError: the cache cannot be written.
        """
        path, key = self.cache / f"{trial.name}.npz", source_key(trial)
        if not is_current(path, key):
            _write(path, key, self.stream(trial))
        with np.load(path) as data:
            for row, fields in enumerate(data["labels"].tolist()):
                label = GestureLabel(*fields)
                yield Clip(trial, row, label, _unpack(data[f"clip_{row}"], label.start_us))


def source_key(trial: Trial) -> np.ndarray:
    """Changes whenever the files of a trial do, (5,) int64."""
    try:
        stats = [path.stat() for path in (trial.recording, trial.labels)]
    except OSError as error:
        name = Path(error.filename).name
        raise DataSetError(name, f"cannot be read ({error.strerror})") from error
    return np.array([VERSION, *(n for s in stats for n in (s.st_size, s.st_mtime_ns))], np.int64)


def is_current(path: Path, key: np.ndarray) -> bool:
    """Whether a cache file is whole enough to have a table of contents, and of these sources."""
    try:
        with np.load(path) as data:
            return bool(np.array_equal(data["key"], key))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return False


def _write(path: Path, key: np.ndarray, stream: Stream) -> None:
    times = [(label.start_us, label.end_us) for label in stream.labels]
    edges = np.searchsorted(stream.events["t"], np.array(times)).tolist()
    clips: dict[str, Any] = {
        f"clip_{row}": _pack(stream.events[first:last], stream.labels[row].start_us)
        for row, (first, last) in enumerate(edges)
    }
    labels = np.array([(la.gesture, la.start_us, la.end_us) for la in stream.labels], np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as partial:
        np.savez(partial, key=key, labels=labels, **clips)


def _pack(events: np.ndarray, start_us: int) -> np.ndarray:
    """Half the size: time since the start << 15, x << 8, y << 1 and polarity, as int64."""
    x, y = events["x"].astype(np.int64), events["y"].astype(np.int64)
    return (events["t"] - start_us) << 15 | x << 8 | y << 1 | events["p"]


def _unpack(words: np.ndarray, start_us: int) -> np.ndarray:
    events = np.zeros(len(words), EVENT_DTYPE)
    events["t"] = (words >> 15) + start_us
    events["x"], events["y"], events["p"] = words >> 8 & 0x7F, words >> 1 & 0x7F, words & 1
    return events
