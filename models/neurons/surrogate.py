"""Spiking through time with a surrogate gradient, for leaky integrate-and-fire layers.

Forward, for every step t (threshold 1, reset by subtraction, at most ``most`` spikes a step):

    u[t] = a v[t-1] + x[t]          s[t] = clip(floor(u[t]), 0, most)          v[t] = u[t] - s[t]

A step longer than one tick may hold several spikes of the same neuron, so a network trained in
coarse steps keeps its firing rates when it later runs in fine ones. Backward, ds/du is taken as
1 between 1/2 and ``most`` + 1/2 and falls off outside as 1 / (1 + k d)^2 with the distance d
(Zenke and Ganguli's SuperSpike, Neural Computation 30, 2018). The reset is not differentiated.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch

from models.neurons.lif_kernel import scan, scan_back

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


Two = tuple[torch.Tensor, torch.Tensor]
Three = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def _scan(x: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int) -> Three:
    """Membranes and spikes (T, B, ...) and the last membrane."""
    u, s, v = torch.empty_like(x), torch.empty_like(x), v0.clone()
    decay_full = decay.expand_as(v).contiguous()
    for x_t, u_t, s_t in zip(x, u, s, strict=True):
        torch.mul(v, decay_full, out=u_t)
        u_t += x_t
        torch.floor(u_t, out=s_t).clamp_(0, most)
        torch.sub(u_t, s_t, out=v)
    return u, s, v


def _scan_back(
    u: torch.Tensor, s: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int,
    gs: torch.Tensor,
) -> Two:  # fmt: skip
    """Gradients of charges and of decays, from those of spikes."""
    gx = spike_slope(u, most).mul_(gs)
    carried = torch.zeros_like(v0)
    decay_full = decay.expand_as(v0).contiguous()
    for gx_t in reversed(gx.unbind()):
        gx_t += carried
        torch.mul(gx_t, decay_full, out=carried)
    v = u.sub_(s)
    gdecay = (gx[0] * v0).sum_to_size(decay.shape)
    return gx, gdecay + (gx[1:] * v[:-1]).sum(0).sum_to_size(decay.shape)


def _rows(x: torch.Tensor, channels: int) -> torch.Tensor:
    """x (T, B, C, ...) with channels last, (T, P, C): a view if it lies so in memory."""
    return x.movedim(2, -1).reshape(len(x), -1, channels).contiguous()


def _maps(rows: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    """``_rows`` undone, (T, B, C, ...)."""
    places = like.movedim(2, -1)
    return rows.reshape(places.shape).movedim(-1, 2)


@cache
def _begin_threads() -> None:
    """Have the compiled pass begin its threads, and leave torch as many as it had.

    Both may use OpenMP, and whoever begins last says how many threads everybody has. A sum over
    more threads is rounded otherwise, so a run would not be what it is when it goes on.
    """
    threads, one = torch.get_num_threads(), np.zeros((1, 1, 1), np.float32)
    scan(one, one[0, 0], one[0], np.float32(1.0), one.copy(), one.copy())
    torch.set_num_threads(threads)


def _scan_compiled(x: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int) -> Three:
    """``_scan`` in one pass; what it gives lies channels last."""
    _begin_threads()
    rows, v = _rows(x, len(decay)), _rows(v0[None], len(decay)).clone()
    u, s = torch.empty_like(rows), torch.empty_like(rows)
    charge, factor = rows.detach().numpy(), decay.detach().flatten().numpy()
    scan(charge, factor, v[0].numpy(), np.float32(most), u.numpy(), s.numpy())
    return _maps(u, x), _maps(s, x), _maps(v, v0[None])[0]


def _scan_back_compiled(
    u: torch.Tensor, s: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int,
    gs: torch.Tensor,
) -> Two:  # fmt: skip
    """``_scan_back`` in one pass."""
    channels = len(decay)
    g = _rows(gs, channels)
    g = g.clone() if g.data_ptr() == gs.data_ptr() else g
    before = _rows(v0[None], channels)[0]
    gdecay = torch.zeros_like(before)
    scan_back(
        _rows(u, channels).numpy(), _rows(s, channels).numpy(), decay.detach().flatten().numpy(),
        before.numpy(), np.float32(most), g.numpy(), gdecay.numpy(),
    )  # fmt: skip
    return _maps(g, gs), gdecay.sum(0).view_as(decay)


def _on_processor(x: torch.Tensor) -> bool:
    return x.device.type == "cpu" and x.dtype == torch.float32


class LifScan(torch.autograd.Function):
    """``apply(x, decay, v0, most)`` with x (T, B, C, ...) and decay (C, 1, ...).

    Returns spikes (T, B, C, ...) and the last membrane (B, C, ...). ``v0`` gets no gradient.
    Processors have a compiled pass for it, which takes a third of the time.
    """

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, decay: torch.Tensor, v0: torch.Tensor, most: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        run = _scan_compiled if _on_processor(x) else _scan
        u, s, v = run(x, decay, v0, most)
        ctx.save_for_backward(u, s, decay, v0)
        ctx.most = most
        ctx.mark_non_differentiable(v)
        return s, v

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        run = _scan_back_compiled if _on_processor(grads[0]) else _scan_back
        u, s, decay, v0 = ctx.saved_tensors
        gx, gdecay = run(u, s, decay, v0, ctx.most, grads[0])
        return gx, gdecay, None, None
