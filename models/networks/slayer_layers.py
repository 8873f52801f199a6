"""What SLAYER's network is made of: pools, synapses with delays, neurons, their first scale."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional

from models.networks.fan_out import conv_fan_out
from models.neurons.slayer_gradient import Filters, FilterState, SlayerScan, srm_run

# Which part of the driven potentials is over the threshold when weights are scaled at first, and
# how many of a layer's potentials are looked at.
OVER_THRESHOLD = 0.1
SCALE_SAMPLES = 2_000_000


class SumPool(nn.Module):
    """The sum over squares of ``size`` x ``size``, times ``weight``, which is not learnt."""

    def __init__(self, size: int, weight: float) -> None:
        super().__init__()
        self.size = size
        self.weight = weight

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Input (N, C, H, W) -> charge (N, C, H / size, W / size)."""
        return functional.avg_pool2d(x, self.size, divisor_override=1) * self.weight


class Synapses(nn.Module):
    """The synapses of one layer, and the delays in ms of the axons they are at, if those learn."""

    def __init__(self, op: SumPool | nn.Conv2d | nn.Linear, delay_ms: torch.Tensor | None) -> None:
        super().__init__()
        self.op = op
        self.delay_ms = None if delay_ms is None else nn.Parameter(delay_ms)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Spikes (T, B, ...) -> charges (T, B, ...), all before their delays."""
        x = x.flatten(2) if isinstance(self.op, nn.Linear) else x
        charge: torch.Tensor = self.op(x.flatten(0, 1)).to(x.dtype)  # mixed precision ends here
        return charge.unflatten(0, x.shape[:2])


def run_neurons(
    charge: torch.Tensor, before: FilterState, filters: Filters
) -> tuple[torch.Tensor, FilterState]:
    """Charges (T, B, ...) and the state before -> spikes (T, B, ...), state after."""
    if torch.is_grad_enabled():
        spikes, *after = SlayerScan.apply(charge, *before, filters)
        return spikes, FilterState(*after)
    spikes, _, state = srm_run(charge, before, filters)
    return spikes, state


def scale_factors(u: torch.Tensor, threshold: float) -> torch.Tensor:
    """Potentials (T, B, C, ...) -> factors (C,) of the weights.

    A channel that is mostly inhibited changes its sign; then the part ``OVER_THRESHOLD`` of its
    potentials above 0 comes to lie over the threshold, or about that where it is seldom driven.
    """
    each = u.transpose(0, 2).flatten(1)
    each = each[:, :: each.numel() // SCALE_SAMPLES + 1]
    sign = torch.where(each.mean(1) < 0, -1.0, 1.0)
    driven = each * sign[:, None]
    level = driven.masked_fill(driven <= 0, torch.nan).nanquantile(1 - OVER_THRESHOLD, 1)
    typical = float(level.nanmedian())
    if math.isnan(typical):
        raise ValueError("expected counts whose spikes reach every layer within their time")
    return sign * threshold / level.nan_to_num(typical).clamp(typical / 4, typical * 4)


@torch.no_grad()
def synapses_reached(op: SumPool | nn.Conv2d | nn.Linear, shape: torch.Size) -> torch.Tensor:
    """The number of nonzero synapses that each input (C, H, W) or (N,), flattened, reaches."""
    if isinstance(op, SumPool):
        return torch.ones(shape.numel())
    if isinstance(op, nn.Linear):
        return torch.count_nonzero(op.weight, 0).to(torch.float32)
    return conv_fan_out((op.weight != 0).to(torch.float32), shape, 1, op.kernel_size[0] // 2)
