"""Event streams for the filters: written by hand, or drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, Resolution

SENSOR = Resolution(8, 6)


def events_at(*rows: tuple[int, int, int, int]) -> np.ndarray:
    """Events from rows of t, x, y, p."""
    return np.array(list(rows), EVENT_DTYPE)


@st.composite
def streams(draw: st.DrawFn, *, longest_us: int = 4_000) -> np.ndarray:
    """Up to 200 events in the order of time on ``SENSOR``, many of them close together."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.integers(0, 200))
    events = np.zeros(size, EVENT_DTYPE)
    events["t"] = draw(st.integers(0, 2**40)) + np.cumsum(random.integers(0, longest_us, size))
    events["x"] = random.integers(0, SENSOR.width, size)
    events["y"] = random.integers(0, SENSOR.height, size)
    events["p"] = random.integers(0, 2, size)
    return events


def cuts_of(draw: st.DrawFn, events: np.ndarray) -> list[np.ndarray]:
    """The same events in pieces, some of them perhaps empty."""
    places = draw(st.lists(st.integers(0, events.size), max_size=6))
    return np.split(events, sorted(places))
