"""What a network is and what it says each tick: plain data, importable without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

# What a decision takes of the winners in the window, where a model does not say otherwise.
MIN_COUNT = 16


class ModelError(Exception):
    """A model that cannot be used; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A network's identity. The class list travels inside the checkpoint.

    ``input_shape`` is (P, H, W) with P = 2 polarities, 0 = OFF and 1 = ON. ``parameters`` build
    the network anew; ``training`` is the record of how its weights came about. ``calibration`` are
    points (part of the votes, how often decisions with it were right), see
    ``models.measuring.calibration``. A decision takes ``min_count`` winners of its class in the
    window, unless the settings say how many; networks fire at different rates.
    """

    name: str
    system: str
    classes: tuple[str, ...]
    input_shape: tuple[int, int, int]
    tick_us: int = 1000
    parameters: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    calibration: tuple[tuple[float, float], ...] = ()
    min_count: int = MIN_COUNT

    def __post_init__(self) -> None:
        if len(self.classes) < 2 or len(set(self.classes)) != len(self.classes):
            raise ModelError(f"expected at least two different classes, got {self.classes}")
        if len(self.input_shape) != 3 or self.input_shape[0] != 2 or min(self.input_shape) < 1:
            raise ModelError(f"expected an input shape (2, H, W), got {self.input_shape}")
        if self.tick_us < 1:
            raise ModelError(f"expected a tick of at least 1 us, got {self.tick_us}")
        if self.min_count < 1:
            raise ModelError(f"expected a min_count of at least 1, got {self.min_count}")


@dataclass(frozen=True, slots=True)
class LayerSpikes:
    """Spikes of one layer over T ticks: ``spikes`` is (T, N) uint8."""

    name: str
    spikes: np.ndarray


@dataclass(frozen=True, slots=True)
class TickOutput:
    """What the network did in T ticks.

    ``output`` is (T, C) int32, the spikes of each class's output neurons; ``layers`` holds every
    spiking layer from the input side to the output; ``synaptic_operations`` is (T,) int64, one
    for every spike that reached a nonzero synapse.
    """

    output: np.ndarray
    layers: tuple[LayerSpikes, ...]
    synaptic_operations: np.ndarray


class NetworkSession(Protocol):
    """A network that is running: weights and the current state."""

    @property
    def spec(self) -> ModelSpec: ...

    def run(self, counts: np.ndarray) -> TickOutput:
        """Advance by T ticks of input (T, P, H, W) float32, however many, with exactly the
        result they have one by one.

        Raises:
            ModelError: the input does not fit the network.
        """
        ...

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        ...

    def reset(self) -> None:
        """Go back to the state before the first tick."""
        ...
