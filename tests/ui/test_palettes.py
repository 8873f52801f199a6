from __future__ import annotations

import numpy as np
import pytest

from app.ui.palettes import PALETTES, PURE_OFF, PURE_ON, STEPS, colour_levels, colour_table
from app.ui.theme import DARK, LIGHT, Look


def hexed(colour: int) -> str:
    return f"#{int(colour) & 0xFFFFFF:06x}"


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_blue_and_orange_run_from_the_ground_to_the_polarity_colours(look: Look) -> None:
    table = colour_table("blue_orange", look)
    assert hexed(table[0]) == look.event_ground
    assert hexed(table[PURE_OFF]) == look.off
    assert hexed(table[PURE_ON]) == look.on


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_every_table_is_opaque_and_shows_a_single_event(palette: str, look: Look) -> None:
    table = colour_table(palette, look)
    assert table.shape == (STEPS * STEPS,)
    assert table.dtype == np.uint32
    assert (table >> 24 == 0xFF).all()
    ground = np.array([table[0] >> shift & 0xFF for shift in (16, 8, 0)], int)
    for one_event in (table[8 * STEPS], table[8]):
        shade = np.array([one_event >> shift & 0xFF for shift in (16, 8, 0)], int)
        assert np.abs(shade - ground).sum() > 60


def test_gray_shows_on_brighter_and_off_darker() -> None:
    table = colour_table("gray", DARK)
    assert hexed(table[PURE_OFF]) == "#000000"
    assert hexed(table[PURE_ON]) == "#ffffff"
    assert hexed(table[0]) == "#767676"


def test_cividis_treats_both_polarities_alike() -> None:
    table = colour_table("cividis", DARK).reshape(STEPS, STEPS)
    assert (table == table.T).all()


def test_levels_are_cut_into_eighths_and_saturate() -> None:
    table = np.arange(STEPS * STEPS, dtype=np.uint32)
    levels = np.array([[[0.0, 0.124, 1.0, 99.0]], [[0.125, 0.0, 0.5, 99.0]]], np.float32)
    expected = [[1, 0, 8 * STEPS + 4, STEPS * STEPS - 1]]
    assert colour_levels(levels, table).tolist() == expected
