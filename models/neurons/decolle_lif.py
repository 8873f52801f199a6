"""DECOLLE's neurons: traces of synapses and of spikes, and the slope of a spike.

    Q[t] = beta Q[t-1] + (1 - beta) S_in[t]
    P[t] = alpha P[t-1] + (1 - alpha) Q[t-1]
    R[t] = gamma R[t-1] + (1 - gamma) S[t-1]
    S[t] = 1 if charge[t] >= R[t] else 0        charge: what the weights make of P, with the bias

Source: Kaiser, Mostafa and Neftci, Front. Neurosci. 14:424, 2020; see ``models.networks.decolle``.
"""

from __future__ import annotations

from typing import NamedTuple

import torch

# Added to what traces follow: in silence they would end in denormal numbers, with which some
# processors calculate a hundred times more slowly.
TINY = 1e-20


class Rates(NamedTuple):
    """The part of the way to its input that each trace goes in a step, and the mean read-out."""

    q: float
    p: float
    r: float
    readout: float


class LayerState(NamedTuple):
    """Traces (B, ...) of one layer as its last step left them, R already that of the next step.

    In ``forward`` Q and P are those of the inputs, since a weight's own trace is what it learns by.
    In ``stream`` they are those of the convolved inputs and without a batch axis; convolution and
    filter may change places while weights stand still. So states of one do not fit the other.
    """

    q: torch.Tensor
    p: torch.Tensor
    r: torch.Tensor


def synapse_traces(
    x: torch.Tensor, q: torch.Tensor, p: torch.Tensor, rates: Rates
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs (T, ...) and traces before -> P of every step (T, ...), then Q and P after."""
    traces, q = torch.empty_like(x), q.clone()
    for x_t, p_t in zip(x, traces, strict=True):
        p = torch.lerp(p, q, rates.p, out=p_t)
        q.lerp_(x_t, rates.q)
    return traces, q, p.clone()


def refractory_traces(
    charge: torch.Tensor, r: torch.Tensor, rate: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """U without R (T, ...) and R of the first step -> R of every step (T, ...), and of the next."""
    traces = torch.cat([r[None], torch.empty_like(charge)])
    fired = torch.empty_like(r)
    for charge_t, r_t, r_next in zip(charge, traces[:-1], traces[1:], strict=True):
        torch.ge(charge_t, r_t, out=fired)
        torch.lerp(r_t, fired, rate, out=r_next).clamp_min_(TINY)
    return traces[:-1], traces[-1].clone()


def spike(u: torch.Tensor) -> torch.Tensor:
    """1 where ``u`` reaches the threshold, else 0; the gradient is 1 within 1/2 of it, else 0."""
    near = u.clamp(-0.5, 0.5)
    return (u >= 0).to(u.dtype) + (near - near.detach())
