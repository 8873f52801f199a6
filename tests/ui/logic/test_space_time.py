from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.recent_events import KEPT_US
from app.ui.logic.space_time import (
    AGES,
    CLOSEST,
    MOST_POINTS,
    Camera,
    Stance,
    draw,
    shades,
    thinned,
)
from tests.recognition.streams import make_events

GROUND, OFF, ON = (0, 0, 0), (0, 0, 255), (255, 0, 0)
TABLE = shades(GROUND, OFF, ON)
SIZE = (200, 100)


def drawn(stance: Stance, events: np.ndarray, now_us: int = KEPT_US, dot: int = 1) -> np.ndarray:
    image = np.zeros((SIZE[1], SIZE[0]), np.uint32)
    draw(image, events, now_us, Camera(stance, 64, 64, SIZE), TABLE, dot)
    return image


def test_from_the_front_the_middle_pixel_is_in_the_middle() -> None:
    columns, rows = Camera(Stance(0, 0), 64, 48, SIZE).places(
        np.float32([32, 64]), np.float32([24, 24]), np.float32([0, KEPT_US])
    )
    assert (columns[0], rows[0], rows[1]) == pytest.approx((100, 50, 50))
    assert columns[1] > columns[0]


def test_from_the_side_time_goes_to_the_right() -> None:
    newest, oldest = (
        float(Camera(Stance(90, 0), 64, 64, SIZE).places(
            np.float32([32]), np.float32([32]), np.float32([age])
        )[0][0])
        for age in (0, KEPT_US)
    )  # fmt: skip
    assert newest > 100 > oldest
    assert newest - 100 == pytest.approx(100 - oldest, abs=1e-3)


def test_what_is_nearer_covers_what_is_farther() -> None:
    events = make_events([0, KEPT_US], x=32, y=32, p=[0, 1])
    assert drawn(Stance(0, 0), events)[50, 100] == TABLE[1, 0]
    assert drawn(Stance(180, 0), events)[50, 100] == TABLE[0, AGES - 1]


@given(
    yaw=st.floats(-720, 720), pitch=st.floats(-300, 300), zoom=st.floats(0.01, 100),
    dot=st.integers(1, 3),
)  # fmt: skip
def test_no_stance_draws_outside_or_upside_down(yaw, pitch, zoom, dot) -> None:
    stance = Stance().turned(yaw, pitch).closer(zoom)
    assert abs(stance.pitch) < 90
    assert stance.zoom <= CLOSEST
    axes = stance.axes
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-9)
    assert axes[1, 1] > 0
    corners = make_events([0, 1, KEPT_US - 1, KEPT_US], x=[0, 63, 0, 63], y=[0, 63, 63, 0])
    drawn(stance, corners, dot=dot)


@given(yaw=st.floats(0, 360), pitch=st.floats(-89, 89))
def test_all_of_the_box_is_seen_from_everywhere(yaw: float, pitch: float) -> None:
    corners = Camera(Stance(yaw, pitch), 346, 260, SIZE).corners(346, 260)
    assert (corners >= -0.01).all()
    assert (corners[..., 0] <= SIZE[0] + 0.01).all()
    assert (corners[..., 1] <= SIZE[1] + 0.01).all()


def test_a_dot_is_a_square() -> None:
    image = drawn(Stance(0, 0), make_events([KEPT_US], x=32, y=32), dot=2)
    assert np.argwhere(image).tolist() == [[50, 100], [50, 101], [51, 100], [51, 101]]


@pytest.mark.parametrize(("count", "every"), [(0, 1), (MOST_POINTS, 1), (MOST_POINTS + 1, 2)])
def test_many_events_are_thinned_out(count: int, every: int) -> None:
    kept, found = thinned(make_events(np.arange(count)))
    assert found == every
    assert kept.size <= MOST_POINTS


@given(yaw=st.floats(0, 360), pitch=st.floats(-89, 89))
def test_the_farthest_corner_is_the_one_that_is_least_near(yaw: float, pitch: float) -> None:
    stance = Stance(yaw, pitch)
    nearness = {
        (x, y, old): float(np.array([x - 0.5, y - 0.5, 0.5 - old]) @ stance.axes[:, 2])
        for x in (0, 1) for y in (0, 1) for old in (0, 1)
    }  # fmt: skip
    farthest = Camera(stance, 64, 64, SIZE).farthest
    assert nearness[farthest] == pytest.approx(min(nearness.values()))


def test_from_above_the_top_is_nearer_and_the_newest_lower() -> None:
    axes = Stance(0, 30).axes
    assert axes[1, 2] < 0
    assert axes[2, 1] > 0
