"""DECOLLE: convolutional layers of LIF neurons, each with a random read-out to learn by.

    counts (2, 32, 32) -> conv -> U -> max-pool -> spikes -> conv -> U -> ...   three layers
                                                     |
                                                  read-out                      one for each

    Q[t] = beta Q[t-1] + (1 - beta) S_in[t]                  traces of a synapse's input
    P[t] = alpha P[t-1] + (1 - alpha) Q[t-1]
    R[t] = gamma R[t-1] + (1 - gamma) S[t-1]                 refractory trace of a neuron
    U[t] = gain (W * P[t]) + b - R[t],    S[t] = 1 if U[t] >= 0 else 0
    y[t] = G max-pool(S[t]) + c                              G and c random, never learnt

From Kaiser, Mostafa and Neftci, Front. Neurosci. 14:424, 2020, with the sizes and constants of its
code for DVS128 Gesture. There is no reset: R is all that a spike does to its neuron. Each layer
learns from its own read-out (``models.learning.local_loss``), and no error passes from layer to
layer or through time: inputs and all that is carried on are detached, and P alone says which
synapse had a part in U. The slope of a spike is taken as 1 where U is within 1/2 of the threshold.

What is ours: the traces are means of their inputs instead of sums, and ``initialise`` brings U into
the range where spikes have a slope, so that ordinary learning rates do. ``alpha``, ``beta`` and
``gamma`` are those of a millisecond; a step of dt takes their powers alpha^dt and so on. The first
layer sees counts per millisecond, the others the spike that a step has or has not, whatever its
length, so U means the same in steps of any length. The paper names the class with the highest
read-out at each step and takes the most common one; here that class fires in the layer "output" if
its read-out is above ``threshold``, and else nothing does.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.networks.decolle_layer import DecolleParameters, Layer
from models.networks.fan_out import conv_fan_out
from models.neurons.decolle_lif import LayerState, Rates

# 99 thousand weights; a tick takes a server's core 1.1 ms by itself and 0.4 ms in chunks of 40.
SMALL = DecolleParameters(
    channels=(32, 48, 48), kernels=(7, 5, 5), strides=(2, 1, 1), pools=(1, 2, 1), dropout=0.3
)


class DecolleState(NamedTuple):
    """What is carried from tick to tick; ``readout`` (B, classes) is the averaged one."""

    layers: tuple[LayerState, ...]
    readout: torch.Tensor


class StreamPlan(NamedTuple):
    """What stays the same from tick to tick: rates, and factors and biases (C, 1, 1) by layer."""

    rates: Rates
    scales: tuple[torch.Tensor, ...]
    biases: tuple[torch.Tensor, ...]


def fire(readout: torch.Tensor, threshold: float) -> torch.Tensor:
    """Read-outs (..., classes) -> spikes: the highest one fires if it is above the threshold."""
    best, index = readout.max(-1)
    spikes = functional.one_hot(index, readout.shape[-1]).to(readout.dtype)
    return spikes * (best > threshold)[..., None]


class Decolle(nn.Module):
    """``forward`` takes counts (T, B, 2, H, W) and a state, and gives spikes of all layers."""

    def __init__(self, parameters: DecolleParameters) -> None:
        super().__init__()
        self.sizes = p = parameters
        generator = torch.Generator().manual_seed(p.seed)
        before = (2, *p.channels)
        depth = range(len(p.channels))
        self.stack = nn.ModuleList(Layer(before[i], i, p, generator) for i in depth)
        self.layer_names = (*(f"conv{i + 1}" for i in depth), "output")

    def forward(
        self,
        counts: torch.Tensor,
        state: DecolleState | None = None,
        dt_ms: float = 1.0,
        readouts: bool = False,
    ) -> (
        tuple[list[torch.Tensor], DecolleState]
        | tuple[list[torch.Tensor], DecolleState, list[torch.Tensor]]
    ):
        """Counts (T, B, 2, H, W) per step of ``dt_ms`` -> spikes of each layer (T, B, ...), state.

        With ``readouts`` also y (T, B, classes) of each layer but the last. Only these have
        gradients, by the weights of their own layers.
        """
        rates = self.rates(dt_ms)
        spikes, states, said = [], [], []
        x = counts / dt_ms
        for index, layer in enumerate(self.layers()):
            fired, after = layer(x, None if state is None else state.layers[index], rates)
            said.append(layer.readout(fired))
            x = fired.detach()
            spikes.append(x)
            states.append(after)
        deciding = said[self.sizes.deciding].detach()
        output, mean = self.decide(deciding, None if state is None else state.readout, rates)
        spikes, state = [*spikes, output], DecolleState(tuple(states), mean)
        return (spikes, state, said) if readouts else (spikes, state)

    def layers(self) -> list[Layer]:
        """All layers with weights, input side first."""
        return list(self.stack)  # type: ignore[arg-type]

    def rates(self, dt_ms: float) -> Rates:
        """How far each trace goes in a step of ``dt_ms``."""
        p = self.sizes
        smooth = math.exp(-dt_ms / p.smooth_ms) if p.smooth_ms else 0.0
        return Rates(1 - p.beta**dt_ms, 1 - p.alpha**dt_ms, 1 - p.gamma**dt_ms, 1 - smooth)

    def decide(
        self, readout: torch.Tensor, mean: torch.Tensor | None, rates: Rates
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The deciding read-outs (T, ..., classes) and their mean before -> output, mean after."""
        mean = torch.zeros_like(readout[0]) if mean is None else mean
        means = torch.empty_like(readout)
        for now, after in zip(readout, means, strict=True):
            mean = torch.lerp(mean, now, rates.readout, out=after)
        return fire(means, self.sizes.threshold), mean.clone()

    def initialise(self, counts: torch.Tensor, dt_ms: float = 1.0) -> None:
        """Bring the potentials of every layer into range on counts (T, B, 2, H, W), in order.

        After LSUV (Mishkin and Matas, ICLR 2016), from orthogonal weights, but by channel and with
        factors that are not learnt. Weights keep their size, and it draws no random numbers.

        Raises:
            ValueError: a channel's potential is the same everywhere.
        """
        rates, x = self.rates(dt_ms), counts / dt_ms
        for layer in self.layers():
            layer.initialise(x, rates)
            with torch.no_grad():
                x, _ = layer(x, None, rates)

    @torch.inference_mode()
    def plan(self, tick_ms: float) -> StreamPlan:
        """What ``stream`` needs at every tick and what stays the same from tick to tick."""
        first, *others = (layer.gain.view(-1, 1, 1) for layer in self.layers())
        biases = tuple(layer.bias.view(-1, 1, 1) for layer in self.layers())
        return StreamPlan(self.rates(tick_ms), (first / tick_ms, *others), biases)

    @torch.inference_mode()
    def stream(
        self, counts: torch.Tensor, state: DecolleState | None, plan: StreamPlan
    ) -> tuple[list[torch.Tensor], DecolleState]:
        """``forward`` for one stream and without gradients: counts (T, 2, H, W) of T ticks.

        Spikes are convolved before they are filtered: their sums are exact, those of traces would
        not be. So chunks of ticks give exactly what single ticks give.
        """
        spikes, states = [], []
        x = counts
        for index, layer in enumerate(self.layers()):
            before = None if state is None else state.layers[index]
            x, after = layer.stream(x, before, plan.scales[index], plan.biases[index], plan.rates)
            spikes.append(x)
            states.append(after)
        deciding = self.sizes.deciding
        said = self.layers()[deciding].readout(spikes[deciding])
        output, mean = self.decide(said, None if state is None else state.readout, plan.rates)
        return [*spikes, output], DecolleState(tuple(states), mean)

    @torch.inference_mode()
    def decay(self, state: DecolleState, lost_ms: float, tick_ms: float) -> DecolleState:
        """The state after ``lost_ms`` without input or spike, streamed in ticks of ``tick_ms``."""
        one, lost = self.rates(tick_ms), self.rates(lost_ms)
        # What Q hands on to P while it decays itself: the sum of alpha^(n-1-k) beta^k over n ticks.
        handed = one.p * (lost.q - lost.p) / (one.q - one.p)
        layers = tuple(
            LayerState(s.q * (1 - lost.q), s.p * (1 - lost.p) + s.q * handed, s.r * (1 - lost.r))
            for s in state.layers
        )
        return DecolleState(layers, state.readout * (1 - lost.readout))

    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream: round the weights, whatever ``dt_ms``."""
        for layer in self.layers():
            layer.quantise()
        self.eval()

    def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
        """For every layer's inputs, flattened, the number of nonzero synapses each one reaches.

        Of the read-outs only the deciding one counts, with the spikes that it reads: where it is
        not the last, these are the inputs of the next convolution.
        """
        maps, shape = [], torch.Size(input_shape)
        for layer, side in zip(self.layers(), self.sizes.sides, strict=True):
            op = layer.op
            connected = (op.weight != 0).to(torch.float32)
            maps.append(conv_fan_out(connected, shape, op.stride[0], int(op.padding[0])))
            shape = torch.Size((len(op.weight), side, side))
        maps.append(torch.zeros(shape.numel()))
        deciding = range(len(self.stack))[self.sizes.deciding]
        read = self.layers()[deciding].readout_weight
        maps[deciding + 1] += torch.count_nonzero(read, 0)
        return maps
