"""Looking closer into the event picture: zoom, move, read a pixel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.events import Resolution
from app.settings import DisplaySettings
from app.sources.contract import SourceInfo
from app.ui.event_view import EventView
from app.ui.theme import DARK
from tests.recognition.streams import make_events
from tests.ui.fakes import snapshot

WIDTH, HEIGHT = 40, 30
INFO = SourceInfo("a.aedat4", Resolution(WIDTH, HEIGHT), False, 0, 1_000_000)
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(event_view: EventView) -> EventView:
    show(event_view)
    return event_view


def show(view: EventView, **fields: object) -> None:
    counts = np.zeros((2, HEIGHT, WIDTH), np.uint16)
    counts[1, 12, 20] = 9
    view.show_snapshot(snapshot(**{"info": INFO, "counts": counts, **fields}))


def at(view: EventView, across: float, down: float) -> QPoint:
    """A point of the canvas, at parts of the picture's width and height."""
    place = view.canvas.picture_rect()
    return QPoint(int(place.x() + across * place.width()), int(place.y() + down * place.height()))


def wheel(view: EventView, point: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(view.canvas.mapToGlobal(point)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, event)


def drag(qtbot, view: EventView, button: object, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view.canvas, button, NO_KEY, start)
    qtbot.mouseMove(view.canvas, end)
    qtbot.mouseRelease(view.canvas, button, NO_KEY, end)


@pytest.mark.parametrize("part", [(0.1, 0.2), (0.5, 0.5), (0.9, 0.7)])
def test_the_wheel_zooms_around_the_pixel_under_the_mouse(view: EventView, part) -> None:
    point = at(view, *part)
    before = view.canvas.pixel_at(point)
    wheel(view, point, 4)
    assert view.canvas.viewport.zoom == pytest.approx(1.25**4)
    assert view.canvas.pixel_at(point) == before
    wheel(view, point, -9)
    assert view.canvas.viewport.is_whole


def test_what_is_drawn_stands_where_the_mouse_finds_it(view: EventView) -> None:
    wheel(view, at(view, 0.4, 0.6), 5)
    seen = view.canvas.grab().toImage()
    for across in np.linspace(0.03, 0.97, 25):
        for down in np.linspace(0.03, 0.97, 25):
            point = at(view, across, down)
            lit = view.canvas.pixel_at(point) == QPoint(20, 12)
            edge = view.canvas.pixel_at(point + QPoint(1, 1)) != view.canvas.pixel_at(
                point - QPoint(1, 1)
            )
            if not edge:
                assert (seen.pixelColor(point).name() == DARK.on) == lit


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_a_drag_moves_a_zoomed_picture_with_the_mouse(view: EventView, qtbot, button) -> None:
    pointed = []
    view.pointer.pointed.connect(pointed.append)
    wheel(view, at(view, 0.5, 0.5), 5)
    start, end = at(view, 0.5, 0.5), at(view, 0.7, 0.6)
    held = view.canvas.pixel_at(start)
    drag(qtbot, view, button, start, end)
    assert view.canvas.pixel_at(end) == held
    assert not pointed
    assert view.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_whole_picture_is_not_moved_and_a_click_in_a_zoomed_one_points(
    view: EventView, qtbot
) -> None:
    drag(qtbot, view, MIDDLE, at(view, 0.5, 0.5), at(view, 0.8, 0.8))
    assert view.canvas.viewport.is_whole
    pointed = []
    view.pointer.pointed.connect(pointed.append)
    wheel(view, at(view, 0.5, 0.5), 3)
    qtbot.mouseClick(view.canvas, LEFT, NO_KEY, at(view, 0.5, 0.5))
    assert pointed == [view.canvas.pixel_at(at(view, 0.5, 0.5))]


def test_a_double_click_shows_the_whole_picture_first(view: EventView, qtbot) -> None:
    wished = []
    view.pointer.everything_wished.connect(lambda: wished.append(True))
    wheel(view, at(view, 0.5, 0.5), 3)
    qtbot.mouseDClick(view.canvas, LEFT, NO_KEY, at(view, 0.5, 0.5))
    assert view.canvas.viewport.is_whole
    assert not wished
    qtbot.mouseDClick(view.canvas, LEFT, NO_KEY, at(view, 0.5, 0.5))
    assert wished


def test_a_region_drawn_in_a_zoomed_picture_is_in_sensor_pixels(view: EventView, qtbot) -> None:
    heard = []
    view.pointer.region_drawn.connect(heard.append)
    wheel(view, at(view, 0.0, 0.0), 3)
    start, end = at(view, 0.2, 0.2), at(view, 0.9, 0.9)
    first, last = view.canvas.pixel_at(start), view.canvas.pixel_at(end)
    view.pointer.drawing = True
    drag(qtbot, view, LEFT, start, end)
    side = max(last.x() - first.x(), last.y() - first.y()) + 1
    assert heard == [QRect(first.x(), first.y(), side, side)]


def test_an_outline_is_drawn_where_its_pixels_are(view: EventView) -> None:
    view.canvas.show_watched(QRect(18, 10, 6, 6))
    wheel(view, at(view, 0.5, 0.4), 4)
    seen = view.canvas.grab().toImage()
    place, shown = view.canvas.picture_rect(), view.canvas.viewport
    left = place.x() + (18 - shown.left) * place.width() / shown.width
    middle = place.y() + (13.5 - shown.top) * place.height() / shown.height
    near = {seen.pixelColor(round(left) + i, round(middle)).name() for i in (-1, 0, 1)}
    assert DARK.text in near


def test_another_sensor_is_seen_whole(view: EventView) -> None:
    wheel(view, at(view, 0.5, 0.5), 3)
    show(view)
    assert not view.canvas.viewport.is_whole
    show(view, counts=np.zeros((2, 6, 8), np.uint16))
    assert view.canvas.viewport.is_whole


def test_the_pixel_under_the_mouse_is_read(view: EventView, qtbot) -> None:
    events = make_events([600_000, 950_000], x=20, y=12, p=[0, 1])
    show(view, events=(events,), position_us=1_000_000)
    point = at(view, 20.5 / WIDTH, 12.5 / HEIGHT)
    qtbot.mouseMove(view.canvas, point)
    assert view.canvas.reading == ("x 20  y 12", "ON 50 ms ago", "2 /s")
    qtbot.mouseMove(view.canvas, at(view, 0.05, 0.05))
    assert view.canvas.reading == ("x 2  y 1", "no event for 1 s")
    view.pointer.hovered.emit(None)
    assert view.canvas.reading == ()


def test_source_time_and_rate_stand_in_the_corner_if_wished(view: EventView) -> None:
    assert view.canvas.corner == ()
    view.set_display(DisplaySettings(overlay=True))
    show(view, position_us=500_000)
    assert view.canvas.corner == ("a.aedat4", "0:00.5", "0 events/s")
    view.set_display(DisplaySettings())
    assert view.canvas.corner == ()


@pytest.mark.parametrize(
    ("kind", "note"),
    [("fading", ""), ("time", "last 33 ms"), ("count", "last 10,000 events"),
     ("surface", "newest brightest")],
)  # fmt: skip
def test_the_legend_says_what_kind_of_picture_it_is(view: EventView, kind: str, note: str) -> None:
    view.set_display(DisplaySettings(accumulation=kind))
    assert view.legend.note == note
    assert view.legend.accessibleName().endswith(note)
    view.legend.grab()
