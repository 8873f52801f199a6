"""What is noted of a run: spikes of the layers that are asked for, and what they cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.engine.compiling import compiled


class Record(NamedTuple):
    """All neurons have a place side by side, those of layer i from ``begins[i]`` on, channels last.

    ``spikes`` (T, W) uint8 holds the last W of them, those that are watched. ``operations`` (T,)
    counts synapses reached, ``reach`` (inputs + N,) how many each input place and neuron reaches.
    For layers that only tell what changes, ``on`` (N,) is which neurons fire, and ``steady`` (1,)
    what their spikes reach.
    """

    spikes: np.ndarray
    operations: np.ndarray
    begins: np.ndarray
    reach: np.ndarray
    on: np.ndarray
    steady: np.ndarray


@compiled
def note_input(record: Record, t: int, places: np.ndarray) -> None:
    """Events at ``places`` came in at the tick ``t``."""
    total = 0
    for place in places:
        total += record.reach[place]
    record.operations[t] += total


@compiled
def note_spikes(record: Record, t: int, layer: int, places: np.ndarray) -> None:
    """Neurons at ``places`` of a layer fired at the tick ``t``."""
    begin, neurons = record.begins[layer], record.on.shape[0]
    inputs = record.reach.shape[0] - neurons
    total = 0
    for place in places:
        total += record.reach[inputs + begin + place]
    record.operations[t] += total
    watched = begin - (neurons - record.spikes.shape[1])
    if watched >= 0:
        for place in places:
            record.spikes[t, watched + place] = 1


@compiled
def note_changes(record: Record, layer: int, changes: np.ndarray) -> None:
    """Neurons of a layer went on or off: numbers from 1, negative for off."""
    begin = record.begins[layer]
    inputs = record.reach.shape[0] - record.on.shape[0]
    total = 0
    for change in changes:
        place = begin + abs(change) - 1
        record.on[place] = change > 0
        reach = record.reach[inputs + place]
        total += reach if change > 0 else -reach
    record.steady[0] += total


@compiled
def note_state(record: Record, t: int) -> None:
    """At the tick ``t`` those neurons fire that are on."""
    record.operations[t] += record.steady[0]
    record.spikes[t] = record.on[record.on.shape[0] - record.spikes.shape[1] :]
