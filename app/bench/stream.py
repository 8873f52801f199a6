"""Streams to measure with: the bundled recordings laid over each other, thinned to a rate."""

from __future__ import annotations

from functools import cache

import numpy as np

from app.events import EventSlice, Resolution, join_events
from app.recognition.encoding import Encoder
from app.recognition.slicer import TICK_US
from app.sources.bundled import bundled_recordings
from app.sources.contract import FileSpec
from app.sources.opening import open_source
from models.spec import TickEvents

SENSOR = Resolution(128, 128)
FIRST_US = 500_000  # a performer begins to move a moment after the recording does
SEED = 15


def events_of(spec: FileSpec) -> np.ndarray:
    """All events of a recording, (N,) EVENT_DTYPE."""
    with open_source(spec) as source:
        return join_events([batch.events for batch in source.batches()])


@cache
def clips() -> tuple[np.ndarray, ...]:
    """The events of every bundled recording, from 0 us on."""
    read = [events_of(spec).copy() for spec in bundled_recordings()]
    for clip in read:
        clip["t"] -= clip["t"][0]
    return tuple(read)


def stream(per_second: int, ticks: int) -> np.ndarray:
    """So many events a second over [0, ``ticks``) ms of the 128x128 sensor, in order of time.

    Raises:
        ValueError: the bundled recordings are shorter than that.
    """
    wanted = per_second * ticks // 1000
    parts: list[np.ndarray] = []
    while sum(map(len, parts)) < wanted:
        parts.append(_window(len(parts), ticks * TICK_US))
    events = join_events(parts)
    kept = np.random.default_rng(SEED).permutation(len(events))[:wanted]
    chosen = events[kept]
    return chosen[np.argsort(chosen["t"], kind="stable")]


def _window(number: int, duration_us: int) -> np.ndarray:
    """A part of one of the clips in turn, each time a later one, from 0 us on."""
    round_, which = divmod(number, len(clips()))
    clip = clips()[which]
    room_us = int(clip["t"][-1]) - FIRST_US - duration_us
    if room_us < 0:
        raise ValueError(f"expected at most {duration_us + room_us} us, got {duration_us}")
    start_us = FIRST_US + round_ * 37_000 % (room_us + 1)
    begin, end = np.searchsorted(clip["t"], (start_us, start_us + duration_us))
    part = clip[begin:end].copy()
    part["t"] -= start_us
    return part


def enlarged(events: np.ndarray, sensor: Resolution) -> np.ndarray:
    """The same on a larger sensor, each event anywhere in its pixel's place there."""
    larger = events.copy()
    random = np.random.default_rng(SEED)
    for field, across, was in (
        ("x", sensor.width, SENSOR.width),
        ("y", sensor.height, SENSOR.height),
    ):
        exact = (events[field] + random.random(len(events))) * across / was
        larger[field] = exact.astype(np.int16)
    return larger


def as_input(events: np.ndarray, ticks: int, shape: tuple[int, int, int]) -> TickEvents:
    """What a network of this input shape takes in, of the 128x128 sensor."""
    slice_ = EventSlice(0, ticks * TICK_US, events, 0.0)
    return Encoder(SENSOR, shape).encode(slice_)


def pieces(ticks: TickEvents, length: int) -> list[TickEvents]:
    """The same ticks in chunks of ``length``, the last perhaps shorter."""
    cut = []
    for first in range(0, len(ticks), length):
        starts = ticks.starts[first : first + length + 1]
        places = ticks.places[starts[0] : starts[-1]]
        cut.append(TickEvents(starts - starts[0], places, ticks.shape))
    return cut
