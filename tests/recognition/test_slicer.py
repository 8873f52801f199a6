from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import EventBatch, EventSlice
from app.recognition.slicer import MAX_SILENCE_US, TICK_US, Slicer
from tests.recognition.streams import make_batch, make_events


def spans(slices: list[EventSlice]) -> list[tuple[int, int, int]]:
    """Start, end and number of events of each slice."""
    return [(s.t_start_us, s.t_end_us, s.events.size) for s in slices]


def test_the_grid_begins_at_the_tick_of_the_first_event() -> None:
    slices = Slicer(5_000).push(make_batch([1_700, 3_000, 5_999, 6_000, 11_000]))
    assert spans(slices) == [(1_000, 6_000, 3), (6_000, 11_000, 1)]


def test_an_event_at_the_end_belongs_to_the_next_slice() -> None:
    slicer = Slicer(5_000)
    assert spans(slicer.push(make_batch([0, 5_000]))) == [(0, 5_000, 1)]
    assert spans(slicer.flush()) == [(5_000, 6_000, 1)]


def test_a_slice_waits_until_an_event_shows_that_it_is_over() -> None:
    slicer = Slicer(5_000)
    assert slicer.push(make_batch([0, 4_999])) == []
    assert spans(slicer.push(make_batch([5_000]))) == [(0, 5_000, 2)]


def test_silence_between_events_becomes_empty_slices() -> None:
    slices = Slicer(5_000).push(make_batch([0, 17_000]))
    assert spans(slices) == [(0, 5_000, 1), (5_000, 10_000, 0), (10_000, 15_000, 0)]
    assert all(s.gap_us == 0 for s in slices)


def test_flush_pads_to_whole_ticks() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0, 2_100]))
    assert spans(slicer.flush()) == [(0, 3_000, 2)]
    assert slicer.flush() == []


def test_flush_before_any_event_gives_nothing() -> None:
    assert Slicer(5_000).flush() == []


def test_the_wall_clock_moves_a_silent_stream() -> None:
    slicer = Slicer(5_000)
    assert slicer.advance(50_000, 2.0) == []  # no stream yet, so no sensor time either
    slicer.push(make_batch([100]))
    slices = slicer.advance(12_300, 2.0)
    assert spans(slices) == [(0, 5_000, 1), (5_000, 10_000, 0)]
    assert {s.arrived_s for s in slices} == {2.0}
    assert slicer.advance(9_000, 2.0) == []
    assert spans(slicer.push(make_batch([12_100, 15_000]))) == [(10_000, 15_000, 1)]


def test_a_long_jump_is_a_gap_and_no_flood() -> None:
    slicer = Slicer(5_000)
    hour_us = 3_600_000_000
    slices = slicer.push(make_batch([0, 1_500, hour_us + 300, hour_us + 5_000]))
    assert spans(slices) == [(0, 2_000, 2), (hour_us, hour_us + 5_000, 1)]
    assert slices[1].gap_us == hour_us - 2_000


def test_a_long_silence_on_the_wall_clock_is_a_gap_too() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0]))
    slices = slicer.advance(MAX_SILENCE_US + 10_000, 2.0)
    assert spans(slices) == [(0, 1_000, 1)]
    later = slicer.advance(MAX_SILENCE_US + 15_000, 2.0)
    assert [s.gap_us for s in later] == [MAX_SILENCE_US + 9_000]


def test_lost_time_is_placed_just_before_the_batch() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0, 1_000]))
    slices = slicer.push(make_batch([20_500, 25_000], gap_us=12_000))
    # Known: silence up to 8 ms, then 12 ms lost, then on to the next line of the grid.
    assert spans(slices) == [(0, 5_000, 2), (5_000, 8_000, 0), (20_000, 25_000, 1)]
    assert [s.gap_us for s in slices] == [0, 0, 12_000]


def test_lost_time_waits_for_the_next_events() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0]))
    assert slicer.push(make_batch([], gap_us=4_000)) == []
    slices = slicer.push(make_batch([10_000], gap_us=3_000)) + slicer.flush()
    assert spans(slices) == [(0, 3_000, 1), (10_000, 11_000, 1)]
    assert slices[1].gap_us == 7_000


def test_lost_time_never_covers_what_was_seen() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0, 8_000]))
    slices = slicer.push(make_batch([10_000], gap_us=1_000_000)) + slicer.flush()
    assert spans(slices) == [(5_000, 9_000, 1), (10_000, 11_000, 1)]
    assert slices[1].gap_us == 1_000


def test_a_restart_drops_the_remainder_and_marks_one_slice() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([50_000, 53_000]))
    slices = slicer.push(make_batch([2_000, 12_500], restarted=True))
    assert spans(slices) == [(2_000, 7_000, 1), (7_000, 12_000, 0)]
    assert [s.restarted for s in slices] == [True, False]


def test_an_empty_restarted_batch_is_remembered() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([50_000]))
    slicer.push(make_batch([], restarted=True))
    assert [s.restarted for s in slicer.push(make_batch([0, 5_000]))] == [True]


def test_a_batch_behind_the_clock_restarts_the_stream() -> None:
    slicer = Slicer(5_000)
    slicer.push(make_batch([0]))
    slicer.advance(20_000, 2.0)
    slices = slicer.push(make_batch([19_900, 25_000]))
    assert spans(slices) == [(19_000, 24_000, 1)]
    assert slices[0].restarted


@pytest.mark.parametrize("slice_us", [0, -5_000, 1_500])
def test_a_slice_must_be_whole_ticks(slice_us: int) -> None:
    with pytest.raises(ValueError, match="whole number of 1000 us ticks"):
        Slicer(slice_us)


steps_us = st.one_of(st.integers(0, 3_000), st.just(MAX_SILENCE_US + 4_321))


@given(st.lists(steps_us, min_size=1, max_size=60), st.data())
def test_events_and_time_are_conserved_however_batches_are_cut(
    steps: list[int], data: st.DataObject
) -> None:
    t_us = np.cumsum(steps)
    events = make_events(t_us, x=np.arange(len(t_us)))
    bounds = sorted(data.draw(st.lists(st.integers(0, len(t_us)), max_size=5)))
    whole, pieces = Slicer(5_000), Slicer(5_000)
    once = whole.push(EventBatch(events, 1.0)) + whole.flush()
    slices = [s for part in np.split(events, bounds) for s in pieces.push(EventBatch(part, 1.0))]
    slices += pieces.flush()

    assert spans(slices) == spans(once)
    np.testing.assert_array_equal(np.concatenate([s.events["x"] for s in slices]), events["x"])
    for before, after in itertools.pairwise(slices):
        assert after.t_start_us == before.t_end_us + after.gap_us
    for s in slices:
        assert s.duration_us % TICK_US == 0
        assert 0 < s.duration_us <= 5_000
        assert np.all((s.t_start_us <= s.events["t"]) & (s.events["t"] < s.t_end_us))
