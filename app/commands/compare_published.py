"""What others have published: figures of the systems, and the energy of a synaptic operation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """What the survey reports of a system on DVS128 Gesture, none where it says nothing."""

    accuracy_11: float | None = None
    accuracy_10: float | None = None
    latency_ms: float | None = None
    power_mw: float | None = None
    iterations: float | None = None


# By system. The survey has the errors 5.51, 6.37, 4.46 and 5.46 % on 11 classes.
PUBLISHED = {
    "eedn": Published(0.9459, 0.9649, 105.0, 178.8, 64e6),
    "slayer": Published(0.9364, iterations=0.27e6),
    "decolle": Published(0.9554, iterations=0.16e6),
    "c3d": Published(0.9454, iterations=0.32e6),
}


def published(system: str) -> Published:
    """What is reported of a system, which may be nothing."""
    return PUBLISHED.get(system, Published())


@dataclass(frozen=True, slots=True)
class Chip:
    """A neuromorphic chip, what an operation of a synapse takes there, and who says so."""

    name: str
    joules: float
    source: str


TRUENORTH = Chip(
    "TrueNorth",
    26e-12,
    "Merolla et al., Science 345, 2014; all power at one load (20 Hz) over its events",
)
LOIHI = Chip(
    "Loihi",
    23.6e-12,
    "Davies et al., IEEE Micro 38, 2018; the least, simulated, without updates of neurons",
)


def power_mw(chip: Chip, operations_per_s: float) -> float:
    """The estimate for so many synaptic operations a second."""
    return chip.joules * operations_per_s * 1e3
