"""What is seen of one neuron of a network that runs: plain data, importable without torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np


@dataclass(frozen=True, slots=True)
class Neuron:
    """Number ``index`` of a layer that ``TickOutput.layers`` names, as its spikes are ordered."""

    layer: str
    index: int


@dataclass(frozen=True, slots=True)
class NeuronTrace:
    """A neuron in T ticks, each (T,), in thresholds where they are constant, else as the network
    counts: float64 ``charge`` that came in, ``v`` the membrane after the tick, ``threshold``;
    uint8 ``spikes``, and ``resting``, whether a spike before keeps it from firing."""

    charge: np.ndarray
    v: np.ndarray
    threshold: np.ndarray
    spikes: np.ndarray
    resting: np.ndarray

    def __len__(self) -> int:
        return len(self.v)


@runtime_checkable
class Watchable(Protocol):
    """A session that can tell about one of its neurons; it costs nothing while none is watched."""

    def watch(self, neuron: Neuron | None) -> None:
        """Note this neuron from the next tick on, or none; one that is not there is not noted."""
        ...

    @property
    def trace(self) -> NeuronTrace | None:
        """What was noted in the last run."""
        ...
