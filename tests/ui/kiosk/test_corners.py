from __future__ import annotations

import pytest

from app.ui.kiosk.corners import WITHIN_S, CornerChord, corner_at


def pressed(corners: list[int | None], step_s: float = 0.5) -> list[bool]:
    chord = CornerChord()
    return [chord.press(corner, number * step_s) for number, corner in enumerate(corners)]


def test_clockwise_from_the_upper_left() -> None:
    assert pressed([0, 1, 2, 3]) == [False, False, False, True]


@pytest.mark.parametrize(
    "corners",
    [[0, 3, 2, 1], [1, 2, 3, 0], [0, 1, 2], [0, 1, None, 2, 3], [0, 1, 1, 2, 3], [3, 3, 3, 3]],
)
def test_nothing_else_will_do(corners: list[int | None]) -> None:
    assert not any(pressed(corners))


def test_a_false_start_does_no_harm() -> None:
    assert pressed([0, 2, 0, 0, 1, 2, 3])[-1]


def test_it_must_be_done_in_time() -> None:
    assert pressed([0, 1, 2, 3], WITHIN_S / 3)[-1]
    assert not any(pressed([0, 1, 2, 3], WITHIN_S / 3 + 0.1))


def test_it_can_be_done_again() -> None:
    assert pressed([0, 1, 2, 3] * 2) == [False, False, False, True] * 2


@pytest.mark.parametrize("size", [(800, 480), (1080, 1920), (3840, 2160)])
def test_corners_of_the_screen(size: tuple[int, int]) -> None:
    width, height = size
    ends = [(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]
    assert [corner_at(*end, *size) for end in ends] == [0, 1, 2, 3]
    edges = [(width / 2, 0), (0, height / 2), (width / 2, height / 2)]
    assert [corner_at(*edge, *size) for edge in edges] == [None] * 3
