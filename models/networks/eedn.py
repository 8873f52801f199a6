"""IBM's network for TrueNorth: a temporal cascade and trinary layers that hold no memory.

    counts (2, H, W) -> cascade -> grouped convolutions of {-1, 0, 1} with threshold neurons
                                -> output: ``population`` neurons per class

    s_j[t] = 1 if sum_i w_ji s_i[t] >= theta_j else 0      w in {-1, 0, 1}, s in {0, 1}, theta whole

Every layer answers a step from that step's inputs alone; all that is remembered lies in the
cascade (``temporal_cascade``). Amir et al. (A Low Power, Fully Event-Based Gesture Recognition
System, CVPR 2017) run a network of this kind, 15 layers deep, trained as Eedn (Esser et al., PNAS
113, 2016). Their table of layers was not available to us: the depth is theirs, the rest ours.

A core of TrueNorth has 256 axons and 256 neurons, and an axon acts with one weight per neuron and
axon type. A synapse that may be -1 or 1 takes a pair of axons, so a neuron sees at most 128 inputs
and convolutions are split into groups. Between two grouped layers the channels are interleaved, so
that each group sees some of several groups before it (our choice; on the chip it is but wiring).

While training, theta comes from batch normalisation without a scale, plus a learnt bias; ``finish``
turns both into a whole number per channel. A step of ``dt_ms`` gives the spikes of every one of
its dt_ms ticks, so output rates in spikes per ms do not depend on the step; the step's length
enters through the cascade alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.learning.trinary import Fire, StraightThrough, trinary
from models.networks.temporal_cascade import CascadeState, CascadeSteps, TemporalCascade

MOST_INPUTS, MOST_NEURONS = 128, 256
# At first about 30 % of neurons fire: a normal variable exceeds half its deviation that often.
FIRST_BIAS = -0.5


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


@dataclass(frozen=True, slots=True)
class EednParameters:
    """Sizes; each hidden layer is (channels, kernel, stride, groups), the output sees all places.

    The defaults are the full size with its 15 layers. Delays are multiples of 10 ms, so steps of
    5 or 10 ms meet them exactly.

    Raises:
        ValueError: the sizes do not fit together, or not a core of TrueNorth.
    """

    side: int = 64
    classes: int = 11
    delays_ms: tuple[int, ...] = (0, 10, 30, 60, 110, 190)
    taus_ms: tuple[float, ...] = (10.0, 10.0, 15.0, 25.0, 40.0, 60.0)
    levels: tuple[float, ...] = (0.5, 2.0)
    most: float = 4.0
    layers: tuple[tuple[int, int, int, int], ...] = (
        (128, 3, 2, 2), (128, 1, 1, 1), (128, 3, 1, 16), (128, 1, 1, 1),
        (256, 2, 2, 4), (256, 1, 1, 2), (256, 3, 1, 32), (256, 1, 1, 2),
        (512, 2, 2, 8), (512, 1, 1, 4), (512, 3, 1, 64), (512, 1, 1, 4),
        (512, 2, 2, 16), (512, 2, 2, 16),
    )  # fmt: skip
    output_groups: int = 16
    population: int = 32

    def __post_init__(self) -> None:
        if self.side < 1 or 128 % self.side or self.classes < 2 or self.population < 1:
            raise ValueError(
                "expected a side that divides 128, two classes and one neuron each at least, got "
                f"{self.side}, {self.classes} and {self.population}"
            )
        if not self.layers or min(self.output_groups, *(min(sizes) for sizes in self.layers)) < 1:
            raise ValueError(
                "expected a hidden layer at least and positive numbers, got "
                f"{self.layers} and {self.output_groups} output groups"
            )
        if self.population % self.output_groups:
            raise ValueError(
                "expected every output group to hold equally many neurons of each class, got "
                f"{self.population} in {self.output_groups} groups"
            )
        for place, sizes in enumerate(self.layer_sizes(), 1):
            require_core(place, sizes)

    @property
    def cascade(self) -> TemporalCascade:
        return TemporalCascade(self.delays_ms, self.taus_ms, self.levels, self.most)

    def layer_sizes(self) -> list[LayerSizes]:
        """All convolutions, the output last."""
        found: list[LayerSizes] = []
        inputs, side = self.cascade.channels, self.side
        following = [groups for *_, groups in self.layers[1:]] + [self.output_groups]
        for (channels, kernel, stride, groups), after in zip(self.layers, following, strict=True):
            padding, mixed = (kernel - 1) // 2, groups if after > 1 else 1
            side = (side + 2 * padding - kernel) // stride + 1
            found.append(LayerSizes(inputs, channels, kernel, stride, padding, groups, side, mixed))
            inputs = channels
        # Each output group holds some of every class; interleaved, they lie class by class.
        outputs, groups = self.classes * self.population, self.output_groups
        return [*found, LayerSizes(inputs, outputs, side, 1, 0, groups, 1, groups)]


def require_core(place: int, sizes: LayerSizes) -> None:
    """
    Raises:
        ValueError: the layer has no places, or a group of it does not fit a core.
    """
    if sizes.side < 1 or sizes.inputs % sizes.groups or sizes.channels % sizes.groups:
        raise ValueError(f"expected layer {place} to have places and whole groups, got {sizes}")
    seen = sizes.inputs // sizes.groups * sizes.kernel**2
    if seen > MOST_INPUTS or sizes.channels // sizes.groups > MOST_NEURONS:
        raise ValueError(
            f"expected each group of layer {place} to have at most {MOST_INPUTS} inputs and "
            f"{MOST_NEURONS} channels, got {seen} and {sizes.channels // sizes.groups}"
        )


SMALL = EednParameters(
    side=32,
    delays_ms=(0, 20, 60, 140),
    taus_ms=(10.0, 15.0, 25.0, 40.0),
    layers=(
        (64, 3, 2, 2), (64, 1, 1, 1), (128, 2, 2, 2), (128, 1, 1, 1), (128, 3, 1, 16),
        (128, 1, 1, 1), (256, 2, 2, 4), (256, 1, 1, 2), (256, 2, 2, 8),
    ),
    output_groups=8,
    population=16,
)  # fmt: skip


class LayerPlan(NamedTuple):
    """Synapses (C', C / groups, K, K) as floats; thresholds less one half (C' / mixed, mixed)."""

    weight: torch.Tensor
    threshold: torch.Tensor


class EednPlan(NamedTuple):
    """All that stays the same from tick to tick."""

    cascade: CascadeSteps
    layers: tuple[LayerPlan, ...]


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
        return functional.conv2d(x, weight, None, s.stride, s.padding, 1, s.groups)

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


def interleave(x: torch.Tensor, groups: int) -> torch.Tensor:
    """Maps (N, G * C, H, W), group by group -> a view (N, H, W, C, G): one of each group in turn.

    Channels come last in memory, where grouped convolutions of single frames are fastest.
    """
    return x.permute(0, 2, 3, 1).unflatten(-1, (groups, -1)).transpose(-1, -2)


class Eedn(nn.Module):
    """``forward`` takes counts (T, B, 2, H, W) and a state, and gives spikes of all layers."""

    def __init__(self, parameters: EednParameters) -> None:
        super().__init__()
        self.sizes = parameters
        self.cascade = parameters.cascade
        self.stack = nn.ModuleList([TrinaryLayer(sizes) for sizes in parameters.layer_sizes()])
        hidden = [f"conv{place}" for place in range(1, len(self.stack))]
        self.layer_names: tuple[str, ...] = ("cascade", *hidden, "output")

    def forward(
        self,
        counts: torch.Tensor,
        state: CascadeState | None = None,
        dt_ms: float = 1.0,
        every: int = 1,
    ) -> tuple[list[torch.Tensor], CascadeState]:
        """Counts (T, B, 2, H, W) per step of ``dt_ms`` -> spikes of each layer (T, B, ...).

        With ``every`` n the layers look at the last of each n steps only: (T // n, B, ...).
        """
        with torch.no_grad():
            steps = self.cascade.steps(dt_ms, counts.device)
            channels, state = self.cascade.run(counts, state, steps, every)
        spikes, frames = [channels], channels.shape[:2]
        x = channels.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        for layer in self.layers():
            x = layer(x)
            spikes.append(x.unflatten(0, frames))
        spikes[-1] = spikes[-1].flatten(2)
        return spikes, state

    @torch.inference_mode()
    def plan(self, tick_ms: float) -> EednPlan:
        """What ``stream`` needs at every tick and what stays the same from tick to tick."""
        layers = tuple(layer.plan() for layer in self.layers())
        return EednPlan(self.cascade.steps(tick_ms), layers)

    @torch.inference_mode()
    def stream(
        self, counts: torch.Tensor, state: CascadeState | None, plan: EednPlan
    ) -> tuple[list[torch.Tensor], CascadeState]:
        """``forward`` of a finished network for one stream: counts (T, 2, H, W) of T ticks."""
        channels, state = self.cascade.run(counts[:, None], state, plan.cascade)
        x = channels[:, 0].contiguous(memory_format=torch.channels_last)
        spikes = [x]
        for layer, its_plan in zip(self.layers(), plan.layers, strict=True):
            x = layer.fire(x, its_plan)
            spikes.append(x)
        spikes[-1] = x.flatten(1)
        return spikes, state

    def layers(self) -> list[TrinaryLayer]:
        """The layers behind the cascade, input side first."""
        return list(self.stack)  # type: ignore[arg-type]

    def hidden_weights(self) -> Iterator[torch.Tensor]:
        """The hidden weights that have not been let go."""
        return (layer.hidden for layer in self.layers() if layer.hidden is not None)

    @torch.inference_mode()
    def decay(self, state: CascadeState, lost_ms: float, tick_ms: float) -> CascadeState:
        """The state after ``lost_ms`` without events, streamed in ticks of ``tick_ms``."""
        return self.cascade.decay(state, lost_ms, tick_ms)

    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream; ``dt_ms`` plays no part, for no layer depends on the step."""
        for layer in self.layers():
            layer.finish()
        self.eval()

    def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
        """For every layer's inputs, flattened, the number of nonzero synapses each one reaches.

        An event reaches one neuron of the cascade per stage and level, if not at once.
        """
        neurons = len(self.sizes.delays_ms) * len(self.sizes.levels)
        maps = [torch.full((torch.Size(input_shape).numel(),), float(neurons))]
        side = input_shape[1]
        for layer in self.layers():
            x = torch.zeros(1, layer.sizes.inputs, side, side, requires_grad=True)
            sums = layer.gather(x, (layer.weight != 0).to(x.dtype))
            maps.append(torch.autograd.grad(sums.sum(), x)[0].flatten())
            side = layer.sizes.side
        return maps
