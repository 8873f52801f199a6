"""All filters that are in force, one after the other, and what each takes away.

First what looks for noise, in the sensor's own pixels: hot pixels, refractory period, background
activity; then the polarity; then the geometry, which changes the size of the picture. Whatever
looks on, a network or a person, sees what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.events import EVENT_DTYPE, OFF, ON, Resolution
from app.filters.geometry import Geometry
from app.filters.sieves import Crop, Polarity, Sieve
from app.settings import FilterSettings


@dataclass(frozen=True, slots=True)
class FilterCount:
    """How many events a filter has seen, and how many of them it took away."""

    name: str
    seen: int
    taken: int

    @property
    def share(self) -> float:
        """The part that it took away, 0..1."""
        return self.taken / self.seen if self.seen else 0.0


@dataclass(slots=True)
class _Stage:
    """A filter at work; ``made_as`` tells when it must be made anew."""

    name: str
    made_as: tuple[object, ...]
    sieve: Sieve
    seen: int = 0
    taken: int = 0

    def sift(self, events: np.ndarray) -> np.ndarray:
        passes = self.sieve.passing(events)
        self.seen += events.size
        self.taken += events.size - int(np.count_nonzero(passes))
        return kept(events, passes)


class FilterChain:
    """The filters of ``settings`` on a sensor of this size.

    Those that are the same in the chain ``before`` go on with what they remember and have counted.
    """

    def __init__(
        self, settings: FilterSettings, sensor: Resolution, before: FilterChain | None = None
    ) -> None:
        self.settings = settings
        self.geometry = Geometry.of(settings, sensor)
        known = {stage.made_as: stage for stage in before._stages} if before else {}
        self._stages: list[_Stage] = [
            known.get((name, sensor, *made_of)) or _Stage(name, (name, sensor, *made_of), make())
            for name, made_of, make in _wanted(settings, sensor, self.geometry)
        ]

    @property
    def resolution(self) -> Resolution:
        """The size of the picture after the filters."""
        return self.geometry.resolution

    @property
    def counts(self) -> tuple[FilterCount, ...]:
        """What each filter in force has taken away since it came to work, in their order."""
        return tuple(FilterCount(each.name, each.seen, each.taken) for each in self._stages)

    def apply(self, events: np.ndarray) -> np.ndarray:
        """What is left of (N,) events in the order of time, at the places where it is seen."""
        for stage in self._stages:
            if not events.size:
                return events
            events = stage.sift(events)
        return self.geometry.placed(events) if self.geometry.moves else events

    def reset(self) -> None:
        """Time begins anew: nothing before has to do with what comes."""
        for stage in self._stages:
            stage.sieve.reset()


Wanted = tuple[str, tuple[object, ...], Callable[[], Sieve]]


def _wanted(settings: FilterSettings, sensor: Resolution, geometry: Geometry) -> list[Wanted]:
    """Name, what it is made of and how, of each filter that the settings ask for."""
    wanted = _wanted_of_noise(settings, sensor)
    if settings.polarity != "both":
        polarity = ON if settings.polarity == "on" else OFF
        wanted.append(("polarity", (polarity,), lambda: Polarity(polarity)))
    if geometry.crop is not None:
        wanted.append(("crop", geometry.crop, lambda: Crop(geometry)))
    return wanted


def _wanted_of_noise(settings: FilterSettings, sensor: Resolution) -> list[Wanted]:
    if not (settings.hot or settings.refractory or settings.background):
        return []
    # Compiled loops load late: a start without such filters must not pay for them.
    from app.filters.hot import HotPixels
    from app.filters.noise_filters import Background, Refractory

    rate_hz, period_us = settings.hot_hz, settings.refractory_us
    window_us, least = settings.background_us, settings.background_neighbours
    every: list[tuple[bool, Wanted]] = [
        (settings.hot, ("hot", (rate_hz,), lambda: HotPixels(sensor, rate_hz))),
        (
            settings.refractory,
            ("refractory", (period_us,), lambda: Refractory(sensor, period_us)),
        ),
        (
            settings.background,
            ("background", (window_us, least), lambda: Background(sensor, window_us, least)),
        ),
    ]
    return [each for is_on, each in every if is_on]


def kept(events: np.ndarray, passes: np.ndarray) -> np.ndarray:
    """Those of (N,) events for which ``passes`` (N,) bool is set."""
    if passes.all():
        return events
    # As opaque 16 bytes: numpy copies a record with padding field by field, many times slower.
    return events.view("V16")[passes].view(EVENT_DTYPE)
