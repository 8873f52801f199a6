"""What somebody watches closely: a neuron of the network, or a patch of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.probe import Neuron, NeuronTrace


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of sensor pixels."""

    x: int
    y: int
    width: int
    height: int


Watch = Neuron | Patch


@dataclass(frozen=True, slots=True)
class Watched:
    """``watch`` in T ticks from ``t_us`` on: ``charge`` (T,) float64 is what came in.

    Of a patch that is its events, and there is no ``trace``; of a neuron it is its charge, and
    there is none where the network has no membranes to look at.
    """

    watch: Watch
    t_us: int
    tick_us: int
    charge: np.ndarray
    trace: NeuronTrace | None = None

    @property
    def end_us(self) -> int:
        return self.t_us + self.tick_us * len(self.charge)


def watched_patch(patch: Patch, events: np.ndarray, t_us: int, tick_us: int, ticks: int) -> Watched:
    """The events of a patch, per tick, among ``events`` (N,) of ticks that begin at ``t_us``."""
    columns, rows = events["x"].astype(int) - patch.x, events["y"].astype(int) - patch.y
    inside = (columns >= 0) & (columns < patch.width) & (rows >= 0) & (rows < patch.height)
    at = (events["t"][inside] - t_us) // tick_us
    return Watched(patch, t_us, tick_us, np.bincount(at, minlength=ticks).astype(float))


def watched_neuron(
    neuron: Neuron, trace: NeuronTrace | None, t_us: int, tick_us: int, ticks: int
) -> Watched:
    """What a neuron did, if the network tells."""
    charge = np.zeros(ticks) if trace is None else trace.charge
    return Watched(neuron, t_us, tick_us, charge, trace)
