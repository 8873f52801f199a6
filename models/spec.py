"""What a network is, takes in and says each tick: plain data, importable without torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

# What a decision takes of the winners in the window, where a model does not say otherwise.
MIN_COUNT = 16
# Of the training record.
TAUGHT = "taught"


class ModelError(Exception):
    """A model that cannot be used; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A network's identity. The class list travels inside the checkpoint.

    ``input_shape`` is (P, H, W) with P = 2 polarities, 0 = OFF and 1 = ON. ``parameters`` build
    the network anew; ``training`` is the record of how its weights came about. ``calibration`` are
    points (part of the votes, how often decisions with it were right), see
    ``models.measuring.calibration``. A decision takes ``min_count`` winners of its class in the
    window, unless the settings say how many, and a winner ``min_spikes`` of its class in the tick;
    networks fire at different rates. ``mirror`` is the
    class that each class is in a mirror, of a network that looks at the mirror image too (see
    ``models.mirrored``), else nothing. ``counts_as`` is the class that each class's spikes count
    for, of a network in which some classes are somebody's own way of making another, else nothing.
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
    mirror: tuple[int, ...] = ()
    min_spikes: int = 1
    counts_as: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.classes) < 2 or len(set(self.classes)) != len(self.classes):
            raise ModelError(f"expected at least two different classes, got {self.classes}")
        if len(self.input_shape) != 3 or self.input_shape[0] != 2 or min(self.input_shape) < 1:
            raise ModelError(f"expected an input shape (2, H, W), got {self.input_shape}")
        if self.tick_us < 1:
            raise ModelError(f"expected a tick of at least 1 us, got {self.tick_us}")
        if self.min_count < 1:
            raise ModelError(f"expected a min_count of at least 1, got {self.min_count}")
        if self.min_spikes < 1:
            raise ModelError(f"expected min_spikes of at least 1, got {self.min_spikes}")
        self._check_mirror()
        self._check_counts_as()

    @property
    def told(self) -> list[int]:
        """The classes that can be decided on: those that count as themselves."""
        numbers = range(len(self.classes))
        return [n for n in numbers if not self.counts_as or self.counts_as[n] == n]

    @property
    def taught(self) -> tuple[str, ...]:
        """The classes that were taught after training, in their order."""
        return tuple(self.training.get(TAUGHT, ()))

    @property
    def decidable(self) -> tuple[str, ...]:
        """The names of the classes that can be decided on."""
        return tuple(self.classes[number] for number in self.told)

    def counted(self, output: np.ndarray) -> np.ndarray:
        """Spikes (T, C) of the classes' own neurons as they count, before any mirror image is
        added: what counts as a right hand's wave does so for the left one's in the mirror."""
        if not self.counts_as:
            return output
        counted = np.zeros_like(output)
        for number, known in enumerate(self.counts_as):
            counted[:, known] += output[:, number]
        return counted

    def _check_mirror(self) -> None:
        numbers = range(len(self.classes))
        if self.mirror and (
            sorted(self.mirror) != list(numbers)
            or any(self.mirror[self.mirror[number]] != number for number in numbers)
        ):
            raise ModelError(
                f"expected a mirror that pairs {len(self.classes)} classes, got {self.mirror}"
            )

    def _check_counts_as(self) -> None:
        numbers, counted = range(len(self.classes)), self.counts_as
        if counted and (
            len(counted) != len(numbers)
            or any(n not in numbers or counted[n] != n for n in counted)
        ):
            raise ModelError(
                f"expected that {len(numbers)} classes count as some of them, got {counted}"
            )


@dataclass(frozen=True, slots=True)
class TickEvents:
    """What a network takes in over T consecutive ticks, event by event.

    The events of tick t are ``places[starts[t] : starts[t + 1]]``; ``starts`` is (T + 1,) int64 and
    begins with 0, ``places`` (N,) int32. A place is (row * W + column) * 2 + polarity on an input
    of ``shape`` (2, H, W), polarity 0 = OFF and 1 = ON.
    """

    starts: np.ndarray
    places: np.ndarray
    shape: tuple[int, int, int]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def silence(cls, shape: tuple[int, int, int]) -> TickEvents:
        """One tick without any event."""
        return cls(np.zeros(2, np.int64), np.empty(0, np.int32), shape)

    def counts(self) -> np.ndarray:
        """Events by tick, polarity and cell, (T, 2, H, W) float32."""
        polarities, rows, columns = self.shape
        cells = polarities * rows * columns
        tick = np.repeat(np.arange(len(self)), np.diff(self.starts))
        flat = np.bincount(tick * cells + self.places, minlength=len(self) * cells)
        by_place = flat.reshape(len(self), rows, columns, polarities).astype(np.float32)
        return np.ascontiguousarray(np.moveaxis(by_place, -1, 1))


def as_ticks(counts: np.ndarray) -> TickEvents:
    """The events that whole numbers (T, 2, H, W) count.

    Raises:
        ModelError: the array has other than four axes.
    """
    if counts.ndim != 4:
        raise ModelError(f"expected counts of shape (T, 2, H, W), got {counts.shape}")
    by_place = np.moveaxis(counts, 1, -1).reshape(len(counts), math.prod(counts.shape[1:]))
    ticks, places = np.nonzero(by_place)
    repeats = by_place[ticks, places].astype(np.int64)
    per_tick = np.bincount(ticks, repeats, len(counts))
    starts = np.concatenate(([0], np.cumsum(per_tick))).astype(np.int64)
    shape = (counts.shape[1], counts.shape[2], counts.shape[3])
    return TickEvents(starts, np.repeat(places, repeats).astype(np.int32), shape)


def check_input(ticks: TickEvents, spec: ModelSpec) -> None:
    """Refuse what a network cannot take in.

    Raises:
        ModelError: there are no ticks, or their grid is not the network's.
    """
    if ticks.shape != spec.input_shape or not len(ticks):
        raise ModelError(
            f"expected at least one tick of input {spec.input_shape}, got {len(ticks)} of "
            f"{ticks.shape}"
        )


@dataclass(frozen=True, slots=True)
class LayerSpikes:
    """Spikes of one layer over T ticks: ``spikes`` is (T, N) uint8."""

    name: str
    spikes: np.ndarray


@dataclass(frozen=True, slots=True)
class TickOutput:
    """What the network did in T ticks.

    ``output`` is (T, C) int32, the spikes of each class's output neurons; ``layers`` holds every
    spiking layer that is watched, from the input side to the output; ``synaptic_operations`` is
    (T,) int64, one for every spike that reached a nonzero synapse, or none if nobody counts them.
    """

    output: np.ndarray
    layers: tuple[LayerSpikes, ...]
    synaptic_operations: np.ndarray | None


class NetworkSession(Protocol):
    """A network that is running: weights and the current state."""

    @property
    def spec(self) -> ModelSpec: ...

    def run(self, ticks: TickEvents) -> TickOutput:
        """Advance by some ticks, at least one, with exactly the result they have one by one.

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
