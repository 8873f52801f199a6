"""Trinary synapses and threshold neurons without memory: only what changes is walked.

A neuron fires at every tick in which the sum of its inputs reaches its threshold, so a layer's
spikes are those of the tick before but for the neurons whose inputs have changed:

    on or off below  ->  add or take away a run of weights  ->  on or off where a sum has crossed

Sums are of whole numbers, so that what was added and taken away again leaves nothing behind.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.masks import ONE, Mask, first_flag
from models.engine.synapses import Runs


class TrinaryLayer(NamedTuple):
    """A grouped convolution, its neurons and their present state.

    ``weight`` int16 is flat, a block for each of ``channels`` inputs, which reach the neurons from
    ``begins`` (C,) on at each pixel. Of the neurons, ``threshold`` (N,) int16, ``known_as`` (N,)
    the places by which the next layer knows them, ``total`` (N,) int16 sums, ``on`` (N,) uint8
    which of them reach the threshold. ``mask`` and ``changed`` are room for those that change.
    """

    weight: np.ndarray
    channels: int
    begins: np.ndarray
    runs: Runs
    threshold: np.ndarray
    known_as: np.ndarray
    total: np.ndarray
    on: np.ndarray
    mask: Mask
    changed: np.ndarray


@compiled
def pass_on(layer: TrinaryLayer, changes: np.ndarray) -> None:
    """Add the weights of inputs that went on, take away those of inputs that went off.

    Changes are numbers of places from 1, negative for off.
    """
    weight, runs, channels = layer.weight, layer.runs, layer.channels
    for change in changes:
        place = abs(change) - 1
        pixel = runs.pixel_of[place]
        channel = place - pixel * channels
        block = weight[channel * runs.block :]
        group = layer.total[layer.begins[channel] :]
        for run in range(runs.first[pixel], runs.first[pixel + 1]):
            length = runs.lengths[run]
            total = group[runs.targets[run] : runs.targets[run] + length]
            weights = block[runs.offsets[run] : runs.offsets[run] + length]
            if change > 0:
                for i in range(length):
                    total[i] += weights[i]
            else:
                for i in range(length):
                    total[i] -= weights[i]


@compiled
def decide(layer: TrinaryLayer) -> np.ndarray:
    """Let neurons fire or fall silent: those that changed, as the next layer knows them."""
    flags = layer.mask.flags
    for i in range(flags.shape[0]):
        flags[i] = np.uint8(layer.total[i] >= layer.threshold[i]) ^ layer.on[i]
    return list_changes(layer.mask, layer.on, layer.known_as, layer.changed)


@compiled
def list_changes(
    mask: Mask, on: np.ndarray, known_as: np.ndarray, changed: np.ndarray
) -> np.ndarray:
    """Turn over what ``mask`` says changes, and list it: numbers from 1, negative for off."""
    count = 0
    for at in range(mask.words.shape[0]):
        word = mask.words[at]
        while word:
            i = 8 * at + first_flag(word)
            word &= word - ONE
            on[i] ^= np.uint8(1)
            place = known_as[i] + 1
            changed[count] = place if on[i] else -place
            count += 1
    return changed[:count]
