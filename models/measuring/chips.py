"""What an operation of a synapse takes on neuromorphic chips, and the power that comes of it."""

from __future__ import annotations

from dataclasses import dataclass


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
