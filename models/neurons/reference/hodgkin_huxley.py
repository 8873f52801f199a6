"""The Hodgkin-Huxley neuron with the squid axon's parameters of 1952, at 6.3 C.

    C dv/dt = I + g_L (E_L - v) + g_Na m^3 h (E_Na - v) + g_K n^4 (E_K - v)
    dx/dt = a_x(v) (1 - x) - b_x(v) x                      for the gates x = m, h, n

Potentials in mV above rest (depolarisation positive, the sign opposite to the paper's), currents
in uA/cm2, conductances in mS/cm2, capacitance in uF/cm2, times in ms. Rates in 1/ms:

    a_m = 0.1 (25 - v) / (exp((25 - v) / 10) - 1)          b_m = 4 exp(-v / 18)
    a_h = 0.07 exp(-v / 20)                                b_h = 1 / (exp((30 - v) / 10) + 1)
    a_n = 0.01 (10 - v) / (exp((10 - v) / 10) - 1)         b_n = 0.125 exp(-v / 80)

A step is exponential Euler: each equation is linear in its own variable, and solved exactly with
the others held. The error is of first order: at 10 uA/cm2 the neuron fires 0.5 % too slowly with
steps of 0.01 ms and 5 % with 0.1 ms; with steps of 1 ms its rhythm dies after two spikes. Source:
Hodgkin and Huxley, J. Physiol. 117, 1952, table 3 and equation 26.

The membrane is no threshold element, so there is no surrogate gradient here: a spike is reported
in the step in which the membrane passes ``spike_mv`` upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.neurons.sequence import require_finite, require_positive, run_sequence

LONGEST_STEP_MS = 0.1


@dataclass(frozen=True, slots=True)
class HodgkinHuxleyParameters:
    """Units as above, ``g`` conductances, ``e`` reversal potentials.

    ``spike_mv`` is ours: about half the height of an action potential.

    Raises:
        ValueError: a capacitance, conductance or the spike's level is not positive, or a reversal
            potential not finite.
    """

    capacitance_uf: float = 1.0
    g_leak: float = 0.3
    g_sodium: float = 120.0
    g_potassium: float = 36.0
    e_leak_mv: float = 10.613
    e_sodium_mv: float = 115.0
    e_potassium_mv: float = -12.0
    spike_mv: float = 50.0

    def __post_init__(self) -> None:
        require_positive(
            capacitance_uf=self.capacitance_uf,
            g_leak=self.g_leak,
            g_sodium=self.g_sodium,
            g_potassium=self.g_potassium,
            spike_mv=self.spike_mv,
        )
        require_finite(
            e_leak_mv=self.e_leak_mv,
            e_sodium_mv=self.e_sodium_mv,
            e_potassium_mv=self.e_potassium_mv,
        )


class Rates(NamedTuple):
    """Opening and closing rates in 1/ms of one kind of gate, both (B, ...)."""

    opening: torch.Tensor
    closing: torch.Tensor


class HodgkinHuxleyState(NamedTuple):
    """Membrane in mV above rest and the open shares of the gates, all (B, ...)."""

    v: torch.Tensor
    m: torch.Tensor
    h: torch.Tensor
    n: torch.Tensor

    @classmethod
    def at_rest(cls, like: torch.Tensor, parameters: HodgkinHuxleyParameters) -> HodgkinHuxleyState:
        """The membrane at 0 mV and every gate where it settles at 0 mV."""
        v = torch.zeros_like(like)
        m, h, n = (rate.opening / (rate.opening + rate.closing) for rate in gate_rates(v))
        return cls(v, m, h, n)


def _exprel(x: torch.Tensor) -> torch.Tensor:
    """(exp(x) - 1) / x, also at 0, where the rates of m and n would be 0 / 0."""
    x = torch.where(x == 0, torch.finfo(x.dtype).tiny, x)
    return torch.expm1(x) / x


def gate_rates(v: torch.Tensor) -> tuple[Rates, Rates, Rates]:
    """The rates of m, h and n at membranes ``v`` in mV above rest."""
    return (
        Rates(1.0 / _exprel((25.0 - v) / 10.0), 4.0 * torch.exp(-v / 18.0)),
        Rates(0.07 * torch.exp(-v / 20.0), 1.0 / (torch.exp((30.0 - v) / 10.0) + 1.0)),
        Rates(0.1 / _exprel((10.0 - v) / 10.0), 0.125 * torch.exp(-v / 80.0)),
    )


def _gate_step(gate: torch.Tensor, rates: Rates, dt_ms: float) -> torch.Tensor:
    total = rates.opening + rates.closing
    settled = rates.opening / total
    return settled + (gate - settled) * torch.exp(-dt_ms * total)


def hodgkin_huxley_step(
    current: torch.Tensor,
    state: HodgkinHuxleyState,
    parameters: HodgkinHuxleyParameters,
    dt_ms: float,
) -> tuple[torch.Tensor, HodgkinHuxleyState]:
    """One step of ``dt_ms``: current density (B, ...) in uA/cm2 -> spikes 0 or 1, state after."""
    p, (v, m, h, n) = parameters, state
    sodium = p.g_sodium * m**3 * h
    potassium = p.g_potassium * n**4
    total = p.g_leak + sodium + potassium
    driven = (
        p.g_leak * p.e_leak_mv + sodium * p.e_sodium_mv + potassium * p.e_potassium_mv + current
    )
    settled = driven / total
    v_new = settled + (v - settled) * torch.exp(-dt_ms * total / p.capacitance_uf)
    gates = (_gate_step(x, r, dt_ms) for x, r in zip((m, h, n), gate_rates(v), strict=True))
    spikes = ((v < p.spike_mv) & (v_new >= p.spike_mv)).to(v)
    return spikes, HodgkinHuxleyState(v_new, *gates)


class HodgkinHuxley(nn.Module):
    """A layer of Hodgkin-Huxley neurons; current densities (T, B, ...) in uA/cm2."""

    def __init__(self, constants: HodgkinHuxleyParameters | None = None) -> None:
        super().__init__()
        self.constants = constants or HodgkinHuxleyParameters()

    def forward(
        self, current: torch.Tensor, state: HodgkinHuxleyState | None, dt_ms: float
    ) -> tuple[torch.Tensor, HodgkinHuxleyState]:
        """Currents (T, B, ...) and the state before, if any -> spikes (T, B, ...), state after.

        Raises:
            ValueError: the step is longer than ``LONGEST_STEP_MS``.
        """
        if dt_ms > LONGEST_STEP_MS:
            raise ValueError(f"expected dt_ms of at most {LONGEST_STEP_MS}, got {dt_ms}")
        return run_sequence(
            hodgkin_huxley_step,
            HodgkinHuxleyState.at_rest,
            current,
            state,
            self.constants,
            dt_ms,
        )
