"""What a network costs apart from time, counted as NeuroBench counts it, and its memory.

From Yik et al., The NeuroBench framework, Nature Communications 16, 2025, and its package:

* Synaptic operations of one execution of a layer: a pair of a nonzero input and a nonzero weight
  that meet. They are *accumulations* (ACs) if all inputs of that execution are -1, 0 or 1, else
  *multiply-accumulations* (MACs). *Dense* operations count every pair, zeros as well. Zeros around
  a map are no inputs, a bias is no synapse, and pooling and normalisation are not counted.
* Activation sparsity: the part of zeros in what neurons gave, over all layers, ticks and samples.
* Footprint: the bytes of parameters and buffers.

An execution is one tick here, or one clip of C3D. So a tick in which a pixel has two events makes
the first layer's operations of that tick multiply-accumulations, and a count of 2 meets a weight
once. A session's ``synaptic_operations`` count such an event twice, and count what NeuroBench
leaves out: pools, the cascade of Eedn, and delayed synapses when the spike leaves instead of when
it arrives.

Layers are counted as they are streamed: weights meet spikes, and the filters of SLAYER's and
DECOLLE's synapses come behind. With traces as inputs, as they are written down in their papers,
the same operations would be multiply-accumulations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from models.networks.streaming import StreamingNetwork

SYNAPSES = (functional.conv1d, functional.conv2d, functional.conv3d, functional.linear)
# So many ticks pass the network at once. One alone may take short cuts past the layers.
CHUNK_TICKS = 40


@dataclass(frozen=True, slots=True)
class Footprint:
    """Counts over ``ticks`` of a stream.

    ``zeros`` of ``activations`` were 0. ``state_bytes`` is what is carried from tick to tick, as
    the tensors of the state are long.
    """

    ticks: int
    accumulations: int
    multiply_accumulations: int
    dense: int
    zeros: int
    activations: int
    state_bytes: int

    @property
    def activation_sparsity(self) -> float | None:
        """None without a single neuron's output."""
        return self.zeros / self.activations if self.activations else None


class FootprintMeter:
    """Streams counts through a finished network with a state of its own, and counts.

    Activations are those of the spiking layers; a network with rectifiers has theirs instead. With
    ``both_ways`` the network has a second look at the mirror image, which costs as much again.
    """

    def __init__(
        self, network: StreamingNetwork, tick_ms: float, *, both_ways: bool = False
    ) -> None:
        self._twin = FootprintMeter(network, tick_ms) if both_ways else None
        self._network = network
        self._tick_ms = tick_ms
        self._plan = network.plan(tick_ms)
        self._state: Any = None
        self._state_bytes = 0
        self._waiting: list[np.ndarray] = []
        self._ticks = 0
        self._synapses = _Synapses()
        self._spiking = _Activations()

    def run(self, counts: np.ndarray) -> None:
        """Take in counts (T, 2, H, W) of the next ticks."""
        if self._twin is not None:
            self._twin.run(counts[..., ::-1])
        # They may lie in memory that is used again.
        self._waiting.append(counts.astype(np.float32))
        if sum(map(len, self._waiting)) >= CHUNK_TICKS:
            self._flush()

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        if self._twin is not None:
            self._twin.skip(duration_us)
        self._end_stretch()
        if self._state is not None:
            lost_ms = duration_us / 1000
            self._state = self._network.decay(self._state, lost_ms, self._tick_ms)

    def reset(self) -> None:
        """Begin a new stream."""
        if self._twin is not None:
            self._twin.reset()
        self._end_stretch()
        self._state = None

    def result(self) -> Footprint:
        """All counts so far; where a stretch ended in a tick by itself, that is left out."""
        self._flush()
        rectified = self._synapses.rectified
        shown = rectified if rectified.total else self._spiking
        mine = Footprint(
            self._ticks,
            self._synapses.accumulations,
            self._synapses.multiply_accumulations,
            self._synapses.dense,
            shown.zeros,
            shown.total,
            self._state_bytes,
        )
        return mine if self._twin is None else _of_both(mine, self._twin.result())

    def _end_stretch(self) -> None:
        self._flush()
        self._waiting.clear()

    @torch.inference_mode()
    def _flush(self) -> None:
        if sum(map(len, self._waiting)) < 2:
            return
        x = torch.from_numpy(np.concatenate(self._waiting))
        self._waiting.clear()
        with self._synapses:
            spikes, self._state = self._network.stream(x, self._state, self._plan)
        for layer in spikes:
            self._spiking.add(layer)
        self._ticks += len(x)
        self._state_bytes = state_bytes(self._state)


