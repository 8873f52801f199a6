"""The current-based LIF neuron: synapses with a decaying current in front of the membrane.

    tau_syn di/dt = -i,   i += x at an input spike of weight x
    tau_mem dv/dt = -v + R i
    v >= theta:  spike, v = 0; the synaptic current goes on

Inputs arrive at the beginning of a step. Both equations are linear, so a step is exact:

    i' = i[t-1] + x[t]
    u[t] = b v[t-1] + R k i',   b = exp(-dt / tau_mem)
    i[t] = a i',                a = exp(-dt / tau_syn)
    k = (a - b) tau_syn / (tau_syn - tau_mem),   in the limit of equal constants (dt / tau) b

Below threshold the membrane therefore does not depend on the length of the step. The neuron of
Loihi and lava-dl ("CUBA") is the same with k = 1 in units of its own; the exact step is that of
Rotter and Diesmann, Biol. Cybern. 81, 1999.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.neurons.sequence import require_positive, run_sequence
from models.neurons.surrogate import SpikeCount


@dataclass(frozen=True, slots=True)
class CubaLifParameters:
    """Time constants in ms, resistance in MOhm, threshold in mV above rest.

    Raises:
        ValueError: one of them is not positive.
    """

    tau_syn_ms: float = 5.0
    tau_mem_ms: float = 20.0
    resistance_mohm: float = 10.0
    threshold_mv: float = 15.0

    def __post_init__(self) -> None:
        require_positive(
            tau_syn_ms=self.tau_syn_ms,
            tau_mem_ms=self.tau_mem_ms,
            resistance_mohm=self.resistance_mohm,
            threshold_mv=self.threshold_mv,
        )


class CubaLifState(NamedTuple):
    """Membrane in mV above rest and synaptic current in nA, both (B, ...)."""

    v: torch.Tensor
    i: torch.Tensor

    @classmethod
    def at_rest(cls, like: torch.Tensor, parameters: CubaLifParameters) -> CubaLifState:
        return cls(torch.zeros_like(like), torch.zeros_like(like))


def _current_to_membrane(parameters: CubaLifParameters, dt_ms: float) -> float:
    """The factor k, written so that nearly equal time constants cost no digits."""
    rise = dt_ms / parameters.tau_mem_ms
    apart = rise - dt_ms / parameters.tau_syn_ms
    return rise * math.exp(-rise) * (math.expm1(apart) / apart if apart else 1.0)


def cuba_lif_step(
    jump: torch.Tensor, state: CubaLifState, parameters: CubaLifParameters, dt_ms: float
) -> tuple[torch.Tensor, CubaLifState]:
    """One step of ``dt_ms``: summed weights of the input spikes (B, ...) in nA -> spikes 0 or 1,
    state after."""
    p = parameters
    i = state.i + jump
    gain = p.resistance_mohm * _current_to_membrane(p, dt_ms)
    u = state.v * math.exp(-dt_ms / p.tau_mem_ms) + gain * i
    spikes = SpikeCount.apply(u / p.threshold_mv, 1)
    v = torch.where(spikes > 0, 0.0, u)
    return spikes, CubaLifState(v, i * math.exp(-dt_ms / p.tau_syn_ms))


class CubaLif(nn.Module):
    """A layer of current-based LIF neurons; weighted input spikes (T, B, ...) in nA."""

    def __init__(self, constants: CubaLifParameters | None = None) -> None:
        super().__init__()
        self.constants = constants or CubaLifParameters()

    def forward(
        self, jumps: torch.Tensor, state: CubaLifState | None, dt_ms: float
    ) -> tuple[torch.Tensor, CubaLifState]:
        """Jumps (T, B, ...) and the state before, if any -> spikes (T, B, ...), state after."""
        return run_sequence(
            cuba_lif_step, CubaLifState.at_rest, jumps, state, self.constants, dt_ms
        )
