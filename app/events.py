"""The vocabulary of the whole application: events, resolutions, batches and slices.

Sensor time is int64 microseconds (suffix ``_us``), wall-clock time is float seconds on
``time.monotonic`` (suffix ``_s``), and the end of every interval is exclusive. An array that
has been handed over is not written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OFF, ON = 0, 1

# The layout equals dv-processing's EventStore.numpy(), so renaming its fields needs no copy.
EVENT_DTYPE = np.dtype(
    {
        "names": ["t", "x", "y", "p"],
        "formats": ["<i8", "<i2", "<i2", "i1"],
        "offsets": [0, 8, 10, 12],
        "itemsize": 16,
    }
)

MAX_SIDE_PX = 4096


def empty_events() -> np.ndarray:
    """A new event array of length zero."""
    return np.empty(0, EVENT_DTYPE)


def join_events(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Concatenate event arrays; a single one is handed through without a copy."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return empty_events()
    # As opaque 16 bytes: numpy copies a record with padding field by field, 30 times slower.
    return np.concatenate([part.view("V16") for part in parts]).view(EVENT_DTYPE)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Sensor size in pixels.

    Raises:
        ValueError: a side is not within 1..4096 pixels.
    """

    width: int
    height: int

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_SIDE_PX and 1 <= self.height <= MAX_SIDE_PX):
            raise ValueError(
                f"expected a sensor size between 1x1 and {MAX_SIDE_PX}x{MAX_SIDE_PX} pixels, "
                f"got {self.width}x{self.height}"
            )

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Events as a source hands them over: ordered in time, inside the sensor's bounds.

    ``events`` may be empty: the source is alive and has nothing to say. ``gap_us`` is sensor
    time lost just before the batch. ``restarted`` means that the sensor clock begins anew with
    this batch (seek, loop, camera re-opened), so nothing before it may be continued.
    """

    events: np.ndarray
    arrived_s: float
    gap_us: int = 0
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class EventSlice:
    """All events of ``[t_start_us, t_end_us)``; empty when the sensor was silent."""

    t_start_us: int
    t_end_us: int
    events: np.ndarray
    arrived_s: float
    gap_us: int = 0
    restarted: bool = False

    @property
    def duration_us(self) -> int:
        return self.t_end_us - self.t_start_us
