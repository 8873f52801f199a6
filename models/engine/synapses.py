"""Synapses that are walked by the spikes that reach them: for each spike, add rows of weights.

An input place (y, x, c) with kernel K, stride s and padding p reaches the outputs

    o = (y + p - k) / s        for every kernel row k for which o is a whole number inside the map

and columns likewise. A dense layer is the same with a kernel as large as its input and one output
place. Maps lie channels last, (H, W, C), so what one place of the kernel weighs for all outputs C'
is one row of memory.

Weights are whole multiples of a power of two, so sums are exact in float32 whatever their order,
and equal those of a convolution over the whole picture.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.engine.compiling import compiled


class Synapses(NamedTuple):
    """``weight`` is (D, C, K, K, C') float32, a set for each delay; ``inputs`` and ``outputs`` are
    the sides of the square maps."""

    weight: np.ndarray
    stride: int
    padding: int
    inputs: int
    outputs: int


def convolution(weight: np.ndarray, sets: int, stride: int, padding: int, inputs: int) -> Synapses:
    """Those of a convolution with ``weight`` (C', D C, K, K), D ``sets`` of inputs one by one."""
    outputs, channels, kernel, _ = weight.shape
    apart = weight.reshape(outputs, sets, channels // sets, kernel, kernel)
    side = (inputs + 2 * padding - kernel) // stride + 1
    return Synapses(_rows_last(apart), stride, padding, inputs, side)


def dense(weight: np.ndarray, sets: int, inputs: int) -> Synapses:
    """Those of a dense layer with ``weight`` (N', D C H W), the side of its input ``inputs``."""
    return convolution(weight.reshape(len(weight), -1, inputs, inputs), sets, 1, 0, inputs)


def reached(synapses: Synapses) -> np.ndarray:
    """The nonzero synapses that each input place reaches, (H W C,) int64."""
    weight, side, stride = synapses.weight, synapses.inputs, synapses.stride
    connected = np.count_nonzero(weight, axis=(0, 4))  # (C, K, K)
    kernel = weight.shape[2]
    # o s - p + k for all outputs o and kernel places k, cut off at the input's edges.
    at = stride * np.arange(synapses.outputs)[:, None] - synapses.padding + np.arange(kernel)
    hits = (at[:, :, None] == np.arange(side)).sum(0)  # (K, H)
    return np.einsum("cyx,yh,xw->hwc", connected, hits, hits).reshape(-1)


def _rows_last(weight: np.ndarray) -> np.ndarray:
    """Weights (C', D, C, K, K) as (D, C, K, K, C')."""
    return np.ascontiguousarray(np.moveaxis(weight, 0, -1), np.float32)


@compiled
def deliver(synapses: Synapses, delay: int, spikes: np.ndarray, charge: np.ndarray) -> None:
    """Add what ``spikes`` (places) bring by the set ``delay`` to ``charge`` (H' W', C')."""
    weight, stride, side = synapses.weight, synapses.stride, synapses.outputs
    channels, kernel = weight.shape[1], weight.shape[2]
    for place in spikes:
        pixel, channel = place // channels, place % channels
        top = pixel // synapses.inputs + synapses.padding
        left = pixel % synapses.inputs + synapses.padding
        first = max(0, (left - kernel) // stride + 1)
        last = min(side, left // stride + 1)
        for row in range(max(0, (top - kernel) // stride + 1), min(side, top // stride + 1)):
            rows = weight[delay, channel, top - row * stride]
            for column in range(first, last):
                target, weights = charge[row * side + column], rows[left - column * stride]
                for i in range(weights.shape[0]):
                    target[i] += weights[i]
