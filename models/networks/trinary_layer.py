"""A layer of trinary synapses and threshold neurons, while it learns and when it is finished."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.neurons.trinary import Fire, StraightThrough, trinary

# At first about 30 % of neurons fire: a normal variable exceeds half its deviation that often.
FIRST_BIAS = -0.5
# Of hidden weights between 1/2 and 1, which round to a synapse.
MIDDLE = 0.75
# In standard deviations of what a neuron receives.
MOST_BIAS = 10.0


class LayerSizes(NamedTuple):
    """One convolution: channels before and behind, kernel, stride, padding, groups, side behind.

    Its channels are handed on interleaved, one of each of ``mixed`` groups in turn.
    """

    inputs: int
    channels: int
    kernel: int
    stride: int
    padding: int
    groups: int
    side: int
    mixed: int


class LayerPlan(NamedTuple):
    """Synapses (C', C / groups, K, K) as floats; thresholds less one half (C' / mixed, mixed)."""

    weight: torch.Tensor
    threshold: torch.Tensor


class TrinaryLayer(nn.Module):
    """A grouped convolution of trinary synapses and its threshold neurons.

    ``weight`` (int8) and ``threshold`` (int32, one per channel) are what a finished layer has;
    until then the threshold is unused, and ``hidden``, ``bias`` and ``norm`` stand behind them.
    """

    weight: torch.Tensor
    threshold: torch.Tensor

    def __init__(self, sizes: LayerSizes) -> None:
        super().__init__()
        self.sizes = sizes
        shape = (sizes.channels, sizes.inputs // sizes.groups, sizes.kernel, sizes.kernel)
        self.hidden: nn.Parameter | None = nn.Parameter(torch.empty(shape).uniform_(-1.0, 1.0))
        self.bias: nn.Parameter | None = nn.Parameter(torch.full((sizes.channels,), FIRST_BIAS))
        self.norm: nn.BatchNorm2d | None = nn.BatchNorm2d(sizes.channels, affine=False)
        self.register_buffer("weight", self.hidden.detach().round().to(torch.int8))
        self.register_buffer("threshold", torch.zeros(sizes.channels, dtype=torch.int32))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Spikes (N, C, H, W) -> spikes (N, C', H', W'), both 0 or 1."""
        if self.hidden is None or self.bias is None or self.norm is None:
            return self.fire(x, self.plan())
        with torch.no_grad():
            self.weight.copy_(trinary(self.hidden, self.weight))
        drive = self.norm(self.gather(x, StraightThrough.apply(self.hidden, self.weight)))
        spikes: torch.Tensor = Fire.apply(drive + self.bias.view(-1, 1, 1))
        return interleave(spikes, self.sizes.mixed).flatten(-2).permute(0, 3, 1, 2)

    def gather(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        """Spikes (N, C, H, W) -> their sums through synapses (N, C', H', W')."""
        s = self.sizes
        # Sums of at most 128 inputs are exact in bfloat16 too, so mixed precision may end here.
        return functional.conv2d(x, weight, None, s.stride, s.padding, 1, s.groups).to(x.dtype)

    def fire(self, x: torch.Tensor, plan: LayerPlan) -> torch.Tensor:
        """``forward`` of a finished layer."""
        total = interleave(self.gather(x, plan.weight), self.sizes.mixed)
        spikes = torch.empty(total.shape, dtype=total.dtype, device=total.device)
        torch.ge(total, plan.threshold, out=spikes)
        return spikes.flatten(-2).permute(0, 3, 1, 2)

    def plan(self) -> LayerPlan:
        """What ``fire`` needs."""
        weight = self.weight.to(torch.float32, memory_format=torch.channels_last)
        # Sums are whole, so a threshold half a step lower decides the same, whatever the order
        # and rounding of the summation.
        threshold = self.threshold.to(torch.float32) - 0.5
        return LayerPlan(weight, threshold.view(self.sizes.mixed, -1).T.contiguous())

    @torch.no_grad()
    def finish(self) -> None:
        """Let the hidden weights go; bias and normalisation become a threshold."""
        if self.hidden is None or self.bias is None or self.norm is None:
            return
        self.weight.copy_(trinary(self.hidden, self.weight))
        assert self.norm.running_var is not None
        assert self.norm.running_mean is not None
        deviation = torch.sqrt(self.norm.running_var + self.norm.eps)
        theta = torch.ceil(self.norm.running_mean - self.bias * deviation)
        # Beyond these a neuron always fires or never does.
        seen = self.weight[0].numel()
        self.threshold.copy_(theta.clamp(-seen, seen + 1))
        self.hidden = self.bias = self.norm = None

    def thaw(self) -> None:
        """Give a finished layer hidden weights again: the middle of what rounds to each synapse."""
        self.hidden = nn.Parameter(MIDDLE * self.weight.to(torch.float32))
        self.bias = nn.Parameter(torch.full((self.sizes.channels,), FIRST_BIAS))
        self.norm = nn.BatchNorm2d(self.sizes.channels, affine=False)

    @torch.no_grad()
    def go_on(self, x: torch.Tensor) -> torch.Tensor:
        """Let bias and normalisation of a thawed layer stand for its threshold on spikes ``x``.

        ``x`` (N, C, H, W) -> what the finished layer makes of it, (N, C', H', W').
        """
        assert self.bias is not None
        assert self.norm is not None
        assert self.norm.running_mean is not None
        assert self.norm.running_var is not None
        plan = self.plan()
        variance, mean = torch.var_mean(self.gather(x, plan.weight), (0, 2, 3))
        self.norm.running_mean.copy_(mean)
        self.norm.running_var.copy_(variance)
        drive = (mean - self.threshold + 0.5) / torch.sqrt(variance + self.norm.eps)
        # A neuron that nothing here can move would be held for ever by a larger one.
        self.bias.copy_(drive.clamp(-MOST_BIAS, MOST_BIAS))
        return self.fire(x, plan)


def interleave(x: torch.Tensor, groups: int) -> torch.Tensor:
    """Maps (N, G * C, H, W), group by group -> a view (N, H, W, C, G): one of each group in turn.

    Channels come last in memory, where grouped convolutions of single frames are fastest.
    """
    return x.permute(0, 2, 3, 1).unflatten(-1, (groups, -1)).transpose(-1, -2)
