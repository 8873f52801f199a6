"""Synapses that are walked by the spikes that reach them: for each spike, add rows of weights.

An input place (y, x, c) with kernel K, stride s and padding p reaches the outputs

    o = (y + p - k) / s        for every kernel row k for which o is a whole number inside the map

and columns likewise. A dense layer is the same with a kernel as large as its input and one output
place. Maps lie channels last, (H, W, C), and kernel columns in the order in which they meet
neighbouring outputs, so what one kernel row weighs for all its outputs is one run of memory.

Weights are whole multiples of a power of two, so sums are exact in float32 whatever their order,
and equal those of a convolution over the whole picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.compiling import compiled


class Runs(NamedTuple):
    """What each input place reaches, as runs of outputs side by side.

    Those of ``pixel_of`` (H W C,) are ``targets[first[pixel] : first[pixel + 1]]``: the first
    output of each run, its ``lengths``, and the ``offsets`` of its first weight among the
    ``block`` weights of an input channel.
    """

    pixel_of: np.ndarray
    first: np.ndarray
    targets: np.ndarray
    offsets: np.ndarray
    lengths: np.ndarray
    block: int


class Synapses(NamedTuple):
    """``weight`` is flat: a block for each of the ``channels`` in each set of delayed inputs."""

    weight: np.ndarray
    channels: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Geometry:
    """A convolution over square maps: kernel, stride, padding and the side of the input."""

    kernel: int
    stride: int
    padding: int
    inputs: int

    @property
    def outputs(self) -> int:
        """The side of the map behind it."""
        return (self.inputs + 2 * self.padding - self.kernel) // self.stride + 1

    def column_order(self) -> list[int]:
        """Kernel columns: those that one input meets at neighbouring outputs, one after another."""
        downward = range(self.kernel - 1, -1, -1)
        return [k for phase in range(self.stride) for k in downward if k % self.stride == phase]

    def meets(self, at: int) -> list[tuple[int, int]]:
        """Outputs along one axis that an input reaches, and the kernel's place at each."""
        places = ((out, at + self.padding - out * self.stride) for out in range(self.outputs))
        return [(out, k) for out, k in places if 0 <= k < self.kernel]


@dataclass(frozen=True, slots=True)
class Wiring:
    """Synapses ready to walk, the map behind them, and the nonzero ones that each input reaches.

    ``reach`` is (H W C,) int64; ``outputs`` the side of the map behind, ``width`` its channels.
    """

    synapses: Synapses
    outputs: int
    width: int
    reach: np.ndarray


def convolution(weight: np.ndarray, sets: int, stride: int, padding: int, inputs: int) -> Wiring:
    """That of a convolution with ``weight`` (C', D C, K, K), D ``sets`` of inputs one by one."""
    width, channels, kernel, _ = weight.shape
    geometry = Geometry(kernel, stride, padding, inputs)
    apart = weight.reshape(width, sets, channels // sets, kernel, kernel)
    rows = np.moveaxis(apart, 0, -1)  # (D, C, K, K, C')
    ordered = np.ascontiguousarray(rows[:, :, :, geometry.column_order()], np.float32)
    runs = make_runs(geometry, channels // sets, width)
    synapses = Synapses(ordered.reshape(-1), channels // sets, runs)
    return Wiring(synapses, geometry.outputs, width, reached(rows, geometry))


def dense(weight: np.ndarray, sets: int, inputs: int) -> Wiring:
    """That of a dense layer with ``weight`` (N', D C H W), the side of its input ``inputs``."""
    return convolution(weight.reshape(len(weight), -1, inputs, inputs), sets, 1, 0, inputs)


def make_runs(geometry: Geometry, channels: int, width: int, across: int | None = None) -> Runs:
    """The runs of a convolution whose outputs have ``width`` channels.

    With groups, an input reaches ``width`` of the ``across`` channels of an output only, so that
    every output is a run of its own; targets are then those of the first group.
    """
    kernel, order = geometry.kernel, geometry.column_order()
    meets = [geometry.meets(at) for at in range(geometry.inputs)]
    columns = [_side_by_side(met, order, across is not None) for met in meets]
    first, runs = [0], []
    for y in range(geometry.inputs):
        for x in range(geometry.inputs):
            runs += [
                (
                    (row * geometry.outputs + column) * (across or width),
                    (k * kernel + place) * width,
                    count * width,
                )
                for row, k in meets[y]
                for column, place, count in columns[x]
            ]
            first.append(len(runs))
    targets, offsets, lengths = np.array(runs, np.int32).reshape(-1, 3).T
    pixels = np.repeat(np.arange(geometry.inputs**2, dtype=np.int32), channels)
    return Runs(
        pixels,
        np.array(first, np.int32),
        np.ascontiguousarray(targets),
        np.ascontiguousarray(offsets),
        np.ascontiguousarray(lengths),
        kernel * kernel * width,
    )


def _side_by_side(
    met: list[tuple[int, int]], order: list[int], one_by_one: bool
) -> list[tuple[int, int, int]]:
    """Outputs of one axis as runs: the first one, its kernel column's place, how many."""
    places = [(out, order.index(k)) for out, k in met]
    if one_by_one or not places:
        return [(out, place, 1) for out, place in places]
    return [(*places[0], len(places))]


def reached(rows: np.ndarray, geometry: Geometry) -> np.ndarray:
    """The nonzero ones of weights (D, C, K, K, C') that each input place reaches, (H W C,)."""
    connected = np.count_nonzero(rows, axis=(0, 4))  # (C, K, K)
    hits = np.zeros((geometry.kernel, geometry.inputs), np.int64)
    for at in range(geometry.inputs):
        for _, k in geometry.meets(at):
            hits[k, at] += 1
    return np.asarray(np.einsum("cyx,yh,xw->hwc", connected, hits, hits).reshape(-1))


def reach_of(wirings: Sequence[Wiring]) -> np.ndarray:
    """What each input place and then each neuron reaches, (N,) int64; the last ones nothing."""
    last = wirings[-1]
    nothing = np.zeros(last.outputs**2 * last.width, np.int64)
    return np.concatenate([*(wiring.reach for wiring in wirings), nothing])


@compiled
def deliver(synapses: Synapses, delay: int, spikes: np.ndarray, charge: np.ndarray) -> None:
    """Add what ``spikes`` (places) bring by the set ``delay`` to ``charge`` (H' W' C',)."""
    weight, runs, channels = synapses.weight, synapses.runs, synapses.channels
    for place in spikes:
        pixel = runs.pixel_of[place]
        block = weight[(delay * channels + place - pixel * channels) * runs.block :]
        for run in range(runs.first[pixel], runs.first[pixel + 1]):
            length = runs.lengths[run]
            target = charge[runs.targets[run] : runs.targets[run] + length]
            weights = block[runs.offsets[run] : runs.offsets[run] + length]
            for i in range(length):
                target[i] += weights[i]
