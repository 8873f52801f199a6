"""The leaky integrate-and-fire neuron that rests after a spike, driven by a current.

    tau dv/dt = -(v - v_rest) + R I
    v >= theta:  spike, v = v_reset, and v stays there for the refractory time t_ref

This is the LIF of the survey: the membrane is reset by a spike and then has a period of rest.
Between spikes the equation is linear, so a step with a constant current is solved exactly:

    u = v + (v_rest + R I - v) (1 - exp(-d / tau)),   d = dt - (rest still left), not below 0

A rest that ends within a step leaves the remainder of that step to integrate, so the refractory
time need not be a multiple of the step. Only the spike itself waits for the end of its step:
under a constant current the interval between spikes is the closed form

    T = t_ref + tau ln(R I / (R I - (theta - v_rest)))      for v_reset = v_rest

rounded up to whole steps (Gerstner and Kistler, Spiking Neuron Models, 2002, section 4.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.neurons.sequence import require_finite, require_positive, run_sequence
from models.neurons.surrogate import SpikeCount


@dataclass(frozen=True, slots=True)
class LifRefractoryParameters:
    """Times in ms, potentials in mV, the membrane's resistance in MOhm.

    The defaults are round numbers of a cortical cell: it fires from 1.5 nA on.

    Raises:
        ValueError: a time constant or resistance is not positive, the refractory time is
            negative, or the reset does not lie below the threshold.
    """

    tau_ms: float = 20.0
    resistance_mohm: float = 10.0
    rest_mv: float = -65.0
    reset_mv: float = -65.0
    threshold_mv: float = -50.0
    refractory_ms: float = 2.0

    def __post_init__(self) -> None:
        require_positive(tau_ms=self.tau_ms, resistance_mohm=self.resistance_mohm)
        require_finite(
            rest_mv=self.rest_mv,
            reset_mv=self.reset_mv,
            threshold_mv=self.threshold_mv,
            refractory_ms=self.refractory_ms,
        )
        if self.refractory_ms < 0:
            raise ValueError(f"expected refractory_ms of at least 0, got {self.refractory_ms}")
        if self.reset_mv >= self.threshold_mv:
            raise ValueError(
                f"expected reset_mv below threshold_mv, got {self.reset_mv} and {self.threshold_mv}"
            )


class LifRefractoryState(NamedTuple):
    """Membrane in mV and what is left of the rest after the last spike in ms, both (B, ...)."""

    v: torch.Tensor
    resting_ms: torch.Tensor

    @classmethod
    def at_rest(cls, like: torch.Tensor, parameters: LifRefractoryParameters) -> LifRefractoryState:
        return cls(torch.full_like(like, parameters.rest_mv), torch.zeros_like(like))


def lif_refractory_step(
    current: torch.Tensor,
    state: LifRefractoryState,
    parameters: LifRefractoryParameters,
    dt_ms: float,
) -> tuple[torch.Tensor, LifRefractoryState]:
    """One step of ``dt_ms``: current (B, ...) in nA -> spikes 0 or 1, state after."""
    p = parameters
    awake_ms = (dt_ms - state.resting_ms).clamp_min(0.0)
    target = p.rest_mv + p.resistance_mohm * current
    # In this form a neuron that rests through the whole step keeps its membrane to the last bit.
    u = state.v - (target - state.v) * torch.expm1(-awake_ms / p.tau_ms)
    spikes = SpikeCount.apply((u - p.reset_mv) / (p.threshold_mv - p.reset_mv), 1)
    fired = spikes > 0
    v = torch.where(fired, p.reset_mv, u)
    resting_ms = torch.where(fired, p.refractory_ms, (state.resting_ms - dt_ms).clamp_min(0.0))
    return spikes, LifRefractoryState(v, resting_ms)


class LifRefractory(nn.Module):
    """A layer of LIF neurons with hard reset and refractory time; currents (T, B, ...) in nA."""

    def __init__(self, constants: LifRefractoryParameters | None = None) -> None:
        super().__init__()
        self.constants = constants or LifRefractoryParameters()

    def forward(
        self, current: torch.Tensor, state: LifRefractoryState | None, dt_ms: float
    ) -> tuple[torch.Tensor, LifRefractoryState]:
        """Currents (T, B, ...) and the state before, if any -> spikes (T, B, ...), state after."""
        return run_sequence(
            lif_refractory_step,
            LifRefractoryState.at_rest,
            current,
            state,
            self.constants,
            dt_ms,
        )
