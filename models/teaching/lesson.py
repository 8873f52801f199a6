"""A lesson: what is shown, and what is not to be forgotten, gone through some times by the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.teaching.rule import NOT_JUDGED, ReadOut, Rule, Spikes, State, correct, count

PIECE_TICKS = 1500
CHUNK_TICKS = 25
# Membranes are empty where a piece begins.
SETTLING_TICKS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One look at something: spikes ``hidden`` (T, H) uint8, the class that each tick shows
    ``labels`` (T,), see ``rule``, and how much it counts beside others."""

    hidden: np.ndarray
    labels: np.ndarray
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ticks ``first`` to ``last`` of all, of a look that began at ``begin``."""

    begin: int
    first: int
    last: int
    weight: float


@dataclass(frozen=True, slots=True)
class Pace:
    """``rounds`` through everything; ``rate`` is how far a full error moves a potential, in
    thresholds, which falls to nothing."""

    rate: float
    rounds: int


@dataclass(frozen=True, slots=True)
class _Course:
    """All that is gone through, tick by tick: hidden ``spikes``, ``labels`` (T,) int64, spikes
    ``others`` (T, C) int32 of classes that do not learn, in these ``pieces``."""

    spikes: Spikes
    labels: np.ndarray
    others: np.ndarray
    pieces: list[_Piece]


def spikes_of(hidden: np.ndarray, delays: Sequence[int]) -> Spikes:
    """Spikes (T, H) as lists."""
    ticks, places = np.nonzero(hidden)
    starts = np.concatenate([[0], np.cumsum(np.bincount(ticks, minlength=len(hidden)))])
    return Spikes(starts.astype(np.int64), places, np.array(delays, np.int64), hidden.shape[1])


def class_spikes(
    read_out: ReadOut, hidden: np.ndarray, delays: Sequence[int], classes: int
) -> np.ndarray:
    """What the classes' neurons fire at hidden spikes (T, H): (T, C) int32."""
    counts = np.zeros((len(hidden), classes), np.int32)
    count(read_out, spikes_of(hidden, delays), 0, 0, counts)
    return counts


def learn(
    read_out: ReadOut, chosen: np.ndarray, classes: int, material: Sequence[Shown],
    delays: Sequence[int], rule: Rule, pace: Pace,
    advance: Callable[[float], None] = lambda share: None,
) -> ReadOut:  # fmt: skip
    """A read-out whose neurons ``chosen`` (N,) bool have gone through the material; the others,
    and the one that is given, stay as they are. ``advance`` is told the share that is over."""
    learnt, fixed = _part(read_out, chosen), _part(read_out, ~chosen)
    others = [class_spikes(fixed, each.hidden, delays, classes) for each in material]
    spikes = spikes_of(np.concatenate([each.hidden for each in material]), delays)
    course = _Course(spikes, _labels(material), np.concatenate(others), _pieces(material))
    parts = sum(piece.weight for piece in course.pieces) * CHUNK_TICKS
    size = pace.rate / _power(spikes, learnt) / parts
    for number in range(pace.rounds):
        step = np.float32(size * (1 - number / pace.rounds))
        for correction in _corrections(learnt, rule, course):
            learnt.weights[:] -= step * correction
        advance((number + 1) / pace.rounds)
    weights = read_out.weights.copy()
    weights[:, chosen] = learnt.weights
    return read_out._replace(weights=weights)


def _corrections(learnt: ReadOut, rule: Rule, course: _Course) -> Iterator[np.ndarray]:
    """Once through all pieces at the same time: what is wrong with the weights, (I + 1, N) float32,
    summed up over a chunk of each. They may change from one to the next."""
    classes = course.others.shape[1]
    states = [State.empty(learnt, classes) for _ in course.pieces]
    for offset in range(0, PIECE_TICKS, CHUNK_TICKS):
        total = np.zeros_like(learnt.weights)
        for piece, state in zip(course.pieces, states, strict=True):
            first = piece.first + offset
            now = slice(first, min(first + CHUNK_TICKS, piece.last))
            if first < now.stop:
                correct(
                    learnt, rule, state, course.spikes, piece.begin, first, course.labels[now],
                    course.others[now], total, np.float32(piece.weight),
                )  # fmt: skip
        yield total


def _part(read_out: ReadOut, chosen: np.ndarray) -> ReadOut:
    weights = np.ascontiguousarray(read_out.weights[:, chosen])
    return ReadOut(weights, read_out.decay[chosen], read_out.class_of[chosen])


def _labels(material: Sequence[Shown]) -> np.ndarray:
    """The labels of all looks (T,) int64; none is judged where a piece of one begins."""
    parts = [each.labels.astype(np.int64) for each in material]
    for part in parts:
        for first in range(0, len(part), PIECE_TICKS):
            part[first : first + SETTLING_TICKS] = NOT_JUDGED
    return np.concatenate(parts)


def _pieces(material: Sequence[Shown]) -> list[_Piece]:
    """Equally long pieces of every look, the last one of each shorter."""
    pieces, begin = [], 0
    for each in material:
        end = begin + len(each.labels)
        pieces += [
            _Piece(begin, first, min(first + PIECE_TICKS, end), each.weight)
            for first in range(begin, end, PIECE_TICKS)
        ]
        begin = end
    return pieces


def _power(spikes: Spikes, read_out: ReadOut) -> float:
    """About the mean square of all of a neuron's traces, by which a step in thresholds becomes one
    of weights: at a rate of p spikes a tick and a decay d, p / (1 - d^2) for each input, and the
    square of its mean p / (1 - d)."""
    decay = float(read_out.decay.mean())
    rate = len(spikes.places) / (len(spikes.starts) - 1) / spikes.hidden
    each = rate / (1 - decay**2) + (rate / (1 - decay)) ** 2
    return float(each * spikes.hidden * len(spikes.delays) + 1 / (1 - decay) ** 2)
