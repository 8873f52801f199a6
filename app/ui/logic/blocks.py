"""Decisions along a strip of pixels: runs of the same answer, each right, wrong or not judged."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.ui.logic.history import MS_US, NOTHING, UNKNOWN
from app.ui.logic.truth import UNLABELLED
from models.data.gestures import CLASSES

NO_CLASS = -3  # of the network is that true class


class Verdict(enum.IntEnum):
    """What a decision is worth."""

    UNJUDGED = 0  # nobody knows the truth
    RIGHT = 1
    WRONG = 2
    MISSED = 3  # nothing was decided


@dataclass(frozen=True, slots=True)
class Block:
    """Pixels ``[left, right)`` of the same answer; ``name`` is a class id or none."""

    left: int
    right: int
    name: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of blocks under a name."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A strip of ``width`` pixels shows ``span_us`` of sensor time from ``start_us`` on."""

    start_us: int
    span_us: int
    width: int

    @classmethod
    def ending(cls, end_us: int, span_us: int, width: int) -> Scale:
        """The last ``span_us`` before ``end_us``, in whole pixels, so that nothing shimmers."""
        pixel_us = max(span_us // max(width, 1), 1)
        return cls(-(-end_us // pixel_us) * pixel_us - span_us, span_us, width)

    @property
    def times_ms(self) -> np.ndarray:
        """(width,) int64 the last millisecond of each pixel."""
        ends_us = self.start_us + np.arange(1, self.width + 1) * self.span_us // self.width
        return (ends_us - 1) // MS_US

    def time_us(self, x: float) -> int:
        """The sensor time in the middle of pixel ``x``."""
        return self.start_us + round((x + 0.5) * self.span_us / max(self.width, 1))

    def x(self, t_us: int) -> float:
        """Where a sensor time lies; it may be outside."""
        return (t_us - self.start_us) * self.width / max(self.span_us, 1)


def truth_blocks(truth: np.ndarray) -> list[Block]:
    """Runs of the true classes (W,), indices into ``CLASSES``."""
    return [
        Block(left, right, CLASSES[truth[left]], Verdict.UNJUDGED)
        for left, right in _runs(truth)
        if truth[left] != UNLABELLED
    ]


def decision_blocks(
    decided: np.ndarray, truth: np.ndarray | None, classes: Sequence[str]
) -> list[Block]:
    """Runs of decisions (W,), indices into ``classes``, judged by the truth (W,) if there is one.

    Where nothing was decided there is a block only if something should have been.
    """
    if truth is None:
        verdicts = np.zeros(len(decided), np.int16)
    else:
        verdicts = _judged(decided, truth, classes)
    blocks = []
    for left, right in _runs(decided * len(Verdict) + verdicts):
        gesture, verdict = int(decided[left]), Verdict(int(verdicts[left]))
        if gesture >= 0:
            blocks.append(Block(left, right, classes[gesture], verdict))
        elif verdict is Verdict.MISSED:
            blocks.append(Block(left, right, None, verdict))
    return blocks


def _judged(decided: np.ndarray, truth: np.ndarray, classes: Sequence[str]) -> np.ndarray:
    places = [classes.index(name) if name in classes else NO_CLASS for name in CLASSES]
    wanted = np.array(places, np.int16)[truth]
    verdicts = np.where(decided == wanted, Verdict.RIGHT, Verdict.WRONG).astype(np.int16)
    verdicts[decided == NOTHING] = Verdict.MISSED
    verdicts[(truth == UNLABELLED) | (decided == UNKNOWN)] = Verdict.UNJUDGED
    return verdicts


def _runs(values: np.ndarray) -> list[tuple[int, int]]:
    if not len(values):
        return []
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return list(pairwise(edges))
