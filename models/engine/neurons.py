"""Compiled neurons: one pass of leak, threshold and reset over a layer; spikes come as a list."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.engine.compiling import compiled
from models.engine.fused import lerp


@compiled
def lif_fire(
    charge: np.ndarray,
    gain: np.float32,
    drive: np.ndarray,
    decay: np.ndarray,
    v: np.ndarray,
    fired: np.ndarray,
) -> int:
    """A step of ``models.neurons.lif``: charges and membranes (H W, C), drive and decay (C,).

    Charges are multiplied by ``gain``, used up and zeroed; places that fired are written to
    ``fired``, their number is returned.
    """
    count = 0
    channels = charge.shape[1]
    for pixel in range(charge.shape[0]):
        q, u = charge[pixel], v[pixel]
        spikes = 0
        for c in range(channels):
            # In the order and precision of the reference, so that both fire alike.
            u[c] = u[c] * decay[c] + (q[c] * gain + drive[c])
            q[c] = np.float32(0.0)
            spikes += u[c] >= np.float32(1.0)
        if spikes:
            for c in range(channels):
                if u[c] >= np.float32(1.0):
                    u[c] -= np.float32(1.0)
                    fired[count] = pixel * channels + c
                    count += 1
    return count


# Under this, no charge can tell a filter's state from 0, as weights are multiples of 2^-10.
NOTHING = np.float32(1e-30)


@compiled
def srm_fire(
    charge: np.ndarray,
    state: np.ndarray,
    fired: np.ndarray,
    threshold: np.float32,
    gain: np.float32,
    kick: np.float32,
    decay_eps: np.float32,
    decay_nu: np.float32,
) -> np.ndarray:
    """A step of ``models.neurons.slayer_gradient.srm_run``: charges (P, C) -> places that fired.

    ``state`` (P, 4, C) is p and q of eps, then p and q of nu; charges are used up and zeroed.
    """
    count, zero = 0, np.float32(0.0)
    channels = charge.shape[1]
    for pixel in range(charge.shape[0]):
        q = charge[pixel]
        p_eps, q_eps = state[pixel, 0], state[pixel, 1]
        p_nu, q_nu = state[pixel, 2], state[pixel, 3]
        spikes = 0
        for c in range(channels):
            q_eps[c] = (q_eps[c] + p_eps[c]) * decay_eps
            q_nu[c] = (q_nu[c] + p_nu[c]) * decay_nu
            slope = p_eps[c] * decay_eps + q[c] * gain
            p_eps[c] = slope if abs(slope) > NOTHING else zero
            slope = p_nu[c] * decay_nu
            p_nu[c] = slope if abs(slope) > NOTHING else zero
            q[c] = zero
            spikes += q_eps[c] + q_nu[c] >= threshold
        if spikes:
            for c in range(channels):
                if q_eps[c] + q_nu[c] >= threshold:
                    p_nu[c] += kick
                    fired[count] = pixel * channels + c
                    count += 1
    return fired[:count]


class Traces(NamedTuple):
    """DECOLLE's traces (P, C): Q and P of a neuron's weighed inputs, R of its spikes."""

    q: np.ndarray
    p: np.ndarray
    r: np.ndarray


# As in ``models.neurons.decolle_lif``: keeps traces of silence away from denormal numbers.
TINY = np.float32(1e-20)


@compiled
def decolle_fire(
    charge: np.ndarray,
    scale: np.ndarray,
    bias: np.ndarray,
    traces: Traces,
    rates: np.ndarray,
    side: int,
    pool: int,
    on: np.ndarray,
    fired: np.ndarray,
) -> np.ndarray:
    """A step of ``models.networks.decolle_layer.Layer.stream``: charges (P, C) -> pooled places.

    ``rates`` (3,) are those of Q, P and R. Charges are used up and zeroed; ``on`` (P', C) is all
    zero before and after.
    """
    channels, pooled = charge.shape[1], side // pool
    rate_q, rate_p, rate_r = rates[0], rates[1], rates[2]
    zero, one = np.float32(0.0), np.float32(1.0)
    for pixel in range(charge.shape[0]):
        x, q, p, r = charge[pixel], traces.q[pixel], traces.p[pixel], traces.r[pixel]
        row, column = pixel // side // pool, pixel % side // pool
        inside = row < pooled and column < pooled
        square = on[row * pooled + column] if inside else on[0]
        for c in range(channels):
            p[c] = lerp(p[c], q[c], rate_p)
            q[c] = lerp(q[c], x[c] * scale[c] + TINY, rate_q)
            x[c] = zero
            spike = p[c] + bias[c] >= r[c]
            r[c] = max(lerp(r[c], one if spike else zero, rate_r), TINY)
            if inside and spike:
                square[c] = 1
    return take_places(on, fired)


@compiled
def take_places(on: np.ndarray, fired: np.ndarray) -> np.ndarray:
    """The places of ``on`` (P, C) that are set, which are then cleared."""
    count = 0
    for pixel in range(on.shape[0]):
        row = on[pixel]
        if row.any():
            for c in range(row.shape[0]):
                if row[c]:
                    row[c] = 0
                    fired[count] = pixel * row.shape[0] + c
                    count += 1
    return fired[:count]
