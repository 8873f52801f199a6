"""Membranes as lines to draw: curve, spikes, refractory times, and the scale. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.neurons.single import SAMPLES, Constants, Course, Hh
from models.probe import NeuronTrace

# Spikes of neurons that are reset are drawn up to here, in thresholds.
SPIKE_TOP = 1.6
HH_RANGE = (-22.0, 118.0)
REST_LINE_PART = 0.06  # of the height above the lower end


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


def course_lines(course: Course, constants: Constants, tick_ms: float) -> Lines:
    """Those of one of the four kinds."""
    ticks = len(course.spikes)
    if isinstance(constants, Hh):
        v, samples = course.v.ravel(), SAMPLES
        threshold, (low, top), spike_to = None, HH_RANGE, 0.0
    else:
        v, samples, theta = course.v[:, -1], 1, constants.threshold_mv
        threshold, low, top = np.full(ticks, theta), -theta, SPIKE_TOP * theta
        spike_to = 1.5 * theta
    times = tick_times(ticks * samples, tick_ms / samples)
    return _lines(times, v, threshold, course.spikes, course.resting, (low, top), spike_to, tick_ms)


def trace_lines(trace: NeuronTrace, tick_ms: float) -> Lines:
    """Those of a neuron of the network, on a scale that grows by doubling."""
    theta = max(float(np.abs(trace.threshold).max(initial=0.0)), 1e-3)
    low, top = scale(trace.v, theta)
    times = tick_times(len(trace), tick_ms)
    return _lines(
        times, trace.v, trace.threshold, trace.spikes, trace.resting, (low, top),
        0.95 * top, tick_ms,
    )  # fmt: skip


def scale(v: np.ndarray, theta: float) -> tuple[float, float]:
    """Ends of an axis on which ``v`` (T,) and the threshold can be seen."""
    low, top = -theta, SPIKE_TOP * theta
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
    spike_to: float,
    tick_ms: float,
) -> Lines:
    low, top = ends
    at = tick_times(len(fired), tick_ms)
    when = at[fired > 0]
    from_ = np.zeros(0) if threshold is None else threshold[fired > 0]
    spikes = (
        pairs(when, when, from_, np.full(len(when), spike_to))
        if threshold is not None
        else (np.zeros(0), np.zeros(0))
    )
    line = low + REST_LINE_PART * (top - low)
    begins, ends_s = runs(resting, at, tick_ms / 1000)
    flat = np.full(len(begins), line)
    seconds = max(len(fired) * tick_ms / 1000, 1e-9)
    held = None if threshold is None else (at, threshold)
    return Lines(
        times, v, held, spikes, pairs(begins, ends_s, flat, flat), low, top, len(when) / seconds
    )


def runs(flags: np.ndarray, at: np.ndarray, tick_s: float) -> tuple[np.ndarray, np.ndarray]:
    """When stretches of set ``flags`` (T,), ticks that end ``at`` (T,), begin and end."""
    edges = np.diff(np.concatenate([[0], (flags > 0).astype(int), [0]]))
    return at[np.flatnonzero(edges == 1)] - tick_s, at[np.flatnonzero(edges == -1) - 1]


def pairs(
    x0: np.ndarray, x1: np.ndarray, y0: np.ndarray, y1: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Lines from (x0, y0) to (x1, y1), their ends one after the other."""
    return np.stack([x0, x1], 1).ravel(), np.stack([y0, y1], 1).ravel()
