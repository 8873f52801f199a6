"""What a source says while nothing happens: batches without events."""

from __future__ import annotations

import time
from collections.abc import Iterator

from app.events import EventBatch, empty_events

# A live source says at least every 50 ms that nothing happens; closing is noticed as soon.
LOOK_S = 0.03


def silence() -> EventBatch:
    """A sign of life."""
    return EventBatch(empty_events(), time.monotonic())


def silence_for(duration_s: float) -> Iterator[EventBatch]:
    """Signs of life every ``LOOK_S``."""
    end_s = time.monotonic() + duration_s
    while time.monotonic() < end_s:
        yield silence()
        time.sleep(LOOK_S)
