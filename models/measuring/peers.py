"""The default network in other libraries, to time and to compare with: their neurons between
this network's weights, delays and gain.

Every library gets its own LIF neuron with one leak per channel, threshold 1 and reset by
subtraction, and the whole chunk of ticks at once where it has a multi-step mode; those that have
none step their neurons tick by tick behind synapses that take the chunk at once, which flatters
them. Only here are they imported, one by one, and none is needed to run this program.
"""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn

from models.networks.conv_lif import ConvLif
from models.networks.delay_line import stream_arrivals
from models.spec import ModelSpec, TickEvents, TickOutput


class Neurons(Protocol):
    """A layer of LIF neurons: charges (T, C, ...) -> spikes (T, C, ...); keeps its membranes.

    ``scale`` (C, ...) is what a charge is multiplied by before it gets here.
    """

    scale: torch.Tensor

    def __call__(self, charge: torch.Tensor) -> torch.Tensor: ...


MakeNeurons = Callable[[torch.Tensor], Neurons]


class PlainTorch:
    """As a tutorial would write it."""

    def __init__(self, decay: torch.Tensor) -> None:
        self.scale = torch.ones_like(decay)
        self._decay = decay
        self._v: torch.Tensor | None = None

    def __call__(self, charge: torch.Tensor) -> torch.Tensor:
        v = torch.zeros_like(charge[0]) if self._v is None else self._v
        spikes = []
        for step in charge:
            u = v * self._decay + step
            fired = (u >= 1).to(u.dtype)
            v = u - fired
            spikes.append(fired)
        self._v = v
        return torch.stack(spikes)


class SnnTorch:
    """``snntorch.Leaky``; it has no multi-step mode.

    The threshold is subtracted here: its own reset takes a membrane that is still above the
    threshold for one that has just fired.
    """

    def __init__(self, decay: torch.Tensor) -> None:
        leaky = importlib.import_module("snntorch").Leaky
        self.scale = torch.ones_like(decay)
        self._cell = leaky(decay, reset_mechanism="none")
        self._membrane: torch.Tensor | None = None

    def __call__(self, charge: torch.Tensor) -> torch.Tensor:
        spikes = []
        for step in charge.unbind():
            fired, membrane = self._cell(step, self._membrane)
            self._membrane = membrane - fired
            spikes.append(fired)
        return torch.stack(spikes)


class SpikingJelly:
    """``ParametricLIFNode`` in multi-step mode; ``LIFNode`` has one leak for all channels."""

    def __init__(self, decay: torch.Tensor) -> None:
        neuron = importlib.import_module("spikingjelly.activation_based.neuron")
        self.scale = torch.ones_like(decay)
        self._node = neuron.ParametricLIFNode(
            decay_input=False, v_threshold=1.0, v_reset=None, step_mode="m"
        )
        self._node.w = torch.nn.Parameter(torch.logit(1 - decay))
        self._node.eval()

    def __call__(self, charge: torch.Tensor) -> torch.Tensor:
        spikes: torch.Tensor = self._node(charge)
        return spikes


class Norse:
    """``LIFBoxCell``, which has no multi-step mode and scales its input by the leak."""

    def __init__(self, decay: torch.Tensor) -> None:
        box = importlib.import_module("norse.torch.functional.lif_box")
        cell = importlib.import_module("norse.torch.module.lif_box").LIFBoxCell
        reset = importlib.import_module("norse.torch.functional.reset").reset_subtract
        self.scale = 1 / (1 - decay)
        parameters = box.LIFBoxParameters(
            tau_mem_inv=1 - decay, method="heaviside", reset_method=reset
        )
        self._cell = cell(parameters, dt=1.0)
        self._state: Any = None
        self._first = box.LIFBoxFeedForwardState

    def __call__(self, charge: torch.Tensor) -> torch.Tensor:
        if self._state is None:
            self._state = self._first(v=torch.zeros_like(charge[0]))
        spikes = []
        for step in charge.unbind():
            fired, self._state = self._cell(step, self._state)
            spikes.append(fired)
        return torch.stack(spikes)


class Sinabs:
    """``sinabs.layers.LIF``, which takes all ticks at once."""

    def __init__(self, decay: torch.Tensor) -> None:
        layers = importlib.import_module("sinabs.layers")
        activation = importlib.import_module("sinabs.activation")
        self.scale = torch.ones_like(decay)
        tau = -1 / torch.log(decay)
        self._layer = layers.LIF(tau, spike_fn=activation.SingleSpike, norm_input=False).eval()

    def __call__(self, charge: torch.Tensor) -> torch.Tensor:
        spikes: torch.Tensor = self._layer(charge[None])[0]
        return spikes


PEERS: dict[str, MakeNeurons] = {
    "plain torch": PlainTorch,
    "snnTorch": SnnTorch,
    "SpikingJelly": SpikingJelly,
    "Norse": Norse,
    "Sinabs": Sinabs,
}


class PeerSession:
    """A finished default network whose neurons are another library's, on one stream.

    Raises:
        ImportError: the library is not here, or one that it needs.
    """

    def __init__(self, network: ConvLif, spec: ModelSpec, make_neurons: MakeNeurons) -> None:
        self.spec = spec
        self._network = network
        self._plan = network.plan(spec.tick_us / 1000)
        self._make = make_neurons
        self._neurons = [make_neurons(decay) for decay in self._plan.decays]
        self._ops = [copy.deepcopy(projection.op) for projection, _ in network.layers()]
        self._drives: list[torch.Tensor] = []
        for op, drive, neurons in zip(self._ops, self._plan.drives, self._neurons, strict=True):
            self._scale(op, neurons.scale)
            self._drives.append(drive * neurons.scale)
        self.reset()

    @staticmethod
    @torch.no_grad()
    def _scale(op: nn.Conv2d | nn.Linear, scale: torch.Tensor) -> None:
        op.weight.mul_(scale.view(-1, *(1,) * (op.weight.dim() - 1)))

    def reset(self) -> None:
        """Forget everything seen so far."""
        self._neurons = [self._make(decay) for decay in self._plan.decays]
        self._rate: torch.Tensor | None = None
        self._underway: list[torch.Tensor | None] = [None] * len(self._ops)

    def skip(self, duration_us: int) -> None:
        """Nothing is lost in what is timed.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("a peer is timed on streams without gaps only")

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks; only the output is written down."""
        with torch.inference_mode():
            x = torch.from_numpy(ticks.counts())
            gain, self._rate = self._network.gain(x[:, None], self._rate, self._plan.tick_ms)
            for index, op in enumerate(self._ops):
                x = self._layer(index, op, x.flatten(1) if index == 3 else x, gain)
            classes = x.unflatten(1, (len(self.spec.classes), -1)).sum(2).to(torch.int32)
        return TickOutput(classes.numpy(), (), np.zeros(len(ticks), np.int64))

    def _layer(
        self, index: int, op: nn.Conv2d | nn.Linear, x: torch.Tensor, gain: torch.Tensor
    ) -> torch.Tensor:
        delays = self._plan.delays[index]
        arrived, self._underway[index] = stream_arrivals(x, self._underway[index], delays)
        charge: torch.Tensor = op(arrived)
        if index == 0:
            charge = charge * gain.view(-1, 1, 1, 1)
        return self._neurons[index](charge + self._drives[index])
