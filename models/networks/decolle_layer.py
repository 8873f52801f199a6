"""A layer of DECOLLE: a convolution, its neurons and the random read-out that it learns by."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.neurons.decolle_lif import (
    TINY,
    LayerState,
    Rates,
    refractory_traces,
    spike,
    synapse_traces,
)

# Sums of spikes times multiples of these are exact in float32 as long as they stay below 4096 and
# 1024, and so do not depend on the order of summation: see ``Decolle.stream``.
WEIGHT_STEP = 2.0**-12
READOUT_STEP = 2.0**-14
# Mean potential at the start. At 0 half of all neurons would fire even in silence.
START = -0.5


@dataclass(frozen=True, slots=True)
class DecolleParameters:
    """Sizes, of layer after layer where there are several, and constants; the paper's by default.

    ``alpha``, ``beta`` and ``gamma`` are factors of a millisecond. ``readout`` bounds G and c, in
    units of 1 / sqrt(inputs), and ``seed`` draws them. The layer ``deciding``, counted as Python
    does, gives the output; its read-out is averaged over about ``smooth_ms`` if that is not 0.

    Raises:
        ValueError: the sizes do not fit each other, or a constant cannot be meant.
    """

    side: int = 32
    classes: int = 11
    channels: tuple[int, ...] = (64, 128, 128)
    kernels: tuple[int, ...] = (7, 7, 7)
    strides: tuple[int, ...] = (1, 1, 1)
    pools: tuple[int, ...] = (2, 1, 2)
    alpha: float = 0.97
    beta: float = 0.92
    gamma: float = 0.65
    dropout: float = 0.5
    readout: float = 2.0
    deciding: int = -1
    threshold: float = 0.5
    smooth_ms: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        sizes = (self.channels, self.kernels, self.strides, self.pools)
        depth = len(self.channels)
        if not depth or {*map(len, sizes)} != {depth} or min(map(min, sizes)) < 1:
            raise ValueError(
                f"expected channels, kernels, strides and pools of each layer, got {sizes}"
            )
        if any(kernel % 2 == 0 for kernel in self.kernels):
            raise ValueError(f"expected odd kernels, got {self.kernels}")
        if self.side < 1 or 128 % self.side or self.sides[-1] < 1:
            raise ValueError(
                f"expected a side that divides 128 and is not pooled away, got {self.side}"
            )
        keeps = (self.alpha, self.beta, self.gamma)
        if not all(0 < keep < 1 for keep in keeps) or self.alpha == self.beta:
            raise ValueError(f"expected factors between 0 and 1, alpha not beta, got {keeps}")
        if not -depth <= self.deciding < depth:
            raise ValueError(f"expected a deciding layer out of {depth}, got {self.deciding}")
        if not (0 <= self.dropout < 1 and self.smooth_ms >= 0 and self.readout > 0):
            raise ValueError(
                "expected dropout from 0 to below 1, smooth_ms of at least 0 and a positive "
                f"readout, got {self.dropout}, {self.smooth_ms} and {self.readout}"
            )

    @property
    def sides(self) -> tuple[int, ...]:
        """Height and width of each layer's pooled map."""
        sides, side = [], self.side
        for stride, pool in zip(self.strides, self.pools, strict=True):
            side = ((side - 1) // stride + 1) // pool
            sides.append(side)
        return tuple(sides)


class Layer(nn.Module):
    """A convolution, its neurons and their fixed read-out."""

    gain: torch.Tensor
    readout_weight: torch.Tensor
    readout_bias: torch.Tensor

    def __init__(
        self, before: int, index: int, parameters: DecolleParameters, generator: torch.Generator
    ) -> None:
        super().__init__()
        p = parameters
        channels, kernel = p.channels[index], p.kernels[index]
        self.op = nn.Conv2d(before, channels, kernel, p.strides[index], kernel // 2, bias=False)
        nn.init.orthogonal_(self.op.weight)
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("gain", torch.ones(channels))
        inputs = channels * p.sides[index] ** 2
        drawn = torch.rand(p.classes, inputs + 1, generator=generator) * 2 - 1
        drawn = torch.round(drawn * (p.readout / math.sqrt(inputs) / READOUT_STEP)) * READOUT_STEP
        self.register_buffer("readout_weight", drawn[:, 1:].contiguous())
        self.register_buffer("readout_bias", drawn[:, 0].contiguous())
        self._pool = p.pools[index]
        self._dropout = p.dropout

    def forward(
        self, x: torch.Tensor, state: LayerState | None, rates: Rates
    ) -> tuple[torch.Tensor, LayerState]:
        """Inputs (T, B, ...) -> pooled spikes (T, B, C, H, W), differentiable by the weights."""
        with torch.no_grad():
            zero = torch.zeros_like(x[0])
            q, p = (zero, zero) if state is None else (state.q, state.p)
            traces, q, p = synapse_traces(x + TINY, q, p, rates)
        # Mixed precision ends at the synapses.
        weighed = self.op(traces.flatten(0, 1)).to(x.dtype) * self.gain.view(-1, 1, 1)
        charge = (weighed + self.bias.view(-1, 1, 1)).unflatten(0, x.shape[:2])
        with torch.no_grad():
            r = torch.zeros_like(charge[0]) if state is None else state.r
            refractory, r = refractory_traces(charge, r, rates.r)
        u = self.pool((charge - refractory).flatten(0, 1))
        return spike(u).unflatten(0, x.shape[:2]), LayerState(q, p, r)

    def stream(
        self,
        x: torch.Tensor,
        state: LayerState | None,
        scale: torch.Tensor,
        bias: torch.Tensor,
        rates: Rates,
    ) -> tuple[torch.Tensor, LayerState]:
        """Inputs (T, ...) of one stream -> pooled spikes (T, C, H, W)."""
        drive = self.op(x).mul_(scale).add_(TINY)
        if state is None:
            zero = torch.zeros_like(drive[0])
            state = LayerState(zero, zero, zero)
        charge, q, p = synapse_traces(drive, state.q, state.p, rates)
        charge += bias
        refractory, r = refractory_traces(charge, state.r, rates.r)
        u = self.pool(charge.sub_(refractory))
        return torch.ge(u, 0.0, out=torch.empty_like(u)), LayerState(q, p, r)

    def pool(self, u: torch.Tensor) -> torch.Tensor:
        """Maps (N, C, H, W) -> (N, C, H / pool, W / pool)."""
        return u if self._pool == 1 else functional.max_pool2d(u, self._pool)

    def readout(self, spikes: torch.Tensor) -> torch.Tensor:
        """Spikes (..., C, H, W) -> y (..., classes)."""
        kept = functional.dropout(spikes.flatten(-3), self._dropout, self.training)
        return functional.linear(kept, self.readout_weight, self.readout_bias).to(spikes.dtype)

    @torch.no_grad()
    def initialise(self, x: torch.Tensor, rates: Rates) -> None:
        """Give U without R mean ``START`` and variance 1 in every channel on inputs (T, B, ...).

        Raises:
            ValueError: it is the same everywhere in a channel.
        """
        zero = torch.zeros_like(x[0])
        traces, _, _ = synapse_traces(x, zero, zero, rates)
        # The first half is left out: traces have to fill first.
        weighed = self.op(traces[len(x) // 2 :].flatten(0, 1)).transpose(0, 1).flatten(1)
        variance, mean = torch.var_mean(weighed, 1)
        if not bool((variance > 0).all()):
            raise ValueError("expected inputs that vary for every channel, got none for some")
        self.gain.copy_(variance.rsqrt())
        self.bias.copy_(START - mean * self.gain)

    @torch.no_grad()
    def quantise(self) -> None:
        """Round the weights to multiples of ``WEIGHT_STEP``."""
        self.op.weight.copy_(torch.round(self.op.weight / WEIGHT_STEP) * WEIGHT_STEP)
