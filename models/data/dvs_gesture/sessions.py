"""Whole trials in the form that the performer's sessions have, for training and calibration.

In a synthetic set all time without a label is known: the arms are on the way to a gesture or back
from it for a moment, and rest else. What people do between the labels of the real set nobody has
written down, so there such time is taken for "on the way", of which no answer is right or wrong. A
network that sees nothing else is never taught to be silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.atomic import replacing
from models.data.dvs_gesture.archive import MADE, Trial
from models.data.dvs_gesture.clips import DvsGesture, Stream, is_current, source_key
from models.data.dvs_gesture.labels import GestureLabel
from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.data.performer_set import BACK_MS, TO_MS, Session


def session_path(data: DvsGesture, trial: Trial) -> Path:
    """A trial's session as a file beside the cached clips, made if it is not there or too old.

    It is read with ``performer_set.load_session``.

    Raises:
        DataSetError: the recording or its labels cannot be used.
        OSError: the cache cannot be written.
    """
    path, key = data.cache / f"{trial.name}.session.npz", source_key(trial)
    if is_current(path, key):
        return path
    session = as_session(data.stream(trial), (trial.folder / MADE).exists())
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: getattr(session, name) for name in ("t_ms", "x", "y", "p", "label")}
    with replacing(path) as partial:
        np.savez(partial, key=key, **columns)
    return path


def as_session(stream: Stream, rest_is_known: bool) -> Session:
    """A trial from its first event on; ``rest_is_known`` of a synthetic one."""
    events = stream.events
    start_us = int(events["t"][0])
    t_ms = ((events["t"] - start_us) // 1000).astype(np.uint32)
    length_ms = max(int(t_ms[-1]) + 1, (stream.labels[-1].end_us - start_us) // 1000)
    x, y, p = (events[name].astype(np.uint8) for name in "xyp")
    return Session(t_ms, x, y, p, label_track(stream.labels, start_us, length_ms, rest_is_known))


def label_track(
    labels: Sequence[GestureLabel], start_us: int, length_ms: int, rest_is_known: bool
) -> np.ndarray:
    """The label of every millisecond (T,) int8 from ``start_us`` on."""
    track = np.full(length_ms, NO_GESTURE if rest_is_known else ON_THE_WAY, np.int8)
    spans = [
        (max(0, (label.start_us - start_us) // 1000), max(0, (label.end_us - start_us) // 1000))
        for label in labels
    ]
    for first, last in spans:
        track[max(0, first - TO_MS) : last + BACK_MS] = ON_THE_WAY
    for label, (first, last) in zip(labels, spans, strict=True):
        track[first:last] = label.gesture
    return track
