"""Filters that let each event pass or not, and the simple ones: by polarity and by place."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.events import ON
from app.filters.geometry import Geometry


class Sieve(Protocol):
    """What is left of a stream depends on the events alone, not on how it is cut.

    ``passing`` takes (N,) events in the order of time, N > 0, inside the sensor, and tells (N,)
    bool which of them pass; ``reset`` says that time begins anew.
    """

    def passing(self, events: np.ndarray) -> np.ndarray: ...

    def reset(self) -> None: ...


class Polarity:
    """Passes ON or OFF events only."""

    def __init__(self, wanted: int = ON) -> None:
        self._wanted = wanted

    def passing(self, events: np.ndarray) -> np.ndarray:
        passes: np.ndarray = events["p"] == self._wanted
        return passes

    def reset(self) -> None:
        """Nothing is remembered."""


class Crop:
    """Passes what lies inside the crop of a geometry."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry

    def passing(self, events: np.ndarray) -> np.ndarray:
        return self._geometry.inside(events)

    def reset(self) -> None:
        """Nothing is remembered."""
