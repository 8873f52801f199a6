"""Trinary synapses and threshold neurons without memory: only what changes is walked.

A neuron fires at every tick in which the sum of its inputs reaches its threshold, so a layer's
spikes are those of the tick before but for the neurons whose inputs have changed:

    on or off below  ->  add or take away a row of weights  ->  on or off at the places touched

Sums are of whole numbers, so that what was added and taken away again leaves nothing behind.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.engine.compiling import compiled
from models.engine.synapses import Synapses, reached


class TrinaryLayer(NamedTuple):
    """A grouped convolution, its neurons and their present state.

    ``weight`` (C, K, K, C' / G) int16 of each input channel, ``threshold`` (C',), ``order`` (C',)
    the channel by which each neuron is known to the next layer. ``total`` (P, C') sums, ``on``
    (P, C') uint8 which of them reach the threshold, ``touched`` (P,) the places to look at again,
    and room for the ``changed`` (N,) places as the next layer knows them: on if positive, off if
    negative, by number from 1.
    """

    weight: np.ndarray
    threshold: np.ndarray
    order: np.ndarray
    stride: int
    padding: int
    inputs: int
    outputs: int
    total: np.ndarray
    on: np.ndarray
    touched: np.ndarray
    changed: np.ndarray


@compiled
def pass_on(layer: TrinaryLayer, changes: np.ndarray) -> None:
    """Add the weights of inputs that went on, take away those of inputs that went off."""
    weight, stride, side = layer.weight, layer.stride, layer.outputs
    channels, kernel, width = weight.shape[0], weight.shape[1], weight.shape[3]
    per_group = channels * width // layer.threshold.shape[0]
    for change in changes:
        place = abs(change) - 1
        sign = np.int16(1 if change > 0 else -1)
        pixel, channel = place // channels, place % channels
        begin = channel // per_group * width
        top = pixel // layer.inputs + layer.padding
        left = pixel % layer.inputs + layer.padding
        for row in range(max(0, (top - kernel) // stride + 1), min(side, top // stride + 1)):
            for column in range(
                max(0, (left - kernel) // stride + 1), min(side, left // stride + 1)
            ):
                weights = weight[channel, top - row * stride, left - column * stride]
                total = layer.total[row * side + column, begin : begin + width]
                for i in range(width):
                    total[i] += sign * weights[i]
                layer.touched[row * side + column] = 1


@compiled
def decide(layer: TrinaryLayer) -> np.ndarray:
    """Let the neurons at touched places fire or fall silent: those that changed."""
    count, channels = 0, layer.threshold.shape[0]
    for pixel in range(layer.touched.shape[0]):
        if layer.touched[pixel]:
            layer.touched[pixel] = 0
            total, on = layer.total[pixel], layer.on[pixel]
            changes = 0
            for c in range(channels):
                changes += np.uint8(total[c] >= layer.threshold[c]) != on[c]
            if changes:
                count = _list_changes(layer, pixel, count)
    return layer.changed[:count]


@compiled
def _list_changes(layer: TrinaryLayer, pixel: int, count: int) -> int:
    total, on, channels = layer.total[pixel], layer.on[pixel], layer.threshold.shape[0]
    for c in range(channels):
        fires = np.uint8(total[c] >= layer.threshold[c])
        if fires != on[c]:
            on[c] = fires
            place = pixel * channels + layer.order[c] + 1
            layer.changed[count] = place if fires else -place
            count += 1
    return count


def layer_reach(layer: TrinaryLayer) -> np.ndarray:
    """The nonzero synapses that each input place reaches, (H W C,) int64."""
    synapses = Synapses(
        layer.weight[None], layer.stride, layer.padding, layer.inputs, layer.outputs
    )
    return reached(synapses)
