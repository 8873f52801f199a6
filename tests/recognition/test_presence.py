"""Somebody before the camera is told from what only looks so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events import Resolution
from app.recognition.presence import Presence
from app.recognition.regions import regions_of
from tests.recognition import nuisances as made
from tests.recognition.nuisances import SIDE, STEP_S, STEP_US, Stream


def watch(stream: Stream) -> np.ndarray:
    """(N,) bool: presence after each step."""
    presence = Presence(Resolution(SIDE, SIDE))
    return np.array([presence.push(counts, STEP_US) for counts in stream])


def first_s(seen: np.ndarray) -> float:
    return float(seen.argmax() * STEP_S)


@pytest.mark.parametrize("rate", [0.1, 0.5, 2.0, 5.0])
def test_noise_is_nobody(rate: float) -> None:
    assert not watch(made.noise(8.0, rate)).any()


def test_hot_pixels_are_nobody() -> None:
    assert not watch(made.noise(8.0, 0.3, hot=20)).any()


@pytest.mark.parametrize("hertz", [50.0, 60.0, 100.0, 120.0])
@pytest.mark.parametrize("window", [made.WHOLE, made.REGION], ids=["whole", "region"])
def test_a_flicker_that_sets_in_is_nobody(hertz: float, window: made.Window) -> None:
    assert not watch(made.flicker(6.0, hertz, window)).any()


def test_a_light_that_goes_on_is_nobody() -> None:
    assert not watch(made.light(6.0)).any()


def test_a_knock_at_the_camera_is_nobody() -> None:
    assert not watch(made.knock(12.0)).any()


def test_somebody_is_noticed_right_after_the_light() -> None:
    both = (
        light + person for light, person in zip(made.light(6.0), made.waver(6.0, 4.0), strict=True)
    )
    assert 4.0 < first_s(watch(both)) <= 4.3


def test_somebody_who_fills_the_picture_is_there() -> None:
    """Too near: stripes of his shirt all over the picture."""
    rng = np.random.default_rng(9)

    def stream() -> Stream:
        for number, counts in enumerate(made.noise(10.0)):
            t_s = number * STEP_S
            if t_s > 2.0:
                at = np.arange(SIDE) + 24 * np.sin(2 * np.pi * t_s)
                pace = abs(np.cos(2 * np.pi * t_s))
                counts += rng.poisson(pace * (at % 32 < 12), counts.shape)
            yield counts

    assert watch(stream())[round(4.0 / STEP_S) :].all()


@pytest.mark.parametrize(("height", "speed"), [(12, 30.0), (20, 60.0), (26, 30.0)])
def test_a_passer_by_far_behind_is_nobody(height: int, speed: float) -> None:
    assert not watch(made.passer(12.0, height, speed)).any()


def test_what_moves_in_a_corner_is_nobody() -> None:
    assert not watch(made.corner(12.0)).any()


def test_somebody_is_there_within_300_ms_and_gone_after_stillness() -> None:
    seen = watch(made.waver(8.0, begins_s=2.0, ends_s=5.0))
    assert 2.0 < first_s(seen) <= 2.3
    during = seen[round(2.3 / STEP_S) : round(5.0 / STEP_S)]
    assert during.all()
    left_s = (len(seen) - seen[::-1].argmax()) * STEP_S
    assert 5.0 < left_s < 6.5


def test_somebody_far_away_who_waves_is_there_after_a_second() -> None:
    seen = watch(made.waver(6.0, height=14, rate=40.0))
    assert 2.0 < first_s(seen) < 4.0
    assert seen[-10:].all()


def test_a_visitor_is_not_learnt_away() -> None:
    assert watch(made.waver(90.0))[round(3.0 / STEP_S) :].mean() > 0.95


@pytest.mark.slow
def test_what_never_ends_is_learnt() -> None:
    seen = watch(made.fan(330.0))
    assert seen[round(3.0 / STEP_S) : round(30.0 / STEP_S)].all()
    assert not seen[-round(30.0 / STEP_S) :].any()


@pytest.mark.parametrize("size", [(128, 128), (346, 260), (640, 480)])
def test_any_sensor_and_any_length_of_step(size: tuple[int, int]) -> None:
    presence = Presence(Resolution(*size))
    rng = np.random.default_rng(0)
    width, height = size
    seen = []
    for number in range(200):
        counts = rng.poisson(0.003, (2, height, width))
        if number >= 100:
            at = width // 2 + round(width / 5 * np.sin(number / 4))
            area = counts[:, height // 3 : height // 3 * 2, at : at + width // 12]
            area += rng.poisson(0.5, area.shape)
        seen.append(presence.push(counts, int(rng.integers(5_000, 60_000))))
    assert not any(seen[:100])
    assert all(seen[130:])


def test_a_source_that_begins_anew_is_nobody() -> None:
    presence = Presence(Resolution(SIDE, SIDE))
    for counts in made.waver(4.0):
        presence.push(counts, STEP_US)
    presence.reset()
    assert not presence.push(np.zeros((2, SIDE, SIDE), np.uint16), STEP_US)


def test_regions_by_hand() -> None:
    cells = np.zeros((5, 10), bool)
    cells[0, 0] = cells[1, 1] = True  # touch at a corner, at the left edge
    cells[4, 4:7] = True
    first, second = sorted(regions_of(cells), key=lambda region: region.size)
    assert (first.size, first.centre, first.at_edge) == (2, (0.5, 0.5), True)
    assert (second.size, second.centre, second.at_edge) == (3, (4.0, 5.0), False)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), min_size=24, max_size=24))
def test_regions_share_out_the_cells(flags: list[bool]) -> None:
    cells = np.array(flags).reshape(4, 6)
    places = [place for region in regions_of(cells) for place in region.places]
    assert len(places) == len(set(places)) == cells.sum()
    assert all(cells[place] for place in places)
