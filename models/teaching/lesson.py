"""A lesson: what is shown, and what is not to be forgotten, gone through some times by the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    thresholds, which falls to nothing; ``hold`` is the part of the way back to where weights were
    that they go in each step."""

    rate: float
    rounds: int
    hold: float = 0.0


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
    others = np.concatenate([class_spikes(fixed, m.hidden, delays, classes) for m in material])
    spikes = spikes_of(np.concatenate([each.hidden for each in material]), delays)
    labels, pieces = _pieces(material)
    first_weights = learnt.weights.copy()
    size = pace.rate / _power(spikes, learnt)
    for number in range(pace.rounds):
        states = [State.empty(learnt, classes) for _ in pieces]
        for offset in range(0, PIECE_TICKS, CHUNK_TICKS):
            correction = np.zeros_like(learnt.weights)
            for piece, state in zip(pieces, states, strict=True):
                now = slice(
                    piece.first + offset, min(piece.first + offset + CHUNK_TICKS, piece.last)
                )
                if now.start < now.stop:
                    one = np.zeros_like(correction) if piece.weight != 1 else correction
                    correct(
                        learnt, rule, state, spikes, piece.begin, now.start, labels[now],
                        others[now], one,
                    )  # fmt: skip
                    if one is not correction:
                        correction += np.float32(piece.weight) * one
            step = size * (1 - number / pace.rounds) / sum(p.weight for p in pieces) / CHUNK_TICKS
            learnt.weights[:] -= np.float32(step) * correction
            learnt.weights[:] -= np.float32(pace.hold) * (learnt.weights - first_weights)
        advance((number + 1) / pace.rounds)
    weights = read_out.weights.copy()
    weights[:, chosen] = learnt.weights
    return read_out._replace(weights=weights)


def _part(read_out: ReadOut, chosen: np.ndarray) -> ReadOut:
    weights = np.ascontiguousarray(read_out.weights[:, chosen])
    return ReadOut(weights, read_out.decay[chosen], read_out.class_of[chosen])


def _pieces(material: Sequence[Shown]) -> tuple[np.ndarray, list[_Piece]]:
    """All labels (T,), and equally long pieces of every look, the last one of each shorter."""
    labels = np.concatenate([each.labels for each in material]).astype(np.int64)
    pieces, begin = [], 0
    for each in material:
        end = begin + len(each.labels)
        for first in range(begin, end, PIECE_TICKS):
            labels[first : min(first + SETTLING_TICKS, end)] = NOT_JUDGED
            pieces.append(_Piece(begin, first, min(first + PIECE_TICKS, end), each.weight))
        begin = end
    return labels, pieces


def _power(spikes: Spikes, read_out: ReadOut) -> float:
    """About the mean square of all of a neuron's traces, by which a step in thresholds becomes one
    of weights: at a rate of p spikes a tick and a decay d, p / (1 - d^2) for each input, and the
    square of its mean p / (1 - d)."""
    decay = float(read_out.decay.mean())
    rate = len(spikes.places) / (len(spikes.starts) - 1) / spikes.hidden
    each = rate / (1 - decay**2) + (rate / (1 - decay)) ** 2
    return float(each * spikes.hidden * len(spikes.delays) + 1 / (1 - decay) ** 2)
