"""One neuron of each of four kinds, walked through one drive: compiled, and without torch.

The drive is in mV per ms, how fast it would lift a membrane that loses nothing, so the same numbers
can be given to all four. Membranes are in mV above rest, times in ms. Each is the step of its
reference, which says what it means and where it is from:

    If    models.neurons.reference.if_              current C drive
    Lif   models.neurons.reference.lif_refractory   current tau drive / R, reset to rest
    Srm   models.neurons.srm                        weighted input drive dt, all of it within a step
    Hh    models.neurons.reference.hodgkin_huxley   current density C drive

A walk goes through T steps of ``dt_ms`` from a ``state`` (STATES,) float64, all zero at rest, which
it carries on. It writes ``v`` (T, SAMPLES), what the membrane is in the course of each step, and
(T,) uint8 ``spikes`` and ``resting``, whether what is left of a spike keeps the neuron from firing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from models.compiling import compiled

STATES, SAMPLES = 4, 4
# Steps of the Hodgkin-Huxley neuron, whose error is of first order, between two samples of 0.25 ms.
INNER_STEPS = 5
# A response to one's own spike below this part of the threshold keeps from firing.
RESTING_PART = 0.1
# The open shares of m, h and n at rest, where gates settle at 0 mV.
M_REST, H_REST, N_REST = 0.052932485257249584, 0.5961207535084603, 0.3176769140606974
E_LEAK, E_SODIUM, E_POTASSIUM = 10.613, 115.0, -12.0
G_LEAK, G_POTASSIUM = 0.3, 36.0
SPIKE_MV = 50.0


class If(NamedTuple):
    """``floor_mv`` is how low inhibition can push a membrane that would never come back alone."""

    threshold_mv: float = 15.0
    floor_mv: float = -15.0


class Lif(NamedTuple):
    """Reset to rest, where the membrane is held for the refractory time."""

    threshold_mv: float = 15.0
    tau_ms: float = 20.0
    refractory_ms: float = 2.0


class Srm(NamedTuple):
    """Each input lifts the potential by its whole size ``tau_s_ms`` later."""

    threshold_mv: float = 15.0
    tau_s_ms: float = 10.0
    tau_ref_ms: float = 5.0
    scale: float = 2.0


class Hh(NamedTuple):
    """The squid axon; the sodium conductance in mS/cm2 is what makes it fire."""

    g_sodium: float = 120.0


Constants = If | Lif | Srm | Hh
# walk(drive, dt_ms, constants, state, v, spikes, resting): see above.
Walk = Callable[..., None]


@compiled
def walk_if(
    drive: np.ndarray, dt_ms: float, constants: If, state: np.ndarray,
    v: np.ndarray, spikes: np.ndarray, resting: np.ndarray,
) -> None:  # fmt: skip
    """Sum up, fire, take the threshold away; nothing of a spike is left."""
    theta, now = constants.threshold_mv, state[0]
    for t in range(drive.shape[0]):
        now = max(now + drive[t] * dt_ms, constants.floor_mv)
        spikes[t] = now >= theta
        if spikes[t]:
            now -= theta
        v[t, :] = now
    resting[:] = 0
    state[0] = now


@compiled
def walk_lif(
    drive: np.ndarray, dt_ms: float, constants: Lif, state: np.ndarray,
    v: np.ndarray, spikes: np.ndarray, resting: np.ndarray,
) -> None:  # fmt: skip
    """Leak towards rest, fire, and rest for a while; the state is membrane and rest still left."""
    now, left_ms = state[0], state[1]
    for t in range(drive.shape[0]):
        resting[t] = left_ms > 0.0
        awake_ms = max(dt_ms - left_ms, 0.0)
        now -= (drive[t] * constants.tau_ms - now) * math.expm1(-awake_ms / constants.tau_ms)
        left_ms = max(left_ms - dt_ms, 0.0)
        spikes[t] = now >= constants.threshold_mv
        if spikes[t]:
            now, left_ms = 0.0, constants.refractory_ms
        v[t, :] = now
    state[0], state[1] = now, left_ms


@compiled
def walk_srm(
    drive: np.ndarray, dt_ms: float, constants: Srm, state: np.ndarray,
    v: np.ndarray, spikes: np.ndarray, resting: np.ndarray,
) -> None:  # fmt: skip
    """Add up responses to inputs and to own spikes; the state is p and q of each."""
    theta = constants.threshold_mv
    fade_s = math.exp(-dt_ms / constants.tau_s_ms)
    fade_ref = math.exp(-dt_ms / constants.tau_ref_ms)
    rise_s = math.e * dt_ms / constants.tau_s_ms
    rise_ref = math.e * dt_ms / constants.tau_ref_ms * constants.scale * theta
    p_s, q_s, p_ref, q_ref = state[0], state[1], state[2], state[3]
    for t in range(drive.shape[0]):
        q_s, q_ref = (q_s + p_s) * fade_s, (q_ref + p_ref) * fade_ref
        own = rise_ref * q_ref
        now = rise_s * q_s - own
        spikes[t] = now >= theta
        resting[t] = own > RESTING_PART * theta
        p_s = p_s * fade_s + drive[t] * dt_ms
        p_ref = p_ref * fade_ref + spikes[t]
        v[t, :] = now
    state[0], state[1], state[2], state[3] = p_s, q_s, p_ref, q_ref


@compiled
def _exprel(x: float) -> float:
    return math.expm1(x) / x if x != 0.0 else 1.0


@compiled
def _gate(share: float, opening: float, closing: float, dt_ms: float) -> float:
    total = opening + closing
    settled = opening / total
    return settled + (share - settled) * math.exp(-dt_ms * total)


@compiled
def _membrane(v: float, m: float, h: float, n: float, current: float, g: float, dt: float) -> float:
    sodium, potassium = g * m**3 * h, G_POTASSIUM * n**4
    total = G_LEAK + sodium + potassium
    driven = G_LEAK * E_LEAK + sodium * E_SODIUM + potassium * E_POTASSIUM + current
    settled = driven / total
    return settled + (v - settled) * math.exp(-dt * total)


@compiled
def walk_hh(
    drive: np.ndarray, dt_ms: float, constants: Hh, state: np.ndarray,
    v: np.ndarray, spikes: np.ndarray, resting: np.ndarray,
) -> None:  # fmt: skip
    """Channels open and close; a spike is told where the membrane passes ``SPIKE_MV`` upwards.

    It counts as resting while less than half as many sodium channels can open as at rest. The
    state is the membrane, and m, h and n beside what they are at rest.
    """
    dt = dt_ms / (SAMPLES * INNER_STEPS)
    now, m, h, n = state[0], state[1] + M_REST, state[2] + H_REST, state[3] + N_REST
    for t in range(drive.shape[0]):
        spikes[t] = 0
        for sample in range(SAMPLES):
            for _ in range(INNER_STEPS):
                new = _membrane(now, m, h, n, drive[t], constants.g_sodium, dt)
                m = _gate(m, 1.0 / _exprel((25.0 - now) / 10.0), 4.0 * math.exp(-now / 18.0), dt)
                opening = 1.0 / (math.exp((30.0 - now) / 10.0) + 1.0)
                h = _gate(h, 0.07 * math.exp(-now / 20.0), opening, dt)
                n = _gate(n, 0.1 / _exprel((10.0 - now) / 10.0), 0.125 * math.exp(-now / 80.0), dt)
                if now < SPIKE_MV <= new:
                    spikes[t] = 1
                now = new
            v[t, sample] = now
        resting[t] = h < H_REST / 2.0
    state[0], state[1], state[2], state[3] = now, m - M_REST, h - H_REST, n - N_REST


WALKS: dict[type[Constants], Walk] = {If: walk_if, Lif: walk_lif, Srm: walk_srm, Hh: walk_hh}


class Course(NamedTuple):
    """What one neuron did: ``v`` (T, SAMPLES) mV, ``spikes`` and ``resting`` (T,) uint8."""

    v: np.ndarray
    spikes: np.ndarray
    resting: np.ndarray


def walk(drive: np.ndarray, dt_ms: float, constants: Constants, state: np.ndarray) -> Course:
    """Lead a neuron through ``drive`` (T,) float64, see above; ``state`` is carried on."""
    steps = len(drive)
    course = Course(
        np.zeros((steps, SAMPLES)), np.zeros(steps, np.uint8), np.zeros(steps, np.uint8)
    )
    WALKS[type(constants)](drive, dt_ms, constants, state, *course)
    return course


def at_rest() -> np.ndarray:
    """The state of a neuron of any kind at rest."""
    return np.zeros(STATES)
