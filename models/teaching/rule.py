"""The local rule by which the read-out of the default network learns while it runs.

A neuron n of the read-out hears the hidden layer's spikes s_i, delayed, as in the engine:

    u_n[t] = d_n v_n[t-1] + sum_i W_ni s_i[t]      fires where u >= 1;  v = u - (1 where it fired)

so u_n is sum_i W_ni P_ni less what its own spikes took, where the trace P_ni[t] = d_n P_ni[t-1] +
s_i[t] is all that a synapse has to know of the past. DECOLLE's rule (Kaiser, Mostafa and Neftci,
Front. Neurosci. 14:424, 2020) corrects a weight by what is there at its synapse, now:

    dW_ni = -rate  error_c[t]  sigma'(u_n[t])  P_ni[t]

with the error of the neuron's class c and a surrogate for the slope of a spike. No error goes back
in time, and none to another layer. It is that of the loss the network was trained by
(``models.learning.rate_loss``): r_c is a class's spikes a millisecond, low-pass filtered, and

    error_c = softmax(gain r_1 .. gain r_C, gain r_0)_c - (1 for the class that is shown, else 0)

where r_0 is the rate under which nothing is said. The drive of a neuron is the weight of one more
input, which always spikes. This file calls no other compiled one, so that numba sees its changes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled

# Labels beside the classes' numbers, as in ``models.data.gestures``.
NOTHING_SHOWN = -1
NOT_JUDGED = -2
ONE = np.float32(1.0)


class Rule(NamedTuple):
    """How errors are made of rates: ``keep`` of the filter a tick; ``slope`` is the surrogate's,
    sigma' = 1 / (1 + slope |u - 1|)^2."""

    keep: np.float32
    gain: np.float32 = np.float32(8.0)
    quiet_rate: np.float32 = np.float32(0.3)
    slope: np.float32 = np.float32(2.0)

    @classmethod
    def of(cls, tick_ms: float, tau_ms: float = 40.0) -> Rule:
        """That of the loss, for ticks of so many ms."""
        return cls(np.float32(np.exp(-tick_ms / tau_ms)))


class ReadOut(NamedTuple):
    """``weights`` (I + 1, N) float32, I inputs and the drive; ``decay`` (N,) float32 of membranes a
    tick; ``class_of`` (N,) int64."""

    weights: np.ndarray
    decay: np.ndarray
    class_of: np.ndarray


class Spikes(NamedTuple):
    """Spikes of H ``hidden`` neurons: those of tick t are ``places[starts[t] : starts[t + 1]]``.

    Each arrives after each of the ``delays`` (D,) in ticks, at the input d H + place.
    """

    starts: np.ndarray
    places: np.ndarray
    delays: np.ndarray
    hidden: int


class State(NamedTuple):
    """Membranes ``v`` (N,), ``rates`` (C,) of classes and ``traces`` (I + 1, N), all float32."""

    v: np.ndarray
    rates: np.ndarray
    traces: np.ndarray

    @classmethod
    def empty(cls, read_out: ReadOut, classes: int) -> State:
        inputs, neurons = read_out.weights.shape
        return cls(
            np.zeros(neurons, np.float32),
            np.zeros(classes, np.float32),
            np.zeros((inputs, neurons), np.float32),
        )


@compiled
def fire(
    read_out: ReadOut, spikes: Spikes, begin: int, t: int, v: np.ndarray, u: np.ndarray
) -> None:
    """Potentials ``u`` (N,) of tick ``t`` from membranes ``v`` (N,), which go on; nothing arrives
    that was fired before the tick ``begin``."""
    weights, neurons = read_out.weights, v.shape[0]
    for n in range(neurons):
        u[n] = weights[weights.shape[0] - 1, n]
    for d in range(spikes.delays.shape[0]):
        fired = t - spikes.delays[d]
        if fired >= begin:
            for place in spikes.places[spikes.starts[fired] : spikes.starts[fired + 1]]:
                row = weights[d * spikes.hidden + place]
                for n in range(neurons):
                    u[n] += row[n]
    for n in range(neurons):
        u[n] += v[n] * read_out.decay[n]
        v[n] = u[n] - ONE if u[n] >= ONE else u[n]


