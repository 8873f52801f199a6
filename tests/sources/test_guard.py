from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, Resolution
from app.sources.guard import EventGuard
from tests.sources.making import events_of, random_events

SIZE = Resolution(128, 128)


def test_good_events_pass_without_a_copy() -> None:
    events = random_events(100)
    cleaned, restarted = EventGuard(SIZE).clean(events)
    assert cleaned is events
    assert not restarted


def test_events_outside_the_sensor_are_left_out_and_counted() -> None:
    guard = EventGuard(SIZE)
    events = events_of(
        (0, 127, 127, 1), (1, 128, 0, 1), (2, 0, 128, 1), (3, -1, 0, 0), (4, 0, -7825, 0),
        (5, 0, 0, 37), (6, 0, 0, -1), (-7, 0, 0, 1), (8, 0, 0, 0),
    )  # fmt: skip
    cleaned, _ = guard.clean(events)
    assert cleaned.tolist() == [(0, 127, 127, 1), (8, 0, 0, 0)]
    assert guard.note() == "events outside the 128x128 sensor left out: 7"


def test_disorder_within_a_batch_is_sorted_stably() -> None:
    guard = EventGuard(SIZE)
    cleaned, _ = guard.clean(events_of((10, 1, 0, 0), (30, 2, 0, 0), (20, 3, 0, 0), (20, 4, 0, 0)))
    assert cleaned["x"].tolist() == [1, 3, 4, 2]
    assert guard.note() == "steps back in time put in order: 1"


def test_events_older_than_the_last_batch_are_dropped() -> None:
    guard = EventGuard(SIZE)
    guard.clean(events_of((100, 0, 0, 0)))
    cleaned, restarted = guard.clean(events_of((90, 1, 0, 0), (100, 2, 0, 0), (110, 3, 0, 0)))
    assert cleaned["x"].tolist() == [2, 3]
    assert not restarted
    assert guard.note() == "events with a wrong time left out: 1"


def test_a_whole_batch_more_than_a_second_back_is_a_new_clock() -> None:
    guard = EventGuard(SIZE)
    guard.clean(events_of((5_000_000, 0, 0, 0)))
    cleaned, restarted = guard.clean(events_of((10, 1, 0, 0), (20, 2, 0, 0)))
    assert restarted
    assert cleaned["x"].tolist() == [1, 2]
    assert guard.note() == "new beginnings of the clock: 1"


def test_one_wrong_time_does_not_cost_the_rest() -> None:
    events = random_events(1000)
    for wrong_us in (2**40, 0):
        damaged = events.copy()
        damaged["t"] += 3_000_000
        damaged["t"][500] = wrong_us
        guard = EventGuard(SIZE)
        cleaned, _ = guard.clean(damaged)
        assert cleaned.size == 999
        assert guard.note() == (
            "events with a wrong time left out: 1; steps back in time put in order: 1"
        )


def test_forgetting_the_time_allows_going_back() -> None:
    guard = EventGuard(SIZE)
    guard.clean(events_of((500, 0, 0, 0)))
    guard.forget_time()
    cleaned, restarted = guard.clean(events_of((100, 0, 0, 0)))
    assert cleaned.size == 1
    assert not restarted


@given(st.lists(st.lists(st.tuples(*[st.integers(-(2**15), 2**15 - 1)] * 3, st.integers(-128, 127)),
                         max_size=20), max_size=6))  # fmt: skip
def test_whatever_comes_the_output_is_ordered_and_inside(
    batches: list[list[tuple[int, int, int, int]]],
) -> None:
    guard = EventGuard(SIZE)
    newest = -1
    for rows in batches:
        cleaned, restarted = guard.clean(np.array(rows, EVENT_DTYPE))
        times = cleaned["t"]
        assert (np.diff(times) >= 0).all()
        assert ((cleaned["x"] >= 0) & (cleaned["x"] < 128)).all()
        assert ((cleaned["y"] >= 0) & (cleaned["y"] < 128)).all()
        assert np.isin(cleaned["p"], (0, 1)).all()
        if times.size:
            assert restarted or times[0] >= newest
            newest = int(times[-1])


def test_what_is_later_than_any_time_is_left_out_even_first() -> None:
    guard = EventGuard(SIZE)
    last = 2**63 - 1
    cleaned, restarted = guard.clean(events_of((last - 3, 1, 1, 1), (last, 1, 1, 1)))
    assert not cleaned.size
    assert not restarted
    cleaned, restarted = guard.clean(events_of((5, 1, 1, 1), (last, 1, 1, 1), (7, 200, 1, 1)))
    assert cleaned.tolist() == [(5, 1, 1, 1)]
    assert not restarted
    assert guard.note() == (
        "events outside the 128x128 sensor left out: 1; events with a wrong time left out: 3"
    )
