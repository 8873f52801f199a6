"""The integrate-and-fire neuron: a capacitor that is discharged by one threshold at each spike.

    C dv/dt = I                                              below the threshold
    u[t] = v[t-1] + I[t] dt / C
    s[t] = 1 if u[t] >= theta else 0
    v[t] = u[t] - theta s[t]

The current is constant within a step, so the sum is exact and not an approximation. Lapicque's
neuron (J. Physiol. Pathol. Gen. 9, 1907) without its leak. The reset subtracts the threshold
instead of going to rest, because then no charge is lost: as long as a step brings at most one
threshold of it, the neuron has fired exactly floor(charge / (C theta)) times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.neurons.sequence import require_positive, run_sequence
from models.neurons.surrogate import SpikeCount


@dataclass(frozen=True, slots=True)
class IfParameters:
    """Capacitance in nF and threshold in mV above rest; by default 1 nA over 1 ms is one threshold.

    Raises:
        ValueError: one of them is not positive.
    """

    capacitance_nf: float = 1.0
    threshold_mv: float = 1.0

    def __post_init__(self) -> None:
        require_positive(capacitance_nf=self.capacitance_nf, threshold_mv=self.threshold_mv)


class IfState(NamedTuple):
    """Membrane (B, ...) in mV above rest."""

    v: torch.Tensor

    @classmethod
    def at_rest(cls, like: torch.Tensor, parameters: IfParameters) -> IfState:
        return cls(torch.zeros_like(like))


def if_step(
    current: torch.Tensor, state: IfState, parameters: IfParameters, dt_ms: float
) -> tuple[torch.Tensor, IfState]:
    """One step of ``dt_ms``: current (B, ...) in nA -> spikes 0 or 1, membranes after.

    At most one spike fits a step; charge beyond it waits for the next one.
    """
    u = state.v + current * (dt_ms / parameters.capacitance_nf)
    spikes = SpikeCount.apply(u / parameters.threshold_mv, 1)
    return spikes, IfState(u - parameters.threshold_mv * spikes.detach())


class If(nn.Module):
    """A layer of integrate-and-fire neurons; currents (T, B, ...) in nA."""

    def __init__(self, constants: IfParameters | None = None) -> None:
        super().__init__()
        self.constants = constants or IfParameters()

    def forward(
        self, current: torch.Tensor, state: IfState | None, dt_ms: float
    ) -> tuple[torch.Tensor, IfState]:
        """Currents (T, B, ...) and the state before, if any -> spikes (T, B, ...), state after."""
        return run_sequence(if_step, IfState.at_rest, current, state, self.constants, dt_ms)
