from __future__ import annotations

import pytest

from app.events import EventBatch, empty_events
from app.sources.contract import SourceError
from app.sources.devices.timeline import Timeline
from tests.sources.making import events_of


def batch(*times_us: int, gap_us: int = 0) -> EventBatch:
    events = events_of(*((t, 1, 1, 1) for t in times_us))
    return EventBatch(events if times_us else empty_events(), 0.0, gap_us)


def straightened(*batches: EventBatch) -> list[list[int]]:
    timeline = Timeline()
    return [timeline.straighten(each)["t"].tolist() for each in batches]


def test_a_clock_that_begins_anew_goes_on_after_the_gap() -> None:
    batches = [batch(100, 200), batch(), batch(5, 15, gap_us=50), batch(20)]
    assert straightened(*batches) == [[100, 200], [], [250, 260], [265]]
    assert batches[2].events["t"].tolist() == [5, 15]  # what was handed over is not written again


def test_without_a_known_gap_the_next_microsecond_follows() -> None:
    assert straightened(batch(0, 10), batch(0, 10), batch(0)) == [[0, 10], [11, 21], [22]]


def test_a_growing_clock_is_left_alone() -> None:
    assert straightened(batch(0, 10), batch(10), batch(5_000, gap_us=4_000)) == [
        [0, 10],
        [10],
        [5_000],
    ]


def test_a_clock_that_goes_back_by_ages_again_and_again_is_one_sentence() -> None:
    timeline = Timeline()

    def leap() -> None:
        for time_us in (0, 2**60) * 20:
            timeline.straighten(EventBatch(events_of((time_us, 1, 1, 1)), 0.0, restarted=True))

    with pytest.raises(SourceError, match="by ages"):
        leap()
