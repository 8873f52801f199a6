from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget

from app.events import Resolution
from app.pipeline.snapshot import PipelineState
from app.settings import DisplaySettings
from app.sources.contract import SourceInfo
from app.ui.event_image import picture_size
from app.ui.event_view import EventView
from app.ui.palettes import PALETTES, colour_levels
from app.ui.style_sheet import style_sheet
from app.ui.theme import DARK, LIGHT, Look
from tests.ui.fakes import snapshot


@pytest.fixture
def view(qtbot) -> EventView:
    made = EventView()
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(400, 300)
    return made


def counts(**pixels: int) -> np.ndarray:
    """(2, 6, 8) with single pixels set: ``on_2_3=4`` is four ON events at x=2, y=3."""
    made = np.zeros((2, 6, 8), np.uint16)
    for name, count in pixels.items():
        polarity, x, y = name.split("_")
        made[int(polarity == "on"), int(y), int(x)] = count
    return made


def colour(view: EventView, x: int, y: int) -> str:
    return view.canvas.image.pixelColor(x, y).name()


def test_each_polarity_shows_in_its_colour_at_its_place(view: EventView) -> None:
    view.show_snapshot(snapshot(counts=counts(on_2_3=9, off_7_0=9)))
    assert colour(view, 2, 3) == DARK.on
    assert colour(view, 7, 0) == DARK.off
    assert colour(view, 3, 2) == DARK.event_ground


def test_frames_accumulate_and_fade(view: EventView) -> None:
    view.set_display(DisplaySettings(fading_ms=100))
    view.show_snapshot(snapshot(counts=counts(on_2_3=4), position_us=1_000_000))
    view.show_snapshot(snapshot(counts=counts(on_2_3=2), position_us=1_050_000))
    expected = 4 * math.exp(-0.5) + 2 * (1 - math.exp(-0.5)) / 0.5
    assert view.levels[1, 3, 2] == pytest.approx(expected)
    assert view.levels.sum() == pytest.approx(expected)


def test_a_restart_empties_the_frame(view: EventView) -> None:
    view.show_snapshot(snapshot(counts=counts(on_2_3=4)))
    view.show_snapshot(snapshot(counts=counts(off_1_1=1), restarted=True))
    assert view.levels.sum() == 1


@pytest.mark.parametrize("state", [PipelineState.FAILED, PipelineState.STOPPED])
def test_no_stale_frame_stays_when_the_source_is_gone(
    view: EventView, state: PipelineState
) -> None:
    view.show_snapshot(snapshot(counts=counts(on_2_3=4)))
    view.show_snapshot(snapshot(counts=counts(), state=state))
    assert view.canvas.image is None
    assert view.canvas.message == "No signal"


def test_while_the_source_opens_it_says_so(view: EventView) -> None:
    view.show_snapshot(snapshot(counts=None, info=None, loading="source"))
    assert view.canvas.message == "Opening the source …"


def test_source_and_size_stand_above(view: EventView) -> None:
    info = SourceInfo("long name.aedat4", Resolution(346, 260), False, 0, 1)
    view.show_snapshot(snapshot(info=info))
    assert view.detail.text() == "long name.aedat4"
    assert view.resolution.text() == "346x260"


def test_a_long_name_is_shortened_and_the_size_is_not(view: EventView, qtbot) -> None:
    info = SourceInfo("a very long name " * 9 + ".aedat4", Resolution(1280, 720), False, 0, 1)
    view.show()
    view.show_snapshot(snapshot(info=info))
    qtbot.wait(10)
    needed = view.resolution.fontMetrics().horizontalAdvance("1280x720")
    assert view.resolution.width() >= needed
    assert "…" in view.detail.shown_text()


def test_the_size_does_not_take_the_room_of_a_name_that_fits(view: EventView, qtbot) -> None:
    view.show()
    view.show_snapshot(snapshot(info=SourceInfo("hand.aedat4", Resolution(346, 260), False, 0, 1)))
    qtbot.wait(10)
    assert view.detail.shown_text() == "hand.aedat4"


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("palette", PALETTES)
def test_every_square_of_the_legend_stands_out_from_the_card(
    view: EventView, palette: str, look: Look
) -> None:
    view.set_display(DisplaySettings(palette=palette))
    view.set_look(look)
    view.setStyleSheet(style_sheet(look))
    legend = view.legend
    legend.resize(legend.sizeHint())
    picture = QImage(legend.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor(look.card))
    legend.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
    for square in legend.squares():
        edge = picture.pixelColor(int(square.left()), round(square.center().y()))
        assert abs(edge.lightness() - QColor(look.card).lightness()) > 60
    inside = [picture.pixelColor(each.center().toPoint()).name() for each in legend.squares()]
    assert inside == [colour.name() for colour, _ in legend.entries]


