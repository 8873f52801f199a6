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

from models.networks.fan_out import conv_fan_out
from models.networks.temporal_cascade import CascadeState, CascadeSteps, TemporalCascade
from models.networks.trinary_layer import LayerPlan, LayerSizes, TrinaryLayer

MOST_INPUTS, MOST_NEURONS = 128, 256


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
    # Which way an arm turns shows late: half a turn takes half a second.
    delays_ms=(0, 30, 80, 160, 280),
    taus_ms=(10.0, 20.0, 30.0, 45.0, 60.0),
    layers=(
        (64, 3, 2, 2), (64, 1, 1, 1), (128, 2, 2, 2), (128, 1, 1, 1), (128, 3, 1, 16),
        (128, 1, 1, 1), (256, 2, 2, 4), (256, 1, 1, 2), (256, 2, 2, 8),
    ),
    output_groups=8,
    population=16,
)  # fmt: skip


class EednPlan(NamedTuple):
    """All that stays the same from tick to tick."""

    cascade: CascadeSteps
    layers: tuple[LayerPlan, ...]


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

    def thaw(self) -> None:
        """Let a finished network learn again, once ``go_on`` has seen some of what comes."""
        for layer in self.layers():
            layer.thaw()

    @torch.no_grad()
    def go_on(self, counts: torch.Tensor, dt_ms: float, every: int = 1) -> None:
        """Fit what ``thaw`` gave to counts (T, B, 2, H, W), so that all fires as it did before."""
        steps = self.cascade.steps(dt_ms, counts.device)
        channels, _ = self.cascade.run(counts, None, steps, every)
        x = channels.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        for layer in self.layers():
            x = layer.go_on(x)

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
            s, connected = layer.sizes, (layer.weight != 0).to(torch.float32)
            shape = torch.Size((s.inputs, side, side))
            maps.append(conv_fan_out(connected, shape, s.stride, s.padding, s.groups))
            side = s.side
        return maps
