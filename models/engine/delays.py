"""Spikes on their way to delayed synapses: a ring of lists, one for each tick."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled


class Ring(NamedTuple):
    """The spikes of the last ticks: ``places`` (L, N), of which ``counts`` (L,) are in use."""

    places: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, neurons: int, longest: int) -> Ring:
        """Room for every neuron of a layer to fire in ``longest`` ticks and the newest one."""
        return cls(np.zeros((longest + 1, neurons), np.int32), np.zeros(longest + 1, np.int64))


@compiled
def spikes_before(ring: Ring, tick: int, delay: int) -> np.ndarray:
    """The places that fired ``delay`` ticks before ``tick``."""
    at = (tick - delay) % ring.counts.shape[0]
    return ring.places[at, : ring.counts[at]]


def lose(ring: Ring, tick: int, ticks: int) -> None:
    """Nothing fires in the ``ticks`` from ``tick`` on."""
    length = len(ring.counts)
    ring.counts[(tick + np.arange(min(ticks, length))) % length] = 0
