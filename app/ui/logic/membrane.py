"""Membranes as lines to draw: curve, spikes, refractory times, and the scale. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.neurons.single import SAMPLES, Constants, Course, Hh
from models.probe import NeuronTrace

# Spikes of neurons that are reset are drawn up to here, in thresholds.
SPIKE_TOP, SPIKE_PART = 1.6, 0.97
LEAST_LOW = -0.5
HH_RANGE = (-22.0, 118.0)
REST_LINE_PART = 0.06  # of the height above the lower end
NO_LINES = np.zeros(0), np.zeros(0)


@dataclass(frozen=True, slots=True)
class Lines:
    """x in seconds before now, y as on the axis; pairs of points are lines of their own.

    ``threshold`` is a curve, or none; ``rate`` spikes a second of what is known.
    """

    times: np.ndarray
    v: np.ndarray
    threshold: tuple[np.ndarray, np.ndarray] | None
    spikes: tuple[np.ndarray, np.ndarray]
    resting: tuple[np.ndarray, np.ndarray]
    low: float
    top: float
    rate: float


def tick_times(ticks: int, tick_ms: float) -> np.ndarray:
    """The end of each tick in seconds before now, (T,)."""
    return (np.arange(ticks) + 1 - ticks) * (tick_ms / 1000)


def peaks(times: np.ndarray, values: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """A curve (N,) of so few points that ``most`` columns of pixels show no other: the lowest
    and the highest of equal stretches, where there are more than two a column."""
    stretch = len(values) // (2 * most) * 2
    if stretch < 4:
        return times, values
    whole = len(values) % stretch  # the oldest may be cut, as they leave the picture
    rows = values[whole:].reshape(-1, stretch)
    lows, tops = rows.argmin(1), rows.argmax(1)
    first, second = np.minimum(lows, tops), np.maximum(lows, tops)
    at = np.stack([first, second], 1) + stretch * np.arange(len(rows))[:, None] + whole
    return times[at.ravel()], values[at.ravel()]


def course_lines(course: Course, constants: Constants, tick_ms: float) -> Lines:
    """Those of one of the four kinds."""
    ticks = len(course.spikes)
    if isinstance(constants, Hh):
        times = tick_times(ticks * SAMPLES, tick_ms / SAMPLES)
        v, threshold, ends = course.v.ravel(), None, HH_RANGE
    else:
        times, v = tick_times(ticks, tick_ms), course.v[:, -1]
        threshold = np.full(ticks, constants.threshold_mv)
        ends = scale(v, constants.threshold_mv)
    return _lines(times, v, threshold, course.spikes, course.resting, ends, tick_ms)


def trace_lines(trace: NeuronTrace, tick_ms: float) -> Lines:
    """Those of a neuron of the network, on a scale that grows by doubling."""
    theta = max(float(np.abs(trace.threshold).max(initial=0.0)), 1e-3)
    times, ends = tick_times(len(trace), tick_ms), scale(trace.v, theta)
    return _lines(times, trace.v, trace.threshold, trace.spikes, trace.resting, ends, tick_ms)


def scale(v: np.ndarray, theta: float) -> tuple[float, float]:
    """Ends of an axis on which ``v`` (T,) and the threshold can be seen."""
    low, top = LEAST_LOW * theta, SPIKE_TOP * theta
    while v.size and low > float(v.min()):
        low *= 2
    while v.size and top < float(v.max()):
        top *= 2
    return low, top


def _lines(
    times: np.ndarray,
    v: np.ndarray,
    threshold: np.ndarray | None,
    fired: np.ndarray,
    resting: np.ndarray,
    ends: tuple[float, float],
    tick_ms: float,
) -> Lines:
    low, top = ends
    at, when = tick_times(len(fired), tick_ms), fired > 0
    spikes = NO_LINES
    if threshold is not None:  # else the membrane itself shows them
        tops = np.full(int(when.sum()), SPIKE_PART * top)
        spikes = pairs(at[when], at[when], threshold[when], tops)
    begins, ends_s = runs(resting, at, tick_ms / 1000)
    line = np.full(len(begins), low + REST_LINE_PART * (top - low))
    held = None if threshold is None else _held(at, threshold)
    rate = 1000 * int(when.sum()) / max(len(fired) * tick_ms, 1e-9)
    return Lines(times, v, held, spikes, pairs(begins, ends_s, line, line), low, top, rate)


def _held(at: np.ndarray, threshold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A threshold as a curve, of its ends alone where it never changes."""
    if threshold.size and threshold.min() == threshold.max():
        return at[[0, -1]], threshold[[0, -1]]
    return at, threshold


def runs(flags: np.ndarray, at: np.ndarray, tick_s: float) -> tuple[np.ndarray, np.ndarray]:
    """When stretches of set ``flags`` (T,), ticks that end ``at`` (T,), begin and end."""
    edges = np.diff(np.concatenate([[0], (flags > 0).astype(int), [0]]))
    return at[np.flatnonzero(edges == 1)] - tick_s, at[np.flatnonzero(edges == -1) - 1]


def pairs(
    x0: np.ndarray, x1: np.ndarray, y0: np.ndarray, y1: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Lines from (x0, y0) to (x1, y1), their ends one after the other."""
    return np.stack([x0, x1], 1).ravel(), np.stack([y0, y1], 1).ravel()
