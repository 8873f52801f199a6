"""Compiled neurons: one pass of leak, threshold and reset over a layer; spikes come as a list.

Arrays are flat, (N,), and what belongs to a channel is repeated for each neuron, so that a pass is
one loop without branches.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.fused import lerp
from models.engine.masks import Mask, list_set

ZERO, ONE = np.float32(0.0), np.float32(1.0)


@compiled
def lif_fire(
    charge: np.ndarray,
    gain: np.float32,
    drive: np.ndarray,
    decay: np.ndarray,
    v: np.ndarray,
    mask: Mask,
) -> None:
    """A step of ``models.neurons.lif``: charges, drive, decay and membranes (N,).

    Charges are multiplied by ``gain``, used up and zeroed; those that fired are set in ``mask``.
    """
    flags = mask.flags
    for i in range(v.shape[0]):
        # In the order and precision of the reference, so that both fire alike.
        u = v[i] * decay[i] + (charge[i] * gain + drive[i])
        charge[i] = ZERO
        fires = u >= ONE
        v[i] = u - ONE if fires else u
        flags[i] = fires


# Under this, no charge can tell a filter's state from 0, as weights are multiples of 2^-10.
NOTHING = np.float32(1e-30)


class Srm(NamedTuple):
    """Constants of the neurons in a tick: charge gain, kick and factors of eps and nu."""

    threshold: np.float32
    gain: np.float32
    kick: np.float32
    decay_eps: np.float32
    decay_nu: np.float32


@compiled
def srm_fire(
    charge: np.ndarray, state: np.ndarray, srm: Srm, mask: Mask, fired: np.ndarray
) -> np.ndarray:
    """A step of ``models.neurons.slayer_gradient.srm_run``: charges (N,) -> places that fired.

    ``state`` (4, N) is p and q of eps, then p and q of nu; charges are used up and zeroed.
    """
    p_eps, q_eps, p_nu, q_nu = state[0], state[1], state[2], state[3]
    flags = mask.flags
    for i in range(charge.shape[0]):
        eps = (q_eps[i] + p_eps[i]) * srm.decay_eps
        nu = (q_nu[i] + p_nu[i]) * srm.decay_nu
        q_eps[i], q_nu[i] = eps, nu
        slope = p_eps[i] * srm.decay_eps + charge[i] * srm.gain
        p_eps[i] = slope if abs(slope) > NOTHING else ZERO
        slope = p_nu[i] * srm.decay_nu
        p_nu[i] = slope if abs(slope) > NOTHING else ZERO
        charge[i] = ZERO
        flags[i] = eps + nu >= srm.threshold
    spikes = list_set(mask, fired)
    for place in spikes:
        p_nu[place] += srm.kick
    return spikes


class Traces(NamedTuple):
    """DECOLLE's traces (N,): Q and P of a neuron's weighed inputs, R of its spikes."""

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
    mask: Mask,
) -> None:
    """A step of ``models.networks.decolle_layer.Layer.stream``, without its pooling: (N,) each.

    ``rates`` (3,) are those of Q, P and R. Charges are used up and zeroed; those that fired are set
    in ``mask``.
    """
    q, p, r, flags = traces.q, traces.p, traces.r, mask.flags
    rate_q, rate_p, rate_r = rates[0], rates[1], rates[2]
    for i in range(charge.shape[0]):
        new = lerp(p[i], q[i], rate_p)
        p[i] = new
        q[i] = lerp(q[i], charge[i] * scale[i] + TINY, rate_q)
        charge[i] = ZERO
        fires = new + bias[i] >= r[i]
        r[i] = max(lerp(r[i], ONE if fires else ZERO, rate_r), TINY)
        flags[i] = fires
