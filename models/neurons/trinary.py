"""Synapses of -1, 0 and 1 and neurons that fire or do not, with gradients to learn by: Eedn's.

Hidden weights h in [-1, 1] learn; the network computes with what they round to:

    w <- w if |h - w| <= 1/2 + margin else round(h)        w in {-1, 0, 1}
    s = 1 if r >= 0 else 0                                 r: what a neuron receives, normalised
    ds/dr := max(0, 1 - |r|)          dw/dh := 1

The margin is a hysteresis: a hidden weight that dithers about 1/2 does not flip its synapse at
every update. Hidden weights with hysteresis and the triangle in place of the threshold's derivative
follow Esser et al. (PNAS 113, 2016); the size of the margin is ours.
"""

from __future__ import annotations

from typing import Any

import torch

MARGIN = 0.1


def trinary(hidden: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """Hidden weights and the synapses they had (int8, same shape) -> synapses -1, 0, 1 (int8)."""
    moved = (hidden - before).abs() > 0.5 + MARGIN
    return torch.where(moved, hidden.clamp(-1.0, 1.0).round().to(before.dtype), before)


class StraightThrough(torch.autograd.Function):
    """``apply(hidden, weight)``: the synapses ``weight``, with their gradient given to hidden."""

    @staticmethod
    def forward(ctx: Any, hidden: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return weight.to(hidden.dtype)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return grads[0], None


class Fire(torch.autograd.Function):
    """``apply(r)``: 1 where r >= 0, else 0, with the triangle max(0, 1 - |r|) as derivative."""

    @staticmethod
    def forward(ctx: Any, r: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(r)
        return (r >= 0).to(r.dtype)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        (r,) = ctx.saved_tensors
        return r.abs().neg_().add_(1.0).clamp_min_(0.0).mul_(grads[0]), None
