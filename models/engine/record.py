"""What is noted of a run: spikes of the layers that are asked for, and what they cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled


class Notes(NamedTuple):
    """What is known of all neurons, which have a place side by side, channels last.

    Those of layer i are from ``begins[i]`` on; ``reach`` (inputs + N,) is how many synapses each
    input place and neuron reaches. For layers that only tell what changes, ``on`` (N,) is which
    neurons fire, and ``steady`` (1,) what their spikes reach.
    """

    begins: np.ndarray
    reach: np.ndarray
    on: np.ndarray
    steady: np.ndarray


class Record(NamedTuple):
    """Notes of T ticks: ``spikes`` (T, W) uint8 of the last W neurons, those that are watched, and
    ``operations`` (T,), the synapses reached, or none of them; both are zero at first."""

    spikes: np.ndarray
    operations: np.ndarray
    notes: Notes


@compiled
def note_input(record: Record, t: int, places: np.ndarray) -> None:
    """Events at ``places`` came in at the tick ``t``."""
    if record.operations.shape[0]:
        reach, total = record.notes.reach, 0
        for place in places:
            total += reach[place]
        record.operations[t] += total


@compiled
def note_spikes(record: Record, t: int, layer: int, places: np.ndarray) -> None:
    """Neurons at ``places`` of a layer fired at the tick ``t``."""
    begin, neurons = record.notes.begins[layer], record.notes.on.shape[0]
    if record.operations.shape[0]:
        reach = record.notes.reach[record.notes.reach.shape[0] - neurons + begin :]
        total = 0
        for place in places:
            total += reach[place]
        record.operations[t] += total
    watched = begin - (neurons - record.spikes.shape[1])
    if watched >= 0:
        for place in places:
            record.spikes[t, watched + place] = 1


@compiled
def note_changes(record: Record, layer: int, changes: np.ndarray) -> None:
    """Neurons of a layer went on or off: numbers from 1, negative for off."""
    notes = record.notes
    begin, neurons = notes.begins[layer], notes.on.shape[0]
    if begin >= neurons - record.spikes.shape[1]:
        on = notes.on[begin:]
        for change in changes:
            on[abs(change) - 1] = change > 0
    if record.operations.shape[0]:
        reach = notes.reach[notes.reach.shape[0] - neurons + begin :]
        for change in changes:
            notes.steady[0] += reach[change - 1] if change > 0 else -reach[-change - 1]


@compiled
def note_state(record: Record, t: int) -> None:
    """At the tick ``t`` those neurons fire that are on."""
    on = record.notes.on
    record.spikes[t] = on[on.shape[0] - record.spikes.shape[1] :]
    if record.operations.shape[0]:
        record.operations[t] += record.notes.steady[0]
