from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kiosk.spike_dots import DIM, FADING_US, MOST_DOTS, SpikeDots, shape_of
from app.ui.theme import DARK
from tests.ui.fakes import chunk, reading


def fired(ticks: int, neurons: int, *spikes: tuple[int, int]) -> np.ndarray:
    """(ticks, neurons) with a spike at each (tick, neuron)."""
    made = np.zeros((ticks, neurons), np.uint8)
    for tick, neuron in spikes:
        made[tick, neuron] = 1
    return made


def test_a_neuron_shines_when_it_fires_and_fades_in_sensor_time() -> None:
    dots = SpikeDots()
    nothing = fired(100, 11)
    dots.add(reading(raster=(chunk(0, nothing, fired(100, 192, (99, 3), (19, 7))),)))
    assert dots.glow[3] == pytest.approx(math.exp(-1_000 / FADING_US))
    assert dots.glow[7] == pytest.approx(math.exp(-81_000 / FADING_US))
    assert dots.glow[0] == 0
    dots.add(reading(raster=(chunk(100_000, nothing, fired(100, 192)),)))
    assert dots.glow[3] == pytest.approx(math.exp(-101_000 / FADING_US))


def test_going_back_in_time_and_another_network_begin_in_the_dark() -> None:
    dots = SpikeDots()
    output = fired(10, 11, (9, 2))
    dots.add(reading(raster=(chunk(0, output, fired(10, 30, (9, 1))),)))
    dots.add(replace(reading(raster=(chunk(0, output, fired(10, 30, (9, 4))),)), restarted=True))
    assert np.flatnonzero(dots.glow).tolist() == [4]
    dots.add(reading(raster=(chunk(0, output, fired(10, 0)),)))
    assert np.flatnonzero(dots.glow).tolist() == [2], "a network without a hidden layer"
    assert len(dots.glow) == 11


def test_a_dot_for_each_neuron_as_large_as_fits() -> None:
    dots = SpikeDots()
    assert dots.image(400, 80, DARK.accent) is None
    dots.add(reading(raster=(chunk(0, fired(1, 11), fired(1, 192, (0, 0))),)))
    picture = dots.image(585, 100, DARK.accent)
    assert (picture.width(), picture.height()) == (39 * 15, 5 * 15)
    lit, dark, between = (picture.pixelColor(*at).alpha() for at in ((7, 7), (22, 7), (0, 0)))
    assert lit > 250
    assert dark == round(255 * DIM)
    assert between == 0


@given(st.integers(1, 3000))
def test_every_dot_has_its_place(neurons: int) -> None:
    dots = SpikeDots()
    dots.add(reading(raster=(chunk(0, fired(1, 11), fired(1, neurons)),)))
    rows, columns = shape_of(len(dots.glow))
    assert len(dots.glow) == min(neurons, MOST_DOTS)
    assert rows * columns >= len(dots.glow) > (rows - 1) * columns
    assert dots.image(300, 60, DARK.accent) is not None
