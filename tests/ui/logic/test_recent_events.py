from __future__ import annotations

import numpy as np
import pytest

from app.ui.logic.recent_events import KEPT_US, MOST_EVENTS, PixelReading, RecentEvents
from tests.recognition.streams import make_events


def filled(*times: list[int], least: int = 0) -> RecentEvents:
    made = RecentEvents()
    made.least = least
    for each in times:
        made.add([make_events(each)])
    return made


def test_what_is_asked_for_is_found_across_arrays() -> None:
    recent = filled([1, 5], [5, 9], [12])
    assert recent.since(5)["t"].tolist() == [5, 5, 9, 12]
    assert recent.since(99).size == 0
    assert recent.last(3)["t"].tolist() == [5, 9, 12]
    assert recent.last(99)["t"].tolist() == [1, 5, 5, 9, 12]
    assert filled().last(4).size == filled().since(0).size == 0


def test_older_than_a_second_goes() -> None:
    recent = filled([0], [10], [KEPT_US + 10])
    assert recent.last(9)["t"].tolist() == [10, KEPT_US + 10]
    assert not recent.is_cut


def test_of_a_slow_stream_as_many_as_are_wanted_stay() -> None:
    recent = filled([0], [10, 11], [5 * KEPT_US], [6 * KEPT_US], least=3)
    assert recent.last(99)["t"].tolist() == [10, 11, 5 * KEPT_US, 6 * KEPT_US]
    assert recent.at_pixel(0, 0, 6 * KEPT_US).rate == 2.0


def test_of_too_many_the_newest_stay() -> None:
    recent = RecentEvents()
    part = make_events(np.zeros(MOST_EVENTS // 2, int))
    for _ in range(3):
        recent.add([part])
    assert recent.size == MOST_EVENTS
    assert recent.is_cut


def test_time_that_goes_back_empties_it() -> None:
    recent = filled([100, 200])
    recent.add([make_events([50])])
    assert recent.last(9)["t"].tolist() == [50]


def test_a_pixel_tells_its_rate_and_its_last_event() -> None:
    recent = RecentEvents()
    recent.add([make_events([100, 400_000, 500_000], x=[3, 3, 2], y=[1, 1, 1], p=[1, 0, 1])])
    assert recent.at_pixel(3, 1, 600_000) == PixelReading(2.0, 200_000, False)
    assert recent.at_pixel(2, 1, 600_000) == PixelReading(1.0, 100_000, True)
    assert recent.at_pixel(0, 0, 600_000) == PixelReading(0.0)


def test_the_rate_of_a_fast_stream_is_of_the_time_that_is_kept() -> None:
    recent = RecentEvents()
    half = MOST_EVENTS // 2
    for start in (0, 100_000, 200_000):
        recent.add([make_events(np.linspace(start, start + 99_999, half).astype(int))])
    assert recent.at_pixel(0, 0, 300_000).rate == pytest.approx(MOST_EVENTS / 0.2, rel=0.01)
