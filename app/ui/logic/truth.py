"""What was really done in a recording, if a file of labels lies beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.ui.logic.history import MS_US
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import GestureLabel, read_labels, settle_labels
from models.data.gestures import CLASSES

LABELS_SUFFIX = "_labels.csv"
UNLABELLED = -1


@dataclass(frozen=True, slots=True)
class Truth:
    """Labels in order of time that do not overlap; ``note`` says why a file gives none."""

    labels: tuple[GestureLabel, ...] = ()
    note: str | None = None

    def at(self, times_ms: np.ndarray) -> np.ndarray:
        """(N,) int16 the true class, an index into ``CLASSES``, or ``UNLABELLED``."""
        found = np.full(len(times_ms), UNLABELLED, np.int16)
        times_us = times_ms * MS_US
        for label in self.labels:
            found[(times_us >= label.start_us) & (times_us < label.end_us)] = label.gesture
        return found

    def name_at(self, t_us: int) -> str | None:
        """The class id at a time, or none."""
        (gesture,) = self.at(np.array([t_us // MS_US])).tolist()
        return None if gesture == UNLABELLED else CLASSES[gesture]


def truth_beside(recording: Path) -> Truth:
    """The truth in ``NAME_labels.csv`` beside a recording, empty where there is no such file."""
    path = recording.with_name(recording.stem + LABELS_SUFFIX)
    if not os.path.isfile(path):  # the name may be longer than any file's
        return Truth()
    try:
        labels, _ = settle_labels(read_labels(path, may_be_empty=True))
    except DataSetError as error:
        return Truth(note=str(error))
    except ValueError as error:
        return Truth(note=f"{path.name}: {error}")
    return Truth(tuple(labels))
