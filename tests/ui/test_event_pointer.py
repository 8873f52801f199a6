"""The mouse on the event picture: pixels, regions, everything again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt

from app.events import Resolution
from app.sources.contract import SourceInfo
from app.ui.event_pointer import square
from app.ui.event_view import EventView
from app.ui.theme import DARK
from tests.ui.fakes import snapshot

WIDTH, HEIGHT = 40, 30
INFO = SourceInfo("a.aedat4", Resolution(WIDTH, HEIGHT), False, 0, 1_000_000)
LEFT, SHIFT, NONE = (
    Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
)  # fmt: skip


@pytest.fixture
def view(event_view: EventView) -> EventView:
    show(event_view)
    return event_view


def show(view: EventView, **fields: object) -> None:
    counts = np.zeros((2, HEIGHT, WIDTH), np.uint16)
    view.show_snapshot(snapshot(**{"info": INFO, "counts": counts, **fields}))


def at(view: EventView, x: float, y: float) -> QPoint:
    """The middle of a pixel, as the mouse sees it."""
    place = view.canvas.picture_rect()
    column = place.x() + (x + 0.5) * place.width() / WIDTH
    return QPoint(int(column), int(place.y() + (y + 0.5) * place.height() / HEIGHT))


def drag(qtbot, view: EventView, start: QPoint, end: QPoint, modifier: object = NONE) -> None:
    qtbot.mousePress(view.canvas, LEFT, modifier, start)
    qtbot.mouseMove(view.canvas, end)
    qtbot.mouseRelease(view.canvas, LEFT, modifier, end)


def test_a_click_points_at_the_pixel_under_it(view: EventView, qtbot) -> None:
    heard = []
    view.pointer.pointed.connect(heard.append)
    for pixel in [(0, 0), (WIDTH - 1, HEIGHT - 1), (17, 5)]:
        qtbot.mouseClick(view.canvas, LEFT, NONE, at(view, *pixel))
    qtbot.mouseClick(view.canvas, LEFT, NONE, QPoint(1, 1))  # beside the picture
    assert [(pixel.x(), pixel.y()) for pixel in heard] == [(0, 0), (39, 29), (17, 5)]


def test_shift_and_drag_draw_a_square(view: EventView, qtbot) -> None:
    heard = []
    view.pointer.region_drawn.connect(heard.append)
    drag(qtbot, view, at(view, 5, 5), at(view, 20, 12), SHIFT)
    drag(qtbot, view, at(view, 5, 5), at(view, 20, 12))
    drag(qtbot, view, at(view, 5, 5), at(view, 7, 7), SHIFT)  # a click that slipped
    assert heard == [QRect(5, 5, 16, 16)]
    assert view.canvas.drawn is None


def test_once_asked_for_one_drag_draws(view: EventView, qtbot) -> None:
    heard, changes = [], []
    view.pointer.region_drawn.connect(heard.append)
    view.pointer.drawing_changed.connect(changes.append)
    view.pointer.drawing = True
    assert view.canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    for _ in range(2):
        drag(qtbot, view, at(view, 30, 25), at(view, 10, 20))
    assert heard == [QRect(10, 5, 21, 21)]
    assert changes == [True, False]


def test_a_double_click_wishes_for_everything(view: EventView, qtbot) -> None:
    with qtbot.waitSignal(view.pointer.everything_wished):
        qtbot.mouseDClick(view.canvas, LEFT, NONE, at(view, 5, 5))


def test_a_part_is_outlined_and_all_is_not(view: EventView) -> None:
    assert view.canvas.outlined is None
    show(view, region=(5, 0, 30, 30))
    assert view.canvas.outlined == QRect(5, 0, 30, 30)
    corner = at(view, 5, 0) - QPoint(4, 4)
    outlined = view.canvas.grab().toImage()
    seen = {outlined.pixelColor(corner.x() + i, corner.y() + 60).name() for i in range(9)}
    assert DARK.accent in seen
    show(view, region=(0, 0, WIDTH, HEIGHT))
    assert view.canvas.outlined is None


@given(
    start=st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)),
    end=st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)),
)
def test_squares_stay_inside_and_begin_where_the_drag_did(start, end) -> None:
    drawn = square(QPoint(*start), QPoint(*end), QRect(0, 0, WIDTH, HEIGHT))
    assert drawn.width() == drawn.height() >= 1
    assert QRect(0, 0, WIDTH, HEIGHT).contains(drawn)
    assert start[0] in (drawn.left(), drawn.right())
    assert start[1] in (drawn.top(), drawn.bottom())


def test_who_asks_for_a_rectangle_has_the_next_drag(view: EventView, qtbot) -> None:
    regions, heard = [], []
    view.pointer.region_drawn.connect(regions.append)
    view.pointer.draw(heard.append)
    assert view.canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    drag(qtbot, view, at(view, 30, 25), at(view, 4, 10))
    view.pointer.draw(heard.append)
    drag(qtbot, view, at(view, 4, 4), at(view, 30, 6))  # which is too low
    drag(qtbot, view, at(view, 4, 4), at(view, 20, 20), SHIFT)
    assert heard == [QRect(4, 10, 27, 16), None]
    assert regions == [QRect(4, 4, 17, 17)]
    assert view.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_region_takes_the_drag_from_whoever_has_asked(view: EventView, qtbot) -> None:
    regions, heard = [], []
    view.pointer.region_drawn.connect(regions.append)
    view.pointer.draw(heard.append)
    view.pointer.drawing = True
    drag(qtbot, view, at(view, 4, 4), at(view, 20, 20))
    assert heard == []
    assert regions == [QRect(4, 4, 17, 17)]
