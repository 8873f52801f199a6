"""Synapses of the default network: exact, normalised while training, fast for single ticks."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

# Weights are whole multiples of this, so every sum of spikes times weights is exact in float32 and
# cannot depend on the order of summation: chunks of ticks give what single ticks give, bit by bit.
WEIGHT_STEP = 2.0**-10


def charge_of(op: nn.Conv2d | nn.Linear, weight: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """What synapses deliver; a single tick has ways of its own, which take half the time.

    ``weight`` lies as a single tick reads it fastest: channels last, or (inputs, outputs), of which
    a dense layer then adds up the few inputs that have a spike.
    """
    if len(x) > 1:
        charge: torch.Tensor = op(x)
        return charge
    if isinstance(op, nn.Conv2d):
        x = x.contiguous(memory_format=torch.channels_last)
        return functional.conv2d(x, weight, None, op.stride, op.padding).contiguous()
    return weight[x[0].nonzero().squeeze(1)].sum(0, keepdim=True)


class Projection(nn.Module):
    """Synapses of one layer: ``charge = norm(gain * op(x)) + drive * dt``.

    Batch normalisation is there while training only; ``fold`` turns it into weights and
    ``drive``, a constant charge per millisecond and channel, which is trained from then on.
    """

    def __init__(self, op: nn.Conv2d | nn.Linear, channels: int) -> None:
        super().__init__()
        self.op = op
        norm = nn.BatchNorm2d if isinstance(op, nn.Conv2d) else nn.BatchNorm1d
        self.norm: nn.BatchNorm2d | nn.BatchNorm1d | None = norm(channels)
        nn.init.constant_(self.norm.weight, 0.4)
        self.drive = nn.Parameter(torch.zeros(channels))

    def forward(self, x: torch.Tensor, gain: torch.Tensor | None, dt_ms: float) -> torch.Tensor:
        """Input (N, ...) and gain (N,) or none -> charge (N, C, ...)."""
        if x.dim() == 4:
            # Convolution and normalisation take a third of the time like this.
            x = x.contiguous(memory_format=torch.channels_last)
        charge: torch.Tensor = self.op(x).to(x.dtype)  # mixed precision ends at the synapses
        if gain is not None:
            charge = charge * gain.view(-1, *(1,) * (charge.dim() - 1))
        if self.norm is not None:
            normalised: torch.Tensor = self.norm(charge)
            return normalised
        return charge + (self.drive * dt_ms).view(-1, *(1,) * (charge.dim() - 2))

    @torch.no_grad()
    def fold(self, dt_ms: float) -> None:
        """Turn the normalisation of steps of ``dt_ms`` into weights and a drive."""
        norm = self.norm
        if norm is None:
            return
        assert norm.running_var is not None
        assert norm.running_mean is not None
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        self.op.weight.mul_(scale.view(-1, *(1,) * (self.op.weight.dim() - 1)))
        self.drive.copy_((norm.bias - norm.running_mean * scale) / dt_ms)
        self.norm = None

    @torch.no_grad()
    def quantise(self) -> None:
        """Round the weights to multiples of ``WEIGHT_STEP``."""
        self.op.weight.copy_(torch.round(self.op.weight / WEIGHT_STEP) * WEIGHT_STEP)
