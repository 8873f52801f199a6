"""The performer data set: sessions rendered once, kept in a folder, read back as arrays.

Each split has seeds of its own, so no person, place or movement is in two splits; the test split
shows kinds of clothes, bodies and backgrounds that the others never have. The settings take turns,
but late sessions of the training split are never ordinary; one in ``QUIET_EVERY`` has no gesture
at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.atomic import replacing
from models.data.gestures import CLASSES, NO_GESTURE, ON_THE_WAY, SETTINGS
from models.data.performer.session import deal_gestures, perform_session
from models.data.side_by_side import side_by_side

log = logging.getLogger(__name__)

FIRST_SEED = {"train": 1_000_000, "val": 2_000_000, "test": 3_000_000}
GESTURES_EACH = 3
QUIET_EVERY = 7
# Ordinary sessions are soon learnt; from this one on training has none.
VARIED_FROM = 600
# All that is none of the ten is more varied than any of them.
EXTRA_IN_TRAINING = ("other_gestures",)
# Rendering that changes what a session looks like must change this number, so that folders made
# by an older program are rendered anew.
VERSION = 6
# How long the arms are on the way to a gesture and back, at most.
TO_MS, BACK_MS = 350, 400


@dataclass(frozen=True, slots=True)
class Share:
    """What number ``rank`` of ``size`` does of something that they do together."""

    rank: int
    size: int

    def of(self, numbers: range) -> range:
        """Every ``size``-th one, so that all shares take equally long."""
        return numbers[self.rank :: self.size]


WHOLE = Share(0, 1)


@dataclass(frozen=True, slots=True)
class Session:
    """One session: ``t_ms`` (N,) uint16, ``x`` ``y`` ``p`` (N,) uint8, ``label`` (T,) int8 per ms.

    ``label`` is a class index, ``NO_GESTURE`` between gestures, or ``ON_THE_WAY`` while the arms
    go to a gesture or come back from one, when no decision is right or wrong.
    """

    t_ms: np.ndarray
    x: np.ndarray
    y: np.ndarray
    p: np.ndarray
    label: np.ndarray


def _render(path: Path, gestures: list[str], seed: int, setting: str, reserved: bool) -> Path:
    performance = perform_session(gestures, seed, setting, reserved=reserved)
    events = performance.events
    end_ms = int(events["t"][-1]) // 1000 + 1 if len(events) else 0
    end_ms = max([end_ms, *(label.end_us // 1000 for label in performance.labels)])
    labels = np.full(end_ms, NO_GESTURE, np.int8)
    for start_us, end_us in performance.on_the_way:
        labels[start_us // 1000 : end_us // 1000] = ON_THE_WAY
    for label in performance.labels:
        labels[label.start_us // 1000 : label.end_us // 1000] = CLASSES.index(label.gesture)
    with replacing(path) as partial:
        np.savez(
            partial,
            t_ms=(events["t"] // 1000).astype(np.uint16),
            x=events["x"].astype(np.uint8),
            y=events["y"].astype(np.uint8),
            p=events["p"].astype(np.uint8),
            label=labels,
        )
    return path


def setting_of(split: str, index: int) -> str:
    """The setting of a session of a split: each a third; late in training, wild and hand."""
    if split == "train" and index >= VARIED_FROM:
        return ("wild", "hand")[index % 2]
    return SETTINGS[index % len(SETTINGS)]


def render_set(
    folder: Path,
    split: str,
    sessions: int,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    share: Share = WHOLE,
) -> list[Path]:
    """Render what is missing of a split into ``folder`` and return its files in order.

    Interrupted, it goes on where it stopped. ``progress`` is called with (done, total). Of several
    that render into one folder each renders its own ``share``.

    Raises:
        ValueError: the split is not one of train, val, test.
    """
    if split not in FIRST_SEED:
        raise ValueError(f"expected a split out of {', '.join(FIRST_SEED)}, got {split!r}")
    target = folder / f"v{VERSION}" / split
    target.mkdir(parents=True, exist_ok=True)
    # Hands are dealt from the split's own seed, one deck for all, so a larger set begins with
    # the sessions of a smaller one.
    extra = EXTRA_IN_TRAINING if split == "train" else ()
    hands = deal_gestures(np.random.default_rng(FIRST_SEED[split]), sessions, GESTURES_EACH, extra)
    hands = [[] if index % QUIET_EVERY == QUIET_EVERY - 1 else h for index, h in enumerate(hands)]
    paths = [target / f"{index:05d}.npz" for index in range(sessions)]
    mine = share.of(range(sessions))
    todo = [index for index in mine if not paths[index].exists()]
    done = len(mine) - len(todo)
    progress(done, len(mine))
    if not todo:
        return paths
    jobs = [
        (
            paths[index],
            hands[index],
            FIRST_SEED[split] + index,
            setting_of(split, index),
            split == "test",
        )
        for index in todo
    ]
    side_by_side(_render, jobs, workers, lambda more: progress(done + more, len(mine)))
    return paths


def load_labels(path: Path) -> list[tuple[int, int, int]]:
    """The gestures of a rendered session: class index, start and end in microseconds."""
    label = load_session(path).label.astype(int)
    edges = np.flatnonzero(np.diff(label)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(label)]])
    return [
        (int(label[start]), int(start) * 1000, int(end) * 1000)
        for start, end in zip(starts, ends, strict=True)
        if label[start] >= 0
    ]


def load_session(path: Path) -> Session:
    """Read one rendered session."""
    with np.load(path) as data:
        return Session(data["t_ms"], data["x"], data["y"], data["p"], data["label"])
