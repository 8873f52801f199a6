from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.viewport import LEAST_SIDE, Viewport

WHOLE = Viewport.whole(128, 96)


def test_zooming_keeps_the_place_under_the_mouse() -> None:
    seen = WHOLE.zoomed(2, 32, 24)
    assert (seen.left, seen.top, seen.width, seen.height) == (16, 12, 64, 48)
    assert (seen.zoom, seen.is_whole) == (2, False)
    assert seen.zoomed(0.5, 99, 99) == WHOLE


def test_moving_stops_at_the_edge() -> None:
    seen = WHOLE.zoomed(2, 0, 0).moved(10, -10)
    assert (seen.left, seen.top) == (10, 0)
    assert (seen.moved(999, 999).left, seen.moved(999, 999).top) == (64, 48)
    assert WHOLE.moved(5, 5) == WHOLE


def test_a_sensor_smaller_than_the_closest_look_is_never_enlarged() -> None:
    assert Viewport.whole(6, 4).zoomed(4, 1, 1) == Viewport.whole(6, 4)


@given(
    steps=st.lists(
        st.tuples(st.floats(0.1, 10), st.floats(0, 1), st.floats(0, 1), st.floats(-50, 50)),
        max_size=12,
    )
)
def test_what_is_seen_stays_inside_and_keeps_its_shape(steps) -> None:
    seen = WHOLE
    for factor, across, down, way in steps:
        x, y = seen.left + across * seen.width, seen.top + down * seen.height
        seen = seen.zoomed(factor, x, y).moved(way, -way)
        assert 0 <= seen.left <= 128 - seen.width + 1e-6
        assert 0 <= seen.top <= 96 - seen.height + 1e-6
        assert seen.width / seen.height == pytest.approx(128 / 96)
        assert seen.height >= LEAST_SIDE - 1e-6
