"""What others have published: figures of the systems."""

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