@compiled
def count(read_out: ReadOut, spikes: Spikes, begin: int, first: int, counts: np.ndarray) -> None:
    """The spikes of classes in the ticks from ``first`` on, added to ``counts`` (T, C)."""
    v, u = np.zeros_like(read_out.decay), np.zeros_like(read_out.decay)
    for t in range(counts.shape[0]):
        fire(read_out, spikes, begin, first + t, v, u)
        for n in range(u.shape[0]):
            if u[n] >= ONE:
                counts[t, read_out.class_of[n]] += 1


@compiled
def class_errors(rates: np.ndarray, label: int, rule: Rule, errors: np.ndarray) -> None:
    """Rates (C,) and what is shown -> ``errors`` (C,), none where nothing is judged."""
    top = rule.quiet_rate
    for rate in rates:
        top = max(top, rate)
    total = np.exp(rule.gain * (rule.quiet_rate - top))
    for c in range(rates.shape[0]):
        errors[c] = np.exp(rule.gain * (rates[c] - top))
        total += errors[c]
    for c in range(rates.shape[0]):
        wanted = ONE if c == label else np.float32(0.0)
        errors[c] = np.float32(0.0) if label == NOT_JUDGED else errors[c] / total - wanted


@compiled
def correct(
    read_out: ReadOut, rule: Rule, state: State, spikes: Spikes, begin: int, first: int,
    labels: np.ndarray, others: np.ndarray, correction: np.ndarray, weight: np.float32 = ONE,
) -> None:  # fmt: skip
    """Go through the ticks from ``first`` on: adds error sigma' P to ``correction`` (I + 1, N), as
    often as ``weight`` says.

    ``labels`` (T,) says what is shown, ``others`` (T, C) are spikes of classes that do not learn.
    An input at s has the part d^(t-s) in the trace at t; so factors of later ticks are added up
    towards s, which is the same sum without a pass through all synapses in every tick.
    """
    ticks, neurons = labels.shape[0], state.v.shape[0]
    u, errors = np.zeros_like(state.v), np.zeros_like(state.rates)
    factors = np.zeros((ticks, neurons), np.float32)
    for t in range(ticks):
        fire(read_out, spikes, begin, first + t, state.v, u)
        for c in range(errors.shape[0]):
            state.rates[c] = state.rates[c] * rule.keep + (ONE - rule.keep) * others[t, c]
        for n in range(neurons):
            if u[n] >= ONE:
                state.rates[read_out.class_of[n]] += ONE - rule.keep
        class_errors(state.rates, labels[t], rule, errors)
        for n in range(neurons):
            bent = ONE + rule.slope * abs(u[n] - ONE)
            factors[t, n] = weight * errors[read_out.class_of[n]] / (bent * bent)
    for t in range(ticks - 2, -1, -1):
        for n in range(neurons):
            factors[t, n] += read_out.decay[n] * factors[t + 1, n]
    _credit(read_out, state, spikes, begin, first, factors, correction)


@compiled
def _credit(
    read_out: ReadOut, state: State, spikes: Spikes, begin: int, first: int, factors: np.ndarray,
    correction: np.ndarray,
) -> None:  # fmt: skip
    """What the traces held before counts as well; then they go on over these ticks."""
    ticks, neurons = factors.shape
    traces, drive = state.traces, state.traces.shape[0] - 1
    earlier, gone = factors[0] * read_out.decay, read_out.decay ** np.float32(ticks)
    for i in range(drive + 1):
        for n in range(neurons):
            correction[i, n] += traces[i, n] * earlier[n]
            traces[i, n] *= gone[n]
    left = np.ones_like(earlier)
    for t in range(ticks - 1, -1, -1):
        for n in range(neurons):
            correction[drive, n] += factors[t, n]
            traces[drive, n] += left[n]
        for d in range(spikes.delays.shape[0]):
            fired = first + t - spikes.delays[d]
            if fired >= begin:
                for place in spikes.places[spikes.starts[fired] : spikes.starts[fired + 1]]:
                    i = d * spikes.hidden + place
                    for n in range(neurons):
                        correction[i, n] += factors[t, n]
                        traces[i, n] += left[n]
        left *= read_out.decay
