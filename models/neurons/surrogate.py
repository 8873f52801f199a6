"""Spiking through time with a surrogate gradient, for leaky integrate-and-fire layers.

Forward, for every step t (threshold 1, reset by subtraction, at most ``most`` spikes a step):

    u[t] = a v[t-1] + x[t]          s[t] = clip(floor(u[t]), 0, most)          v[t] = u[t] - s[t]

A step longer than one tick may hold several spikes of the same neuron, so a network trained in
coarse steps keeps its firing rates when it later runs in fine ones. Backward, ds/du is taken as
1 between 1/2 and ``most`` + 1/2 and falls off outside as 1 / (1 + k d)^2 with the distance d
(Zenke and Ganguli's SuperSpike, Neural Computation 30, 2018). The reset is not differentiated.
"""

from __future__ import annotations

from typing import Any

import torch

STEEPNESS = 4.0


def spike_count(u: torch.Tensor, most: int) -> torch.Tensor:
    """Spikes of membranes ``u`` in units of the threshold, 0..most."""
    return u.floor().clamp_(0, most)


def spike_slope(u: torch.Tensor, most: int) -> torch.Tensor:
    """The surrogate of ds/du, same shape as ``u``."""
    middle, reach = (most + 1) / 2, most / 2
    outside = (u - middle).abs_().sub_(reach).clamp_min_(0.0)
    return outside.mul_(STEEPNESS).add_(1.0).square_().reciprocal_()


class SpikeCount(torch.autograd.Function):
    """``apply(u, most)``: ``spike_count``, with ``spike_slope`` as its gradient."""

    @staticmethod
    def forward(ctx: Any, u: torch.Tensor, most: int) -> torch.Tensor:
        ctx.save_for_backward(u)
        ctx.most = most
        return spike_count(u, most)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return spike_slope(ctx.saved_tensors[0], ctx.most).mul_(grads[0]), None


class LifScan(torch.autograd.Function):
    """``apply(x, decay, v0, most)`` with x (T, B, ...) and decay broadcast against x[0].

    Returns spikes (T, B, ...) and the last membrane (B, ...). ``v0`` gets no gradient.
    """

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        u, s, v = torch.empty_like(x), torch.empty_like(x), v0.clone()
        decay_full = decay.expand_as(v).contiguous()
        for x_t, u_t, s_t in zip(x, u, s, strict=True):
            torch.mul(v, decay_full, out=u_t)
            u_t += x_t
            torch.floor(u_t, out=s_t).clamp_(0, most)
            torch.sub(u_t, s_t, out=v)
        ctx.save_for_backward(u, s, decay, v0)
        ctx.most = most
        ctx.mark_non_differentiable(v)
        return s, v

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        u, s, decay, v0 = ctx.saved_tensors
        gx = spike_slope(u, ctx.most).mul_(grads[0])
        carried = torch.zeros_like(v0)
        decay_full = decay.expand_as(v0).contiguous()
        for gx_t in reversed(gx.unbind()):
            gx_t += carried
            torch.mul(gx_t, decay_full, out=carried)
        v = u.sub_(s)
        gdecay = (gx[0] * v0).sum_to_size(decay.shape)
        gdecay = gdecay + (gx[1:] * v[:-1]).sum(0).sum_to_size(decay.shape)
        return gx, gdecay, None, None
