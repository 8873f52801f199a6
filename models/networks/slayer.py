"""SLAYER's network: sum pools, convolutions and dense layers of spike response neurons.

    events (2, 128, 128) -> 4a -> 16c5 -> 2a -> 32c3 -> 2a -> 512d -> 11

``a`` is a sum pool with fixed weights of 1.1 thresholds, so that its neurons fire for a single
spike, ``c`` a convolution and ``d`` a dense layer; none has a bias, and there is no normalisation.
The axons of the convolutional layers have learnt delays, one for each channel. Events go straight
in: n events of a pixel in a step are n spikes. The small network starts from events that are
already summed over 4 x 4 pixels and leaves the first pool out.

Synapses weigh the spikes first and the kernels come after, which is the same since all of it is
linear. So sums are of whole spikes times weights, which is exact, and one filter serves all the
synapses of a neuron. For the same reason delays may come behind the sum of a pool, where there are
fewer lines to keep.

Source: Shrestha and Orchard, NeurIPS 2018, and the layer sizes that its authors give for DVS128
Gesture. They do not give the time constants; 10 and 1 ms are those of their NMNIST example. A
longer refractory time, as in the small network, makes a layer's rate depend less on the length of a
step: in steps of 5 ms it is about a tenth below that of 1 ms ticks. This adds up over the layers,
and the last one of a new network fires less than half as much, so learning that begins in long
steps should end in short ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.networks.slayer_layers import (
    SumPool,
    Synapses,
    run_neurons,
    scale_factors,
    synapses_reached,
)
from models.neurons.sequence import require_positive
from models.neurons.slayer_gradient import (
    AxonalDelay,
    Filters,
    FilterState,
    SlayerNeuron,
    srm_run,
)
from models.neurons.srm import SrmParameters

SENSOR_SIDE = 128
POOL_WEIGHT = 1.1
# Weights are whole multiples of this, so every sum of spikes times weights is exact in float32 and
# cannot depend on the order of summation: chunks of ticks give what single ticks give, bit by bit.
WEIGHT_STEP = 2.0**-10


@dataclass(frozen=True, slots=True)
class SlayerParameters:
    """Sizes of the network and constants of its neurons, see ``SlayerNeuron``.

    ``pool`` is the side of the first sum pool, 1 for none. Delays begin evenly spread from 0 to
    ``delay_spread_ms`` and stay under ``delay_limit_ms``.

    Raises:
        ValueError: the side does not divide 128 or is no multiple of the pools, or a constant is
            out of range.
    """

    side: int = 128
    pool: int = 4
    channels: tuple[int, int] = (16, 32)
    hidden: int = 512
    classes: int = 11
    threshold: float = 10.0
    tau_s_ms: float = 10.0
    tau_ref_ms: float = 1.0
    refractory_scale: float = 2.0
    tau_rho: float = 1.0
    scale_rho: float = 1.0
    delay_spread_ms: float = 1.0
    delay_limit_ms: float = 60.0

    def __post_init__(self) -> None:
        if self.pool < 1 or self.side < 1 or SENSOR_SIDE % self.side or self.side % (4 * self.pool):
            raise ValueError(
                f"expected a side that divides {SENSOR_SIDE} and is a multiple of the pools' "
                f"{4 * self.pool}, got {self.side}"
            )
        if not 0 <= self.delay_spread_ms <= self.delay_limit_ms:
            raise ValueError(
                f"expected delays spread over 0 to at most {self.delay_limit_ms} ms, got "
                f"{self.delay_spread_ms}"
            )
        require_positive(
            hidden=self.hidden,
            classes=self.classes,
            threshold=self.threshold,
            tau_s_ms=self.tau_s_ms,
            tau_ref_ms=self.tau_ref_ms,
            refractory_scale=self.refractory_scale,
            tau_rho=self.tau_rho,
            scale_rho=self.scale_rho,
        )

    @property
    def neuron(self) -> SlayerNeuron:
        """The constants of all neurons."""
        srm = SrmParameters(self.threshold, self.tau_s_ms, self.tau_ref_ms, self.refractory_scale)
        return SlayerNeuron(srm, self.tau_rho, self.scale_rho)


SMALL = SlayerParameters(
    side=32, pool=1, hidden=128, tau_ref_ms=5.0, scale_rho=0.3, delay_spread_ms=40.0
)


class SlayerState(NamedTuple):
    """What is carried from step to step, by layer, and belongs to steps of one length.

    The neurons' filters, and the charges (D, B, C, ...) that delayed axons have still to deliver.
    """

    filters: tuple[FilterState, ...]
    underway: tuple[torch.Tensor, ...]


class SlayerPlan(NamedTuple):
    """The neurons' arithmetic in steps of ``tick_ms``, and each layer's delays (C,) in steps."""

    tick_ms: float
    filters: Filters
    delays: tuple[torch.Tensor | None, ...]
    longest: tuple[int, ...]


class Slayer(nn.Module):
    """``forward`` takes counts (T, B, 2, H, W) and a state, and gives spikes of all layers."""

    scaled: torch.Tensor

    def __init__(self, parameters: SlayerParameters) -> None:
        super().__init__()
        self.sizes = p = parameters
        c1, c2 = p.channels
        weight = POOL_WEIGHT * p.threshold
        spreads = [torch.rand(c) * p.delay_spread_ms for c in p.channels]
        named: dict[str, Synapses] = {
            "conv1": Synapses(nn.Conv2d(2, c1, 5, 1, 2, bias=False), None),
            "pool1": Synapses(SumPool(2, weight), spreads[0]),
            "conv2": Synapses(nn.Conv2d(c1, c2, 3, 1, 1, bias=False), None),
            "pool2": Synapses(SumPool(2, weight), spreads[1]),
            "hidden": Synapses(
                nn.Linear(c2 * (p.side // p.pool // 4) ** 2, p.hidden, bias=False), None
            ),
            "output": Synapses(nn.Linear(p.hidden, p.classes, bias=False), None),
        }
        if p.pool > 1:
            named = {"pool0": Synapses(SumPool(p.pool, weight), None), **named}
        self.layer_names = tuple(named)
        self.synapses = nn.ModuleDict(named)
        self.register_buffer("scaled", torch.zeros((), dtype=torch.bool))
        for op in self._learning_ops():
            nn.init.normal_(op.weight, 0.0, p.threshold / op.weight[0].numel() ** 0.5)

    @property
    def is_scaled(self) -> bool:
        """Whether ``fit_scale`` was called, in this life or before it was saved."""
        return bool(self.scaled)

    def forward(
        self, counts: torch.Tensor, state: SlayerState | None = None, dt_ms: float = 1.0
    ) -> tuple[list[torch.Tensor], SlayerState]:
        """Counts (T, B, 2, H, W) per step of ``dt_ms`` -> spikes of each layer (T, B, ...)."""
        return self._run(counts, state, self.plan(dt_ms))

    @torch.no_grad()
    def plan(self, tick_ms: float) -> SlayerPlan:
        """What ``stream`` needs at every tick and what stays the same from tick to tick."""
        delays = [
            None if layer.delay_ms is None else (layer.delay_ms / tick_ms).floor().long()
            for layer in self.layers()
        ]
        # One more than the longest: the gradient of a delay asks what came before.
        longest = [0 if steps is None else int(steps.max()) + 1 for steps in delays]
        like = self._learning_ops()[0].weight
        filters = Filters.of(self.sizes.neuron, tick_ms, like)
        return SlayerPlan(tick_ms, filters, tuple(delays), tuple(longest))

    @torch.inference_mode()
    def stream(
        self, counts: torch.Tensor, state: SlayerState | None, plan: SlayerPlan
    ) -> tuple[list[torch.Tensor], SlayerState]:
        """``forward`` for one stream and without gradients: counts (T, 2, H, W) of T ticks."""
        spikes, after = self._run(counts[:, None], state, plan)
        return [s[:, 0] for s in spikes], after

    def _run(
        self, x: torch.Tensor, state: SlayerState | None, plan: SlayerPlan
    ) -> tuple[list[torch.Tensor], SlayerState]:
        spikes, filters, underway = [], [], []
        for index, layer in enumerate(self.layers()):
            charge = layer(x)
            waiting = None if state is None else state.underway[index]
            charge, left = self._deliver(charge, waiting, layer, plan, index)
            before = FilterState.at_rest(charge[0]) if state is None else state.filters[index]
            x, after = run_neurons(charge, before, plan.filters)
            spikes.append(x)
            filters.append(after)
            underway.append(left)
        return spikes, SlayerState(tuple(filters), tuple(underway))

    def _deliver(
        self, charge: torch.Tensor, waiting: torch.Tensor | None, layer: Synapses, plan: SlayerPlan,
        index: int,
    ) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
        """Charges (T, B, C, ...) -> what arrives in these T steps, and what is then under way."""
        if waiting is None:
            waiting = charge.new_zeros((plan.longest[index], *charge.shape[1:]))
        steps = plan.delays[index]
        if steps is None:
            return charge, waiting
        arrived = AxonalDelay.apply(charge, waiting, layer.delay_ms, steps, plan.tick_ms)
        left = torch.cat([waiting, charge.detach()])[len(charge) :]
        return arrived, left

    def layers(self) -> list[Synapses]:
        """The synapses of every layer, input side first."""
        return list(self.synapses.values())  # type: ignore[arg-type]

    def _learning_ops(self) -> list[nn.Conv2d | nn.Linear]:
        return [layer.op for layer in self.layers() if not isinstance(layer.op, SumPool)]

    @torch.no_grad()
    def fit_scale(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Scale a new network's weights so that every layer fires on counts (T, B, 2, H, W).

        Raises:
            ValueError: the counts are too few, or too short to get to the last layer.
        """
        plan, x = self.plan(dt_ms), counts
        free = plan.filters._replace(kick=0.0)  # potentials without refractory responses
        for index, layer in enumerate(self.layers()):
            charge, _ = self._deliver(layer(x), None, layer, plan, index)
            rest = FilterState.at_rest(charge[0])
            if not isinstance(layer.op, SumPool):
                _, u, _ = srm_run(charge, rest, free)
                factor = scale_factors(u, self.sizes.threshold)
                layer.op.weight.mul_(factor.view(-1, *(1,) * (layer.op.weight.dim() - 1)))
                charge = charge * factor.view(-1, *(1,) * (charge.dim() - 3))
            x, _, _ = srm_run(charge, rest, plan.filters)
        self.scaled.fill_(True)

    @torch.no_grad()
    def limit_delays(self) -> None:
        """Bring delays that learning took out of their range back to its ends."""
        for layer in self.layers():
            if layer.delay_ms is not None:
                layer.delay_ms.clamp_(0.0, self.sizes.delay_limit_ms)

    @torch.inference_mode()
    def decay(self, state: SlayerState, lost_ms: float, tick_ms: float) -> SlayerState:
        """The state after ``lost_ms`` without any charge, streamed in ticks of ``tick_ms``.

        n steps without charge take p to a^n p and q to a^n (q + n p); what was under way comes
        nearer or is past.
        """
        steps, lost = lost_ms / tick_ms, round(lost_ms / tick_ms)
        factors = self.plan(tick_ms).filters.decays ** steps
        filters = []
        for slope, potential in state.filters:
            factor = factors.view(2, *(1,) * (slope.dim() - 1))
            filters.append(FilterState(slope * factor, (potential + steps * slope) * factor))
        underway = tuple(
            torch.cat([line[lost:], line.new_zeros((min(lost, len(line)), *line.shape[1:]))])
            for line in state.underway
        )
        return SlayerState(tuple(filters), underway)

    @torch.no_grad()
    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream: round the weights; nothing here depends on ``dt_ms``."""
        for op in self._learning_ops():
            op.weight.copy_(torch.round(op.weight / WEIGHT_STEP) * WEIGHT_STEP)
        self.eval()

    def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
        """For every layer's inputs, flattened, the number of nonzero synapses each one reaches."""
        maps, shape = [], torch.Size(input_shape)
        for layer in self.layers():
            maps.append(synapses_reached(layer.op, shape))
            shape = layer(torch.zeros(1, 1, *shape)).shape[2:]
        return maps
