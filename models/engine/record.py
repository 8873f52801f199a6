"""What is noted of a run: spikes of the layers that are asked for, and what they cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.engine.compiling import compiled


class Record(NamedTuple):
    """``spikes`` (T, N) uint8 holds all neurons side by side, those of layer i from ``begins[i]``
    on, channels last; ``operations`` (T,) counts synapses reached, ``reach`` (inputs + N,) how many
    each input place and neuron reaches."""

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
    begin = record.begins[layer]
    inputs = record.reach.shape[0] - record.spikes.shape[1]
    total = 0
    for place in places:
        record.spikes[t, begin + place] = 1
        total += record.reach[inputs + begin + place]
    record.operations[t] += total
