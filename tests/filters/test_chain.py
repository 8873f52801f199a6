from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events import Resolution, join_events
from app.filters.chain import FilterChain, FilterCount, kept
from app.settings import FilterSettings
from tests.filters.streams import SENSOR, cuts_of, events_at, streams

CHOICES = st.builds(
    FilterSettings,
    hot=st.booleans(),
    hot_hz=st.integers(5, 40),
    refractory=st.booleans(),
    refractory_us=st.integers(10, 20_000),
    background=st.booleans(),
    background_us=st.integers(100, 20_000),
    background_neighbours=st.integers(1, 3),
    polarity=st.sampled_from(["both", "on", "off"]),
    crop=st.sampled_from([None, (1, 2, 5, 3), (0, 0, 8, 6), (3, 0, 9, 2)]),
    flip=st.sampled_from(["none", "x", "y", "both"]),
    rotate=st.sampled_from([0, 90, 180, 270]),
    downscale=st.integers(1, 4),
)


def rows(events: np.ndarray) -> list[tuple[int, int, int, int]]:
    return events[["t", "x", "y", "p"]].tolist()


def sifted(settings: FilterSettings, *given: tuple[int, int, int, int]) -> list[object]:
    return rows(FilterChain(settings, SENSOR).apply(events_at(*given)))


@given(st.data(), streams(longest_us=30_000), CHOICES)
@settings(max_examples=150, deadline=None)
def test_what_is_left_does_not_depend_on_how_the_stream_is_cut(data, events, chosen) -> None:
    whole, pieces = FilterChain(chosen, SENSOR), FilterChain(chosen, SENSOR)
    parts = [pieces.apply(part) for part in cuts_of(data.draw, events)]
    expected = whole.apply(events)
    assert rows(join_events(parts)) == rows(expected)
    assert pieces.counts == whole.counts
    taken = sum(count.taken for count in whole.counts)
    assert events.size == expected.size + taken
    if expected.size:
        assert expected["x"].min() >= 0
        assert expected["x"].max() < whole.resolution.width
        assert expected["y"].min() >= 0
        assert expected["y"].max() < whole.resolution.height


@given(streams(), CHOICES)
@settings(max_examples=30, deadline=None)
def test_after_a_reset_nothing_before_matters(events, chosen) -> None:
    chosen = chosen.model_copy(update={"hot": False})  # hot pixels belong to the sensor
    used, fresh = FilterChain(chosen, SENSOR), FilterChain(chosen, SENSOR)
    used.apply(events)
    used.reset()
    again = events.copy()
    again["t"] -= 1_000_000  # back in time
    assert rows(used.apply(again)) == rows(fresh.apply(again))


def test_without_filters_the_events_themselves_come_out() -> None:
    events = events_at((1, 2, 3, 1))
    chain = FilterChain(FilterSettings(), SENSOR)
    assert chain.apply(events) is events
    assert chain.counts == ()
    assert chain.resolution == SENSOR


def test_a_pixel_rests_after_an_event_that_passed() -> None:
    chosen = FilterSettings(refractory=True, refractory_us=100)
    given = [(0, 1, 1, 1), (50, 1, 1, 0), (99, 2, 1, 1), (100, 1, 1, 1), (150, 1, 1, 1)]
    # At 50 it rests, which does not make the rest longer: at 100 it is over.
    assert sifted(chosen, *given) == [given[0], given[2], given[3]]


def test_an_event_needs_a_neighbour_not_long_before() -> None:
    chosen = FilterSettings(background=True, background_us=1_000)
    given = [
        (0, 0, 0, 1),  # the first is alone
        (500, 0, 0, 1),  # a pixel does not support itself
        (1_500, 1, 1, 0),  # the corner's event was just 1,000 us before
        (2_501, 0, 0, 1),  # one us too late
        (2_501, 0, 1, 1),  # at the same time, but after it in the stream
        (2_502, 2, 3, 1),  # two pixels away from all of them
    ]
    assert sifted(chosen, *given) == [given[2], given[4]]


def test_more_neighbours_may_be_asked_for() -> None:
    chosen = FilterSettings(background=True, background_us=1_000, background_neighbours=2)
    given = [(0, 0, 0, 1), (1, 1, 0, 1), (2, 0, 0, 1), (3, 0, 1, 1)]
    assert sifted(chosen, *given) == [given[3]]


def test_corners_of_the_sensor_are_pixels_like_others() -> None:
    chosen = FilterSettings(background=True, background_us=1_000)
    corner = [(0, 7, 5, 1), (1, 6, 4, 1), (2, 0, 5, 1), (3, 7, 0, 1)]
    assert sifted(chosen, *corner) == [corner[1]]  # nothing wraps around


def test_polarity() -> None:
    given = [(0, 0, 0, 0), (1, 0, 0, 1)]
    assert sifted(FilterSettings(polarity="on"), *given) == [given[1]]
    assert sifted(FilterSettings(polarity="off"), *given) == [given[0]]


def test_each_filter_counts_what_reaches_it() -> None:
    chosen = FilterSettings(refractory=True, polarity="on", crop=(0, 0, 2, 6))
    chain = FilterChain(chosen, SENSOR)
    chain.apply(events_at((0, 0, 0, 1), (1, 0, 0, 1), (2, 1, 0, 0), (3, 5, 0, 1)))
    assert chain.counts == (
        FilterCount("refractory", 4, 1), FilterCount("polarity", 3, 1), FilterCount("crop", 2, 1)
    )  # fmt: skip
    assert chain.counts[0].share == 0.25
    assert FilterCount("crop", 0, 0).share == 0


def test_what_has_not_changed_goes_on_counting_and_remembering() -> None:
    before = FilterChain(FilterSettings(refractory=True, polarity="on"), SENSOR)
    before.apply(events_at((0, 1, 1, 1)))
    after = FilterChain(FilterSettings(refractory=True, polarity="off"), SENSOR, before)
    assert after.apply(events_at((10, 1, 1, 1))).size == 0
    assert after.counts == (FilterCount("refractory", 2, 1), FilterCount("polarity", 0, 0))
    other = FilterChain(FilterSettings(refractory=True), Resolution(9, 9), after)
    assert other.counts == (FilterCount("refractory", 0, 0),)


@pytest.mark.parametrize("passes", [[True, True], [True, False], [False, False]])
def test_kept(passes: list[bool]) -> None:
    events = events_at((0, 1, 2, 1), (5, 3, 4, 0))
    left = kept(events, np.array(passes))
    assert rows(left) == [row for row, stays in zip(rows(events), passes, strict=True) if stays]
