"""Streams with their truth, for ``evaluate``: labelled recordings, or synthetic sessions."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from app.commands.errors import BadInput, writing_to
from app.commands.progress import progress_bar
from app.events import EVENT_DTYPE, Resolution
from app.sources.arrays import ArraySource
from app.sources.contract import EventSource, FileSpec
from app.sources.formats.endings import looks_like_recording
from models.measuring.scores import TrueGesture

LABELS_SUFFIX = "_labels.csv"


@dataclass(frozen=True, slots=True)
class Case:
    """One stream with its truth; ``setting`` is none where it is not known."""

    name: str
    open_source: Callable[[], EventSource]
    truths: list[TrueGesture]
    setting: str | None = None


def folder_cases(folder: Path) -> list[Case]:
    """Every recording of a folder that has labels.

    Raises:
        BadInput: the folder is missing, or holds no labelled gesture, or labels are wrong.
    """
    if not folder.is_dir():
        raise BadInput(f"expected a folder of recordings, but {folder} is none")
    cases = list(_labelled(folder))
    if not cases:
        raise BadInput(f"expected recordings with a NAME{LABELS_SUFFIX} beside them in {folder}")
    if not any(case.truths for case in cases):
        raise BadInput(f"expected at least one gesture in the NAME{LABELS_SUFFIX} of {folder}")
    return cases


def _labelled(folder: Path) -> Iterator[Case]:
    from app.sources.hosting.host import HostedSource

    for path in sorted(each for each in folder.iterdir() if looks_like_recording(each.name)):
        labels = path.with_name(path.stem + LABELS_SUFFIX)
        # macOS puts a "._" file of its own beside each one that it copies.
        if os.path.exists(labels) and not path.name.startswith("."):
            spec = FileSpec(str(path))
            yield Case(path.name, partial(HostedSource, spec), read_labels(labels))


def read_labels(path: Path) -> list[TrueGesture]:
    """The truth beside a recording, as the data set's own reader has it.

    Raises:
        BadInput: the file cannot be read or is not in the data set's layout.
    """
    from models.data.dvs_gesture.findings import DataSetError
    from models.data.dvs_gesture.labels import read_labels as read

    try:
        labels = read(path, may_be_empty=True)
    except DataSetError as error:
        raise BadInput(f"{path} {error.finding.text}") from error
    return [TrueGesture(label.gesture, label.start_us, label.end_us) for label in labels]


def performer_cases(data: Path, split: str, sessions: int) -> list[Case]:
    """Synthetic sessions kept in the folder ``data``; what is missing is rendered.

    Raises:
        BadInput: the folder cannot be written, or a session in it is damaged.
    """
    from models.data.performer_set import render_set, setting_of

    with writing_to(data), progress_bar(f"Rendering {split} sessions", sessions) as advance:
        done = 0

        def tell(now: int, _total: int) -> None:
            nonlocal done
            advance(now - done)
            done = now

        paths = render_set(data, split, sessions, os.cpu_count() or 1, tell)
    return [session_case(path, setting_of(split, index)) for index, path in enumerate(paths)]


def session_case(path: Path, setting: str | None = None) -> Case:
    """The session that a file holds.

    Raises:
        BadInput: it is damaged.
    """
    return Case(path.name, partial(_open_session, path), _truths(path), setting)


def _truths(path: Path) -> list[TrueGesture]:
    from models.data.performer_set import load_labels

    try:
        return [TrueGesture(*label) for label in load_labels(path)]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise BadInput(f"{path} is damaged; delete it, and it is rendered anew") from error


def _open_session(path: Path) -> EventSource:
    from models.data.performer_set import load_session

    session = load_session(path)
    events = np.zeros(len(session.t_ms), EVENT_DTYPE)
    events["t"] = session.t_ms.astype(np.int64) * 1000
    events["x"], events["y"], events["p"] = session.x, session.y, session.p
    return ArraySource(events, Resolution(128, 128), path.name)
