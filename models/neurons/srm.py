"""The spike response model of SLAYER: a potential made of kernels, one for each spike.

    u(t) = (eps * x)(t) + (nu * s)(t),   s(t) = 1 if u(t) >= theta else 0
    eps(t) = (t / tau_s) exp(1 - t / tau_s)                         for t >= 0, peak 1 at tau_s
    nu(t)  = -scale theta (t / tau_ref) exp(1 - t / tau_ref)        the neuron's own spikes

``x`` are the weighted input spikes; SLAYER weighs after the kernel, which is the same since both
are linear. The potential has no unit of its own. Source: Shrestha and Orchard, NeurIPS 2018, and
its code, which cuts the kernels where they fall under 0.01; here that is done where they fall under
rounding.

Sampled every ``dt`` the alpha kernel is c n a^n with a = exp(-dt / tau), c = e dt / tau, and so
a filter of second order, which two numbers carry on exactly:

    p[t] = a p[t-1] + x[t]                  sum of a^n x[t-n]
    q[t] = a (q[t-1] + p[t-1])              sum of n a^n x[t-n],   (kernel * x)[t] = c q[t]

``srm_step`` streams in this way; ``srm_sequence`` convolves a whole recording from rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.neurons.sequence import require_positive, run_sequence
from models.neurons.surrogate import SpikeCount

# In time constants; there t exp(1 - t) is 3e-18, less than double precision tells from 0 beside 1.
KERNEL_REACH = 45


@dataclass(frozen=True, slots=True)
class SrmParameters:
    """Times in ms, the threshold in units of the potential; ``refractory_scale`` in thresholds.

    The defaults are those of SLAYER's NMNIST example.

    Raises:
        ValueError: one of them is not positive.
    """

    threshold: float = 10.0
    tau_s_ms: float = 10.0
    tau_ref_ms: float = 1.0
    refractory_scale: float = 2.0

    def __post_init__(self) -> None:
        require_positive(
            threshold=self.threshold,
            tau_s_ms=self.tau_s_ms,
            tau_ref_ms=self.tau_ref_ms,
            refractory_scale=self.refractory_scale,
        )


class AlphaState(NamedTuple):
    """The two sums of an alpha filter, see above, both (B, ...)."""

    p: torch.Tensor
    q: torch.Tensor


class SrmState(NamedTuple):
    """The filters of the input and of the neuron's own spikes."""

    synapse: AlphaState
    refractory: AlphaState

    @classmethod
    def at_rest(cls, like: torch.Tensor, parameters: SrmParameters) -> SrmState:
        zero = AlphaState(torch.zeros_like(like), torch.zeros_like(like))
        return cls(zero, zero)


def alpha_kernel(tau_ms: float, dt_ms: float, steps: int) -> torch.Tensor:
    """The alpha function at 0, dt, 2 dt, ...: at most (steps,), double precision, peak 1."""
    length = min(steps, math.ceil(KERNEL_REACH * tau_ms / dt_ms) + 1)
    t = torch.arange(length, dtype=torch.float64) * (dt_ms / tau_ms)
    return t * torch.exp(1.0 - t)


def causal_convolution(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """Sequence (T, ...) and kernel (K,) -> their convolution at the same T moments."""
    rows = functional.pad(x.flatten(1).T[:, None], (len(kernel) - 1, 0))
    return functional.conv1d(rows, kernel.flip(0).to(x)[None, None])[:, 0].T.reshape(x.shape)


def _advance(state: AlphaState, tau_ms: float, dt_ms: float) -> AlphaState:
    """The filter one step later, before that step's own input is added to p."""
    decay = math.exp(-dt_ms / tau_ms)
    return AlphaState(state.p * decay, (state.q + state.p) * decay)


def srm_potential(state: SrmState, parameters: SrmParameters, dt_ms: float) -> torch.Tensor:
    """The potential (B, ...) of the step that ended in ``state``."""
    p = parameters
    synapse = state.synapse.q * (math.e * dt_ms / p.tau_s_ms)
    refractory = state.refractory.q * (math.e * dt_ms / p.tau_ref_ms)
    return synapse - p.refractory_scale * p.threshold * refractory


def srm_step(
    weighted: torch.Tensor, state: SrmState, parameters: SrmParameters, dt_ms: float
) -> tuple[torch.Tensor, SrmState]:
    """One step of ``dt_ms``: weighted input spikes (B, ...) -> spikes 0 or 1, state after.

    Both kernels are 0 at time 0, so inputs and spikes show in the potential from the next step on.
    As in SLAYER the refractory response is not differentiated.
    """
    p = parameters
    synapse = _advance(state.synapse, p.tau_s_ms, dt_ms)
    refractory = _advance(state.refractory, p.tau_ref_ms, dt_ms)
    u = srm_potential(SrmState(synapse, refractory), p, dt_ms)
    spikes = SpikeCount.apply(u / p.threshold, 1)
    return spikes, SrmState(
        synapse._replace(p=synapse.p + weighted),
        refractory._replace(p=refractory.p + spikes.detach()),
    )


def srm_sequence(weighted: torch.Tensor, parameters: SrmParameters, dt_ms: float) -> torch.Tensor:
    """A whole recording from rest: weighted input spikes (T, B, ...) -> spikes (T, B, ...).

    Equal to ``srm_step`` but for rounding; the synapses' part runs over all times at once, and only
    the refractory response, which needs the spikes before it, is walked through.
    """
    p = parameters
    kernel = alpha_kernel(p.tau_s_ms, dt_ms, len(weighted))
    synapses = causal_convolution(weighted, kernel)
    nu = -p.refractory_scale * p.threshold * alpha_kernel(p.tau_ref_ms, dt_ms, len(weighted))
    nu = nu.to(weighted).view(-1, *[1] * weighted[0].dim())
    past = torch.zeros_like(weighted)
    spikes = []
    for t, synapse in enumerate(synapses):
        s = SpikeCount.apply((synapse + past[t]) / p.threshold, 1)
        reached = past[t : t + len(nu)]
        reached += nu[: len(reached)] * s.detach()
        spikes.append(s)
    return torch.stack(spikes)


class Srm(nn.Module):
    """A layer of SRM neurons that streams; weighted input spikes (T, B, ...)."""

    def __init__(self, constants: SrmParameters | None = None) -> None:
        super().__init__()
        self.constants = constants or SrmParameters()

    def forward(
        self, weighted: torch.Tensor, state: SrmState | None, dt_ms: float
    ) -> tuple[torch.Tensor, SrmState]:
        """Inputs (T, B, ...) and the state before, if any -> spikes (T, B, ...), state after."""
        return run_sequence(srm_step, SrmState.at_rest, weighted, state, self.constants, dt_ms)
