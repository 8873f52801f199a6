from __future__ import annotations

import numpy as np
import pytest

from app.ui.raster_strip import COLUMNS, spike_colours
from app.ui.spike_raster import HIDDEN_ROWS, SpikeRaster
from app.ui.theme import DARK
from models.data.gestures import CLASSES
from tests.ui.fakes import CAMERA, chunk, recognition, snapshot


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
    image = raster.output.image.image
    assert image.shape == (len(CLASSES), COLUMNS)
    assert image[:, -2:].tolist() == [
        [1 if row == 7 else 0, 2 if row == 3 else 0] for row in range(len(CLASSES))
    ]
    assert image[:, :-2].sum() == 0
    assert raster.hidden.image.image.shape == (HIDDEN_ROWS, COLUMNS)
    # Five ticks of two neurons that always fire, cut at the brightest colour.
    assert (raster.hidden.image.image[:, -2:] == 6).all()


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
    assert raster.output.image.image.sum() == 1
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


def test_one_spike_is_well_seen() -> None:
    table = spike_colours(4, "#000000", "#ffffff")
    assert table.shape == (5, 3)
    assert table[0].tolist() == [0, 0, 0]
    assert table[-1].tolist() == [255, 255, 255]
    assert table[1, 0] > 100
