"""Kinds of event pictures, by hand and by law."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import DisplaySettings
from app.ui.logic.accumulation import FULL, Accumulation, TimeSurface, count_levels
from tests.recognition.streams import make_events

SHAPE = (2, 3, 4)
NONE = np.zeros(SHAPE, np.uint16)


def fed(display: DisplaySettings, *parts: np.ndarray, now_us: int) -> Accumulation:
    made = Accumulation(display)
    counts = sum((count_levels(part, SHAPE) for part in parts), NONE).astype(np.uint16)
    made.add(counts, parts, now_us)
    return made


def levels(made: Accumulation) -> dict[tuple[int, int, int], float]:
    """What is not zero, by polarity, row and column."""
    assert made.levels is not None
    return {tuple(at): float(made.levels[tuple(at)]) for at in np.argwhere(made.levels).tolist()}


def test_constant_time_shows_the_last_milliseconds_and_no_more() -> None:
    events = make_events(
        [0, 20_000, 20_001, 29_999], x=[0, 1, 1, 3], y=[0, 2, 2, 1], p=[1, 1, 1, 0]
    )
    made = fed(DisplaySettings(accumulation="time", span_ms=10), events, now_us=30_000)
    assert levels(made) == {(1, 2, 1): 2.0, (0, 1, 3): 1.0}
    made.add(NONE, (), 31_000)
    assert levels(made) == {(0, 1, 3): 1.0}


def test_constant_count_shows_the_last_events_however_old_they_are() -> None:
    display = DisplaySettings(accumulation="count", span_events=100)
    old = make_events(np.arange(60), x=0, y=0, p=0)
    new = make_events(np.arange(1000, 1070), x=2, y=1, p=1)
    made = fed(display, old, new, now_us=900_000)
    assert levels(made) == {(0, 0, 0): 30.0, (1, 1, 2): 70.0}
    made.add(NONE, (), 950_000)
    assert levels(made) == {(0, 0, 0): 30.0, (1, 1, 2): 70.0}


def test_a_time_surface_tells_the_age_and_polarity_of_each_pixels_last_event() -> None:
    display = DisplaySettings(accumulation="surface", fading_ms=50)
    events = make_events([0, 50_000, 100_000], x=[1, 1, 3], y=[2, 2, 0], p=[1, 0, 1])
    made = fed(display, events, now_us=100_000)
    full = float(FULL)
    assert levels(made) == pytest.approx({(0, 2, 1): full / math.e, (1, 0, 3): full})
    made.add(NONE, (), 200_000)
    assert levels(made) == pytest.approx({(0, 2, 1): full / math.e**3, (1, 0, 3): full / math.e**2})


def test_fading_is_the_sum_of_what_each_event_has_left_when_it_is_asked_for_late() -> None:
    events = make_events([0, 60_000, 120_000], x=1, y=1, p=1)
    made = fed(DisplaySettings(accumulation="time"), events, now_us=120_000)
    made.set_display(DisplaySettings(fading_ms=60))
    assert levels(made) == pytest.approx({(1, 1, 1): 1 + math.exp(-1) + math.exp(-2)})
    made.add(NONE, (), 180_000)
    expected = math.exp(-1) + math.exp(-2) + math.exp(-3)
    assert levels(made) == pytest.approx({(1, 1, 1): expected})


@pytest.mark.parametrize("kind", ["fading", "time", "count", "surface"])
def test_time_that_goes_back_empties_every_picture(kind: str) -> None:
    display = DisplaySettings(accumulation=kind)
    made = fed(display, make_events([500_000], x=1, y=1), now_us=500_000)
    later = make_events([100], x=2, y=2)
    made.add(count_levels(later, SHAPE).astype(np.uint16), (later,), 101)
    assert list(levels(made)) == [(1, 2, 2)]


@pytest.mark.parametrize("kind", ["fading", "time", "count", "surface"])
def test_another_sensor_and_clearing_begin_anew(kind: str) -> None:
    made = fed(DisplaySettings(accumulation=kind), make_events([5], x=1, y=1), now_us=10)
    made.add(np.zeros((2, 2, 2), np.uint16), (), 20)
    assert made.levels.shape == (2, 2, 2)
    assert not made.levels.any()
    made.clear()
    assert made.levels is None


def test_a_picture_that_rests_changes_its_kind_at_once() -> None:
    events = make_events([0, 90_000], x=[1, 3], y=[1, 0], p=[1, 0])
    made = fed(DisplaySettings(), events, now_us=100_000)
    for kind, expected in (("time", {(0, 0, 3)}), ("count", {(1, 1, 1), (0, 0, 3)})):
        made.set_display(DisplaySettings(accumulation=kind))
        assert set(levels(made)) == expected
    made.set_display(DisplaySettings(accumulation="surface"))
    assert set(levels(made)) == {(1, 1, 1), (0, 0, 3)}


def stream(draw: st.DrawFn) -> np.ndarray:
    count = draw(st.integers(0, 40))
    times = sorted(draw(st.lists(st.integers(0, 99_999), min_size=count, max_size=count)))
    places = draw(st.lists(st.integers(0, 23), min_size=count, max_size=count))
    at = np.array(places, int)
    return make_events(np.array(times, int), x=at % 4, y=at // 4 % 3, p=at // 12)


@given(data=st.data(), kind=st.sampled_from(["time", "count", "surface"]))
def test_pictures_do_not_depend_on_how_the_stream_is_cut(data: st.DataObject, kind: str) -> None:
    events = stream(data.draw)
    display = DisplaySettings(accumulation=kind, span_ms=30, span_events=100)
    cut = data.draw(st.integers(0, events.size))
    whole = fed(display, events, now_us=100_000)
    parts = Accumulation(display)
    for part, now_us in (
        (events[:cut], int(events["t"][cut - 1]) if cut else 0),
        (events[cut:], 100_000),
    ):
        parts.add(NONE, (part,), now_us)
    assert np.array_equal(whole.levels, parts.levels)


@given(data=st.data())
def test_counts_count_every_event_once_and_surfaces_show_no_more_pixels(
    data: st.DataObject,
) -> None:
    events = stream(data.draw)
    counts = count_levels(events, SHAPE)
    assert counts.sum() == events.size
    surface = TimeSurface(SHAPE)
    surface.add(events)
    shown = surface.levels(100_000, 1000)
    assert np.array_equal(shown.max(0) > 0, counts.sum(0) > 0)
    assert not (shown[0] * shown[1]).any()
