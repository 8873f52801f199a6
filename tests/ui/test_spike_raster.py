from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.ui.logic.raster_light import SHADES
from app.ui.raster_strip import COLUMNS, RasterStrip, spike_colours
from app.ui.spike_raster import HIDDEN_ROWS, READABLE_PX, SMALLEST_PX, SpikeRaster
from app.ui.theme import DARK, LIGHT, Look
from models.data.gestures import CLASSES
from tests.ui.fakes import CAMERA, chunk, reading, recognition, snapshot

GROUND = QColor(DARK.event_ground).rgb()


@pytest.fixture
def raster(qtbot) -> SpikeRaster:
    made = SpikeRaster()
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(600, 300)
    made.show()
    return made


def bottom(widget: QWidget) -> int:
    """Where it ends below, in its parent's coordinates."""
    widget.parentWidget().layout().activate()
    return widget.y() + widget.height()


def spikes(ticks: int, *fired: tuple[int, int]) -> np.ndarray:
    made = np.zeros((ticks, len(CLASSES)), np.int32)
    for tick, class_index in fired:
        made[tick, class_index] += 1
    return made


def test_spikes_appear_at_the_right_in_their_rows(raster: SpikeRaster) -> None:
    output = spikes(10, (0, 7), (5, 3), (9, 3))
    hidden = np.ones((10, 128), np.uint8)
    raster.show_snapshot(snapshot(raster=(chunk(1_000_000, output, hidden),)))
    assert raster.output.pixels().shape == (len(CLASSES), COLUMNS)
    assert raster.output.ring.image()[:, -2:].tolist() == [
        [1 if row == 7 else 0, 2 if row == 3 else 0] for row in range(len(CLASSES))
    ]
    assert raster.output.ring.image()[:, :-2].sum() == 0
    assert (raster.output.pixels() != GROUND).tolist() == (raster.output.ring.image() > 0).tolist()
    assert raster.hidden.pixels().shape == (HIDDEN_ROWS, COLUMNS)


def test_a_network_without_a_hidden_layer_shows_its_output_and_says_so(raster: SpikeRaster) -> None:
    none = np.zeros((10, 0), np.uint8)
    raster.show_snapshot(snapshot())  # the network is there before it has said anything
    shown = snapshot(raster=(chunk(0, spikes(10, (0, 7)), none, ""),))
    raster.show_snapshot(shown)
    assert raster.output.ring.image().sum() == 1
    assert raster._no_hidden.isVisible()
    assert not raster.hidden.isVisible()
    assert not raster.hidden_names.isVisible()
    assert bottom(raster.output) == raster.time.y()
    some = np.ones((10, 8), np.uint8)
    raster.show_snapshot(replace(shown, readings=(reading(raster=(chunk(0, spikes(10), some),)),)))
    assert not raster._no_hidden.isVisible()
    assert raster.hidden.isVisible()
    assert raster.hidden_names.isVisible()
    assert bottom(raster.output) < raster.hidden.y()
    assert bottom(raster.hidden) == raster.time.y()


def test_rows_are_labelled_in_the_networks_order(raster: SpikeRaster) -> None:
    hidden = np.zeros((5, 40), np.uint8)
    raster.show_snapshot(snapshot(raster=(chunk(0, spikes(5), hidden, "conv3"),)))
    labels = raster.output_names.labels
    assert labels[0] == (0.5, "Hand clapping")
    assert labels[4] == (4.5, "Right arm counter-clockwise")
    assert len(labels) == raster.output_names.rows == 11
    assert raster.hidden_names.labels == ((0.5, "conv3"),)


def test_a_restart_and_another_source_empty_the_picture(raster: SpikeRaster) -> None:
    full = snapshot(raster=(chunk(0, spikes(5, (1, 1)), np.zeros((5, 4), np.uint8)),))
    raster.show_snapshot(full)
    raster.show_snapshot(snapshot(restarted=True))
    assert (raster.output.pixels() == GROUND).all()
    raster.show_snapshot(full)
    assert raster.output.ring.image().sum() == 1
    raster.show_snapshot(snapshot(info=CAMERA))
    assert (raster.output.pixels() == GROUND).all()


def test_the_decided_row_is_tinted(raster: SpikeRaster) -> None:
    raster.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    image = raster.output.grab().toImage()
    grounds = [image.pixelColor(300, round((row + 0.5) * image.height() / 11)) for row in range(11)]
    assert [row for row in range(11) if grounds[row].rgb() != GROUND] == [7]
    raster.show_snapshot(snapshot(recognition=recognition(None)))
    assert raster.output.marked is None


def test_a_picture_is_made_only_when_it_is_seen(raster: SpikeRaster, qtbot, monkeypatch) -> None:
    made: list[RasterStrip] = []
    pixels = RasterStrip.pixels
    monkeypatch.setattr(RasterStrip, "pixels", lambda self: made.append(self) or pixels(self))
    full = snapshot(raster=(chunk(0, spikes(5, (1, 1)), np.zeros((5, 4), np.uint8)),))
    raster.hide()
    raster.show_snapshot(full)
    qtbot.wait(50)
    assert not made
    raster.show()
    qtbot.waitExposed(raster)
    qtbot.waitUntil(lambda: {*made} == {raster.output, raster.hidden})
    before = len(made)
    raster.show_snapshot(snapshot())
    qtbot.wait(50)
    assert len(made) == before  # nothing has come since


def test_without_a_network_it_says_so(raster: SpikeRaster) -> None:
    raster.show_snapshot(snapshot(readings=()))
    assert raster._placeholder.isVisible()
    raster.show_snapshot(snapshot())
    assert not raster._placeholder.isVisible()
    assert raster.detail.text() == "Test network"


def test_labels_fit_their_rows_from_the_first_picture_on(raster: SpikeRaster) -> None:
    names = raster.output_names
    raster.resize(600, 250)
    raster.show_snapshot(snapshot())
    height, at_first = raster.height(), names.label_font.pixelSize()
    raster.resize(600, height + 50)
    assert names.label_font.pixelSize() > at_first
    raster.resize(600, height)
    assert names.label_font.pixelSize() == at_first


@pytest.mark.parametrize("high", [150, 180, 220, 260, 300, 400])
def test_labels_leave_room_between_them_where_they_can_be_read_all_the_same(
    raster: SpikeRaster, high: int
) -> None:
    raster.show_snapshot(snapshot())
    raster.resize(600, high)
    raster.body.activate()
    size, row = raster.output_names.label_font.pixelSize(), raster.output.height() / len(CLASSES)
    assert size <= max(row * 0.9, SMALLEST_PX)
    assert size <= max(row * 0.85, READABLE_PX)


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_an_empty_raster_is_seen_on_its_card(raster: SpikeRaster, look: Look) -> None:
    raster.set_look(look)
    raster.show_snapshot(snapshot())
    grounds = {QColor(int(each)).name() for each in np.unique(raster.output.pixels())}
    assert grounds == {look.strip_ground}
    assert look.strip_ground != look.card


def test_colours_go_from_the_ground_to_the_spikes() -> None:
    table = spike_colours("#000000", "#ffffff")
    assert table.shape == (SHADES,)
    assert table[[0, -1]].tolist() == [0xFF000000, 0xFFFFFFFF]
