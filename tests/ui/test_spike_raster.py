from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.ui.raster_light import SHADES
from app.ui.raster_strip import COLUMNS, spike_colours
from app.ui.spike_raster import HIDDEN_ROWS, SpikeRaster
from app.ui.theme import DARK
from models.data.gestures import CLASSES
from tests.ui.fakes import CAMERA, chunk, reading, recognition, snapshot


@pytest.fixture
def raster(qtbot) -> SpikeRaster:
    made = SpikeRaster()
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(600, 300)
    made.show()
    return made


def spikes(ticks: int, *fired: tuple[int, int]) -> np.ndarray:
    made = np.zeros((ticks, len(CLASSES)), np.int32)
    for tick, class_index in fired:
        made[tick, class_index] += 1
    return made


def test_spikes_appear_at_the_right_in_their_rows(raster: SpikeRaster) -> None:
    output = spikes(10, (0, 7), (5, 3), (9, 3))
    hidden = np.ones((10, 128), np.uint8)
    raster.show_snapshot(snapshot(raster=(chunk(1_000_000, output, hidden),)))
    assert raster.output.image.image.shape == (len(CLASSES), COLUMNS)
    assert raster.output.ring.image()[:, -2:].tolist() == [
        [1 if row == 7 else 0, 2 if row == 3 else 0] for row in range(len(CLASSES))
    ]
    assert raster.output.ring.image()[:, :-2].sum() == 0
    assert (raster.output.image.image > 0).tolist() == (raster.output.ring.image() > 0).tolist()
    assert raster.hidden.image.image.shape == (HIDDEN_ROWS, COLUMNS)


def test_a_network_without_a_hidden_layer_shows_its_output_and_says_so(raster: SpikeRaster) -> None:
    none = np.zeros((10, 0), np.uint8)
    raster.show_snapshot(snapshot())  # the network is there before it has said anything
    shown = snapshot(raster=(chunk(0, spikes(10, (0, 7)), none, ""),))
    raster.show_snapshot(shown)
    assert raster.output.ring.image().sum() == 1
    assert raster._no_hidden.isVisible()
    assert not raster.hidden.plot.isVisible()
    assert raster.output.plot.getAxis("bottom").isVisible()
    some = np.ones((10, 8), np.uint8)
    raster.show_snapshot(replace(shown, readings=(reading(raster=(chunk(0, spikes(10), some),)),)))
    assert not raster._no_hidden.isVisible()
    assert raster.hidden.plot.isVisible()
    assert not raster.output.plot.getAxis("bottom").isVisible()


def test_rows_are_labelled_in_the_networks_order(raster: SpikeRaster) -> None:
    hidden = np.zeros((5, 40), np.uint8)
    raster.show_snapshot(snapshot(raster=(chunk(0, spikes(5), hidden, "conv3"),)))
    axis = raster.output.plot.getAxis("left")
    (labels,) = axis._tickLevels
    assert labels[0] == (0.5, "Hand clapping")
    assert labels[4] == (4.5, "Right arm counter-clockwise")
    assert len(labels) == 11
    (hidden_labels,) = raster.hidden.plot.getAxis("left")._tickLevels
    assert hidden_labels == [(20.0, "conv3")]


def test_a_restart_and_another_source_empty_the_picture(raster: SpikeRaster) -> None:
    full = snapshot(raster=(chunk(0, spikes(5, (1, 1)), np.zeros((5, 4), np.uint8)),))
    raster.show_snapshot(full)
    raster.show_snapshot(snapshot(restarted=True))
    assert raster.output.image.image.sum() == 0
    raster.show_snapshot(full)
    assert raster.output.ring.image().sum() == 1
    raster.show_snapshot(snapshot(info=CAMERA))
    assert raster.output.image.image.sum() == 0


def test_the_decided_row_is_tinted(raster: SpikeRaster) -> None:
    raster.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    assert raster.output.mark.isVisible()
    assert raster.output.mark.rect().top() == 7
    raster.show_snapshot(snapshot(recognition=recognition(None)))
    assert not raster.output.mark.isVisible()


def test_without_a_network_it_says_so(raster: SpikeRaster) -> None:
    raster.show_snapshot(snapshot(readings=()))
    assert raster._placeholder.isVisible()
    raster.show_snapshot(snapshot())
    assert not raster._placeholder.isVisible()
    assert raster.detail.text() == "Test network"


def test_labels_fit_their_rows_from_the_first_picture_on(raster: SpikeRaster) -> None:
    axis = raster.output.plot.getAxis("left")
    raster.resize(600, 250)
    raster.show_snapshot(snapshot())
    height, at_first = raster.height(), axis.style["tickFont"].pixelSize()
    raster.resize(600, height + 50)
    assert axis.style["tickFont"].pixelSize() > at_first
    raster.resize(600, height)
    assert axis.style["tickFont"].pixelSize() == at_first


def test_colours_go_from_the_ground_to_the_spikes() -> None:
    table = spike_colours("#000000", "#ffffff")
    assert table.shape == (SHADES, 3)
    assert table[[0, -1]].tolist() == [[0, 0, 0], [255, 255, 255]]
