"""The default network: convolutional layers of LIF neurons and a population read-out.

    counts (2, H, W) --gain--> conv (stem) -> LIF -> conv 3x3/2 -> LIF -> conv 3x3/2 -> LIF
                               -> dense -> LIF -> dense -> LIF, ``population`` neurons per class

Events arrive as counts per pixel, polarity and tick. Since a near person sends ten times the
events of a far one, the first layer's charge is divided by a running mean of the event rate
(time constant ``gain_ms``), with a floor so that silence and noise are not blown up to a gesture.
Channels have learnt time constants between a few and a few hundred milliseconds, and every layer
behind the first has synapses with axonal delays beside the immediate ones: what is where now and
what was where a moment ago meet in one neuron, which is how a turning sense is told (delays as a
resource of their own: Hammouamri et al., ICLR 2024; the fixed delays here are ours).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from models.networks.delay_line import deliver, stream_arrivals
from models.networks.fan_out import conv_fan_out
from models.networks.projection import Projection, charge_of
from models.neurons.lif import Lif, lif_run


@dataclass(frozen=True, slots=True)
class ConvLifParameters:
    """Sizes of the network; ``gain_floor`` in events per millisecond over the whole input.

    ``stem`` is the first convolution's kernel and stride. ``delays_ms`` lists for every layer the
    delays of its synapses; the first layer has none but 0.

    Raises:
        ValueError: the delays are not one list for each of the five layers, or do not begin as
            said.
    """

    side: int = 32
    stem: tuple[int, int] = (5, 2)
    channels: tuple[int, int, int] = (16, 32, 64)
    hidden: int = 128
    classes: int = 11
    population: int = 8
    gain_ms: float = 300.0
    gain_floor: float = 12.0
    gain_target: float = 60.0
    delays_ms: tuple[tuple[int, ...], ...] = ((0,), (0,), (0,), (0,), (0,))

    def __post_init__(self) -> None:
        if len(self.delays_ms) != 5 or tuple(self.delays_ms[0]) != (0,):
            raise ValueError(
                f"expected delays of five layers, the first one (0,), got {self.delays_ms}"
            )


class ConvLifState(NamedTuple):
    """What is carried from tick to tick: mean event rate (B,), five membranes (B, ...), and for
    every layer the input spikes (D, B, ...) that delayed synapses have still to deliver."""

    rate: torch.Tensor
    membranes: tuple[torch.Tensor, ...]
    underway: tuple[torch.Tensor, ...]


class StreamPlan(NamedTuple):
    """Charges that the drives deliver in a tick, and membrane factors of a tick, by layer.

    ``delays`` are those of each layer's synapses in ticks; for ``weights`` see ``charge_of``.
    """

    tick_ms: float
    delays: tuple[tuple[int, ...], ...]
    drives: tuple[torch.Tensor, ...]
    decays: tuple[torch.Tensor, ...]
    weights: tuple[torch.Tensor, ...]


LAYERS = ("conv1", "conv2", "conv3", "hidden", "output")
TAUS_MS = ((4.0, 60.0), (6.0, 120.0), (10.0, 200.0), (20.0, 250.0), (15.0, 60.0))


class ConvLif(nn.Module):
    """``forward`` takes counts (T, B, 2, H, W) and a state, and gives spikes of all layers."""

    layer_names: tuple[str, ...] = LAYERS

    def __init__(self, parameters: ConvLifParameters) -> None:
        super().__init__()
        self.sizes = p = parameters
        c1, c2, c3 = p.channels
        kernel, stride = p.stem
        flat = c3 * math.ceil(p.side / (4 * stride)) ** 2
        _, k2, k3, k4, k5 = (len(delays) for delays in p.delays_ms)
        ops: list[nn.Conv2d | nn.Linear] = [
            nn.Conv2d(2, c1, kernel, stride, kernel // 2, bias=False),
            nn.Conv2d(k2 * c1, c2, 3, 2, 1, bias=False),
            nn.Conv2d(k3 * c2, c3, 3, 2, 1, bias=False),
            nn.Linear(k4 * flat, p.hidden, bias=False),
            nn.Linear(k5 * p.hidden, p.classes * p.population, bias=False),
        ]
        widths = (c1, c2, c3, p.hidden, p.classes * p.population)
        self.projections = nn.ModuleList(
            [Projection(op, width) for op, width in zip(ops, widths, strict=True)]
        )
        self.neurons = nn.ModuleList(
            [
                Lif(w, tau, 2 if i < 3 else 0)
                for i, (w, tau) in enumerate(zip(widths, TAUS_MS, strict=True))
            ]
        )

    def forward(
        self, counts: torch.Tensor, state: ConvLifState | None = None, dt_ms: float = 1.0
    ) -> tuple[list[torch.Tensor], ConvLifState]:
        """Counts (T, B, 2, H, W) per step of ``dt_ms`` -> spikes of each layer (T, B, ...)."""
        gain, rate = self.gain(counts, None if state is None else state.rate, dt_ms)
        spikes, membranes, underway = [], [], []
        x = counts
        for index, (projection, neuron) in enumerate(self.layers()):
            x = x.flatten(2) if index == 3 else x
            before = None if state is None else state.underway[index]
            arrived, left = deliver(x, before, self._delays(dt_ms)[index])
            charge = projection(arrived, gain.flatten() if index == 0 else None, dt_ms)
            v = None if state is None else state.membranes[index]
            x, v = neuron(charge.unflatten(0, x.shape[:2]), v, dt_ms)
            spikes.append(x)
            membranes.append(v)
            underway.append(left)
        return spikes, ConvLifState(rate, tuple(membranes), tuple(underway))

    def _delays(self, dt_ms: float) -> tuple[tuple[int, ...], ...]:
        """The delays of each layer in steps of ``dt_ms``."""
        return tuple(tuple(round(d / dt_ms) for d in delays) for delays in self.sizes.delays_ms)

    @torch.inference_mode()
    def plan(self, tick_ms: float) -> StreamPlan:
        """What ``stream`` needs at every tick and what stays the same from tick to tick."""
        drives = [
            (p.drive * tick_ms).view(-1, *(1,) * (p.op.weight.dim() - 2)) for p, _ in self.layers()
        ]
        decays = [neuron.decay(tick_ms) for _, neuron in self.layers()]
        weights = [
            p.op.weight.T.contiguous()
            if isinstance(p.op, nn.Linear)
            else p.op.weight.contiguous(memory_format=torch.channels_last)
            for p, _ in self.layers()
        ]
        return StreamPlan(
            tick_ms, self._delays(tick_ms), tuple(drives), tuple(decays), tuple(weights)
        )

    @torch.inference_mode()
    def stream(
        self, counts: torch.Tensor, state: ConvLifState | None, plan: StreamPlan
    ) -> tuple[list[torch.Tensor], ConvLifState]:
        """``forward`` for one stream and without gradients: counts (T, 2, H, W) of T ticks.

        The same arithmetic with less around it; at 1 ms a tick what is around it costs most. A
        state can be carried on once: its delay lines grow in place.
        """
        before = None if state is None else state.rate
        gain, rate = self.gain(counts[:, None], before, plan.tick_ms)
        spikes, membranes, underway = [], [], []
        x = counts
        for index, (projection, _) in enumerate(self.layers()):
            x = x.flatten(1) if index == 3 else x
            waiting = None if state is None else state.underway[index][:, 0]
            arrived, left = stream_arrivals(x, waiting, plan.delays[index])
            charge = charge_of(projection.op, plan.weights[index], arrived)
            if index == 0:
                charge *= gain.view(-1, 1, 1, 1)
            charge += plan.drives[index]
            v = charge.new_zeros(charge.shape[1:]) if state is None else state.membranes[index][0]
            x, v = lif_run(charge, v, plan.decays[index])
            spikes.append(x)
            membranes.append(v[None])
            underway.append(left[:, None])
        return spikes, ConvLifState(rate, tuple(membranes), tuple(underway))

    def layers(self) -> list[tuple[Projection, Lif]]:
        """Synapses and neurons of every layer, input side first."""
        return list(zip(self.projections, self.neurons, strict=True))  # type: ignore[arg-type]

    def gain(
        self, counts: torch.Tensor, rate: torch.Tensor | None, dt_ms: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Factors (T, B) of the first layer and the mean event rate (B,) per ms afterwards."""
        p = self.sizes
        keep = math.exp(-dt_ms / p.gain_ms)
        arrived = counts.sum((2, 3, 4)) * ((1.0 - keep) / dt_ms)
        rate = torch.full_like(arrived[0], p.gain_target) if rate is None else rate
        rates = []
        for step in arrived:
            rate = rate * keep
            rate += step
            rates.append(rate)
        return p.gain_target / (torch.stack(rates) + p.gain_floor), rate

    @torch.inference_mode()
    def decay(self, state: ConvLifState, lost_ms: float, tick_ms: float) -> ConvLifState:
        """The state after ``lost_ms`` without any charge, streamed in ticks of ``tick_ms``.

        Membranes and mean rate leak, and what was under way comes nearer or is past.
        """
        pairs = zip(state.membranes, self.layers(), strict=True)
        membranes = tuple(v * neuron.decay(lost_ms) for v, (_, neuron) in pairs)
        lost = round(lost_ms / tick_ms)
        underway = tuple(
            torch.cat([line[lost:], line.new_zeros((min(lost, len(line)), *line.shape[1:]))])
            for line in state.underway
        )
        rate = state.rate * math.exp(-lost_ms / self.sizes.gain_ms)
        return ConvLifState(rate, membranes, underway)

    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream: fold the normalisation of steps of ``dt_ms``, round weights."""
        for projection, _ in self.layers():
            projection.fold(dt_ms)
            projection.quantise()
        self.eval()

    def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
        """For every layer's inputs, flattened, the number of nonzero synapses each one reaches.

        A spike reaches the synapses of every delay, if not at once.
        """
        maps, shape = [], torch.Size(input_shape)
        for projection, _ in self.layers():
            op = projection.op
            connected = (op.weight != 0).to(torch.float32)
            if isinstance(op, nn.Conv2d):
                connected = connected.unflatten(1, (-1, shape[0])).sum(1)
                maps.append(conv_fan_out(connected, shape, op.stride[0], int(op.padding[0])))
                sides = [math.ceil(side / op.stride[0]) for side in shape[1:]]
                shape = torch.Size((len(op.weight), *sides))
            else:
                maps.append(connected.sum(0).view(-1, shape.numel()).sum(0))
                shape = torch.Size((len(op.weight),))
        return maps