def test_who_is_to_draw_is_told_so(view: EventView) -> None:
    view.show_snapshot(snapshot())
    view.pointer.drawing = True
    assert view.detail.text() == "Drag over the picture"
    view.show_snapshot(snapshot())
    assert view.detail.text() == "Drag over the picture"
    view.pointer.drawing = False
    assert view.detail.text() == "arm_roll_1.aedat4"


def test_what_the_performer_performs_stands_above(view: EventView) -> None:
    acting = SourceInfo("performer, all gestures", Resolution(8, 6), True, performing="air_drums")
    view.show_snapshot(snapshot(info=acting))
    assert view.detail.text() == "Performing: Air drums"
    view.show_snapshot(snapshot(info=replace(acting, performing="rest")))
    assert view.detail.text() == "Performing: resting"


def test_nothing_stands_above_before_a_source_is_open(view: EventView) -> None:
    view.show_snapshot(snapshot())
    view.show_snapshot(snapshot(info=None, counts=None))
    assert view.detail.text() == view.resolution.text() == ""


def test_theme_and_palette_recolour_what_is_seen(view: EventView) -> None:
    view.show_snapshot(snapshot(counts=counts(on_2_3=9)))
    view.set_look(LIGHT)
    assert colour(view, 2, 3) == LIGHT.on
    view.set_display(DisplaySettings(palette="gray"))
    assert colour(view, 2, 3) == "#ffffff"


@pytest.mark.parametrize(
    ("image", "place", "size"),
    [
        ((128, 128), (400, 300), (300, 300)),  # twice would leave too much empty
        ((128, 128), (520, 520), (512, 512)),
        ((128, 128), (400, 600), (384, 384)),
        ((346, 260), (346, 1000), (346, 260)),
        ((1280, 720), (640, 640), (640, 360)),
    ],
)
def test_pictures_keep_their_aspect_and_prefer_whole_multiples(
    image: tuple[int, int], place: tuple[int, int], size: tuple[int, int]
) -> None:
    found = picture_size(QSize(*image), QSize(*place))
    assert (found.width(), found.height()) == size


def test_the_picture_lies_inside_its_place(view: EventView, qtbot) -> None:
    view.show()
    view.show_snapshot(snapshot(counts=counts(on_2_3=4)))
    assert view.canvas.rect().contains(view.canvas.picture_rect())
    place = view.canvas.picture_rect()
    assert place.width() * 6 == pytest.approx(place.height() * 8, rel=0.02)


def test_events_are_coloured_only_when_they_are_seen(view: EventView, qtbot, monkeypatch) -> None:
    coloured: list[tuple[int, ...]] = []

    def colouring(levels: np.ndarray, table: np.ndarray) -> np.ndarray:
        coloured.append(levels.shape)
        return colour_levels(levels, table)

    monkeypatch.setattr("app.ui.event_image.colour_levels", colouring)
    for t_us in range(0, 90_000, 30_000):
        view.show_snapshot(snapshot(counts=counts(on_2_3=1), position_us=t_us))
    qtbot.wait(20)
    assert not coloured
    view.show()
    qtbot.waitUntil(lambda: bool(coloured))
    assert coloured == [(2, 6, 8)]


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
def test_what_the_outline_is_can_be_read_over_events(view: EventView, look: Look) -> None:
    view.set_look(look)
    view.resize(600, 500)
    view.show()
    everywhere = np.full((2, 6, 8), 9, np.uint16)
    view.show_snapshot(snapshot(counts=everywhere))
    bare = view.canvas.grab().toImage()
    view.canvas.show_seen(QRect(0, 0, 6, 6))
    place = view.canvas.picture_rect()
    ground = view.canvas.grab().toImage().pixelColor(place.topLeft() + QPoint(3, 3))
    assert bare.pixelColor(place.topLeft() + QPoint(3, 3)) != ground
    assert abs(ground.lightnessF() - QColor(look.card).lightnessF()) < 0.2


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
def test_around_the_picture_there_is_the_card(view: EventView, look: Look) -> None:
    view.set_look(look)
    view.resize(600, 300)
    view.show()
    view.show_snapshot(snapshot(counts=counts(on_2_3=9)))
    seen = view.canvas.grab().toImage()
    place = view.canvas.picture_rect()
    assert seen.pixelColor(place.left() - 10, place.center().y()).name() == look.card
    assert seen.pixelColor(place.topLeft()).name() == look.event_ground
    assert seen.pixelColor(place.left() - 1, place.center().y()).name() == look.border
