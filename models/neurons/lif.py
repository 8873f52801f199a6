"""The leaky integrate-and-fire neuron in its discrete, charge-driven form.

    u[t] = a v[t-1] + q[t],   a = exp(-dt / tau)
    s[t] = 1 if u[t] >= 1 else 0
    v[t] = u[t] - s[t]

``q`` is the charge that synapses deliver during the step, in units of the threshold; ``tau`` is
the membrane time constant. Reset is by subtraction, so the firing rate of a neuron that is driven
by a steady charge does not depend on the length of the step (Gerstner and Kistler, Spiking Neuron
Models, 2002, section 4.1, with the reset of Rueckauer et al., Front. Neurosci. 11, 2017).
"""

from __future__ import annotations

import math

import torch
from torch import nn

from models.neurons.surrogate import LifScan, spike_count


def lif_step(
    charge: torch.Tensor, v: torch.Tensor, decay: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step: charge and membrane of equal shape -> (spikes 0 or 1, new membrane)."""
    # Two operations, not a fused one: results must not depend on how ticks are grouped.
    u = v * decay
    u += charge
    s = spike_count(u, 1)
    return s, u.sub_(s)


def lif_run(
    charge: torch.Tensor, v: torch.Tensor, decay: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """``lif_step`` over charges (T, ...), without gradients: spikes (T, ...), membrane after."""
    spikes, v = torch.empty_like(charge), v.clone()
    for step, fired in zip(charge.unbind(), spikes.unbind(), strict=True):
        v *= decay
        v += step
        torch.ge(v, 1.0, out=fired)
        v -= fired
    return spikes, v


class Lif(nn.Module):
    """A layer of LIF neurons whose channels have time constants of their own, learnt.

    Args:
        channels: number of channels C.
        tau_ms: shortest and longest time constant; channels start log-spaced between them.
        dimensions: spatial dimensions behind the channel axis (2 for maps, 0 for dense layers).
    """

    log_tau: torch.Tensor

    def __init__(self, channels: int, tau_ms: tuple[float, float], dimensions: int = 0) -> None:
        super().__init__()
        low, high = math.log(tau_ms[0]), math.log(tau_ms[1])
        self.log_tau = nn.Parameter(torch.linspace(low, high, channels))
        self._shape = (channels,) + (1,) * dimensions

    def decay(self, dt_ms: float) -> torch.Tensor:
        """The factor a of one step, shaped (C, 1, ...); rounded once, so that whoever computes it
        in double precision has the same."""
        tau_ms = torch.exp(self.log_tau.double().clamp(0.0, 6.5))
        return torch.exp(-dt_ms / tau_ms).to(self.log_tau.dtype).view(self._shape)

    def forward(
        self, charge: torch.Tensor, v: torch.Tensor | None, dt_ms: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Charges (T, B, C, ...) and the membrane before (B, C, ...) -> spikes, membrane after.

        Up to ``dt_ms`` spikes fit a step when training in steps of several milliseconds.
        """
        v = torch.zeros_like(charge[0]) if v is None else v
        return LifScan.apply(charge, self.decay(dt_ms), v, max(1, round(dt_ms)))
