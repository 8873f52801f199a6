from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import Resolution
from app.filters.geometry import Geometry, fits
from app.settings import FilterSettings
from tests.filters.streams import events_at

SENSOR = Resolution(4, 3)


def picture(geometry: Geometry) -> list[list[int]]:
    """The sensor's pixels 0 1 2 3 / 4 5 6 7 / 8 9 10 11 at their new places."""
    everywhere = events_at(*((5 * y + x, x, y, 1) for y in range(3) for x in range(4)))
    seen = everywhere[geometry.inside(everywhere)]
    placed = geometry.placed(seen)
    shown = np.full((geometry.resolution.height, geometry.resolution.width), -1)
    shown[placed["y"], placed["x"]] = 4 * seen["y"] + seen["x"]
    return shown.tolist()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]),
        ({"flip": "x"}, [[3, 2, 1, 0], [7, 6, 5, 4], [11, 10, 9, 8]]),
        ({"flip": "y"}, [[8, 9, 10, 11], [4, 5, 6, 7], [0, 1, 2, 3]]),
        ({"flip": "both"}, [[11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1, 0]]),
        ({"rotate": 90}, [[8, 4, 0], [9, 5, 1], [10, 6, 2], [11, 7, 3]]),
        ({"rotate": 180}, [[11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1, 0]]),
        ({"rotate": 270}, [[3, 7, 11], [2, 6, 10], [1, 5, 9], [0, 4, 8]]),
        ({"crop": (1, 1, 2, 2)}, [[5, 6], [9, 10]]),
        ({"crop": (1, 1, 3, 2), "rotate": 90}, [[9, 5], [10, 6], [11, 7]]),
        ({"crop": (1, 1, 2, 2), "flip": "x"}, [[6, 5], [10, 9]]),
        # The last event of each square is what the picture shows.
        ({"downscale": 2}, [[5, 7], [9, 11]]),
        ({"downscale": 3}, [[10, 11]]),
    ],
)
def test_every_pixel_comes_to_its_place(fields: dict, expected: list[list[int]]) -> None:
    assert picture(Geometry.of(FilterSettings(**fields), SENSOR)) == expected


def test_what_stays_where_it_is() -> None:
    assert not Geometry(SENSOR).moves
    assert not Geometry(SENSOR, (0, 0, 2, 2)).moves
    assert Geometry(SENSOR, (1, 0, 2, 2)).moves


def test_the_events_given_are_not_written() -> None:
    given = events_at((0, 0, 0, 1))
    Geometry(SENSOR, flip="x").placed(given)
    assert given["x"].tolist() == [0]


def test_a_crop_that_does_not_fit_is_left_out() -> None:
    assert fits((1, 0, 3, 3), SENSOR)
    assert not fits((1, 0, 4, 3), SENSOR)
    geometry = Geometry.of(FilterSettings(crop=(0, 0, 4, 4)), SENSOR)
    assert geometry.crop is None
    assert geometry.resolution == SENSOR


@given(st.data())
def test_what_a_part_of_the_picture_shows_is_found_on_the_sensor(data: st.DataObject) -> None:
    crop = data.draw(st.sampled_from([None, (0, 0, 4, 3), (1, 1, 3, 2), (1, 0, 2, 3)]))
    geometry = Geometry(
        SENSOR, crop, data.draw(st.sampled_from(["none", "x", "y", "both"])),
        data.draw(st.sampled_from([0, 90, 180, 270])), data.draw(st.sampled_from([1, 2, 3])),
    )  # fmt: skip
    x = data.draw(st.integers(0, geometry.resolution.width - 1))
    y = data.draw(st.integers(0, geometry.resolution.height - 1))
    width = data.draw(st.integers(1, geometry.resolution.width - x))
    height = data.draw(st.integers(1, geometry.resolution.height - y))
    found = Geometry(SENSOR, geometry.shown_by((x, y, width, height)))
    everywhere = events_at(*((5 * y + x, x, y, 1) for y in range(3) for x in range(4)))
    everywhere = everywhere[geometry.inside(everywhere)]
    placed = geometry.placed(everywhere)
    across, down = placed["x"] - x, placed["y"] - y
    shown = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    assert found.inside(everywhere).tolist() == shown.tolist()
    assert fits(found.box, SENSOR)