def _of_both(one: Footprint, other: Footprint) -> Footprint:
    """Of two looks at the same ticks."""
    sums = {
        field.name: getattr(one, field.name) + getattr(other, field.name) for field in fields(one)
    }
    return Footprint(**{**sums, "ticks": one.ticks})


class _Activations:
    """How many outputs of neurons there were, and how many of them were 0."""

    def __init__(self) -> None:
        self.zeros = 0
        self.total = 0

    def add(self, outputs: torch.Tensor) -> None:
        self.zeros += outputs.numel() - int(torch.count_nonzero(outputs))
        self.total += outputs.numel()


class _Synapses(TorchFunctionMode):
    """While it is entered, it counts what convolutions, dense layers and rectifiers do.

    The first axis of their inputs counts executions: ticks of one stream, or clips.
    """

    def __init__(self) -> None:
        super().__init__()
        self.accumulations = 0
        self.multiply_accumulations = 0
        self.dense = 0
        self.rectified = _Activations()
        self._dense_of: dict[tuple[Any, ...], int] = {}

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        if func in SYNAPSES:
            self._count(func, *args, **(kwargs or {}))
        elif func is functional.relu:
            self.rectified.add(result)
        return result

    def _count(
        self, func: Callable[..., torch.Tensor], x: torch.Tensor, weight: torch.Tensor,
        bias: torch.Tensor | None = None, *geometry: Any, **named_geometry: Any,
    ) -> None:  # fmt: skip
        def meetings(inputs: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
            met = func(inputs, weights, None, *geometry, **named_geometry)
            return met.flatten(1).sum(1, dtype=torch.float64).round()

        live = (x != 0).to(x.dtype)
        effective = meetings(live, (weight != 0).to(weight.dtype))
        is_binary = (x.abs() == live).flatten(1).all(1)
        self.accumulations += int(effective[is_binary].sum())
        self.multiply_accumulations += int(effective[~is_binary].sum())
        key = (func, x.shape[1:], weight.shape, *geometry, *named_geometry.items())
        if key not in self._dense_of:
            every = meetings(torch.ones_like(x[:1]), torch.ones_like(weight))
            self._dense_of[key] = int(every.sum())
        self.dense += len(x) * self._dense_of[key]


def parameter_bytes(network: nn.Module) -> int:
    """The bytes of all parameters and buffers."""
    return sum(t.numel() * t.element_size() for t in (*network.parameters(), *network.buffers()))


def parameter_count(network: nn.Module) -> int:
    """How many numbers of a finished network were learnt.

    These are its parameters, and the whole numbers that Eedn's weights and thresholds have become.
    """
    whole = (b for b in network.buffers() if b.dtype in (torch.int8, torch.int32))
    return sum(t.numel() for t in (*network.parameters(), *whole))


def state_bytes(state: Any) -> int:
    """The bytes of all tensors in nested tuples."""
    return sum(t.numel() * t.element_size() for t in _tensors(state))


def _tensors(state: Any) -> Iterator[torch.Tensor]:
    if isinstance(state, torch.Tensor):
        yield state
    elif isinstance(state, tuple):
        for part in state:
            yield from _tensors(part)
