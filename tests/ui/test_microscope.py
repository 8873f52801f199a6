"""The microscope in the window: what it asks the pipeline for, and what it shows of that."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.pipeline.snapshot import PipelineState, RasterChunk, Snapshot
from app.pipeline.systems import system_at
from app.pipeline.wishes import RegionWish, WatchWish
from app.recognition.watching import Neuron, Patch, Watched
from app.sources.contract import FileSpec
from app.ui.fitting import INDENT
from app.ui.logic.target import Of, Target
from app.ui.microscope.chooser import ElidedList
from app.ui.microscope.panel import SPANS_S
from app.ui.theme import DARK, LIGHT
from models.data.gestures import CLASSES
from models.neurons.single import Hh, If, Lif, Srm
from models.probe import NeuronTrace
from tests.ui.conftest import Desk
from tests.ui.fakes import reading, snapshot

LEFT = Qt.MouseButton.LeftButton
SPIKES = RasterChunk(
    0, 1_000, np.ones((5, 11), np.int32), np.ones((5, 16), np.uint8), "hidden", "output", 44
)


def seen(*watched: Watched, **fields: object) -> Snapshot:
    """A snapshot with spikes, in which this was watched."""
    return snapshot(readings=(reading(raster=(SPIKES,), watched=watched),), **fields)


def piece(watch: object, *, trace: bool = False, t_us: int = 0, ticks: int = 600) -> Watched:
    charge = np.random.default_rng(2).poisson(0.5, ticks).astype(float)
    flags = np.zeros(ticks, np.uint8)
    flags[::50] = 1
    told = NeuronTrace(charge, np.sin(np.arange(ticks) / 20), np.ones(ticks), flags, flags)
    return Watched(watch, t_us, 1_000, charge, told if trace else None)


@pytest.fixture
def desk_at_work(desk: Desk, qtbot) -> Desk:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(seen())
    qtbot.wait(10)
    return desk


def toggle(desk: Desk) -> None:
    desk.window.actions_by_name["microscope"].trigger()
    desk.window.refresh()


def wishes(desk: Desk) -> list[object]:
    return [call[1] for call in desk.pipeline.calls if call[0] == "watch"]


def microscope(desk: Desk):
    return desk.window.views.looking.microscope


def test_it_asks_while_it_is_open_and_no_longer(desk_at_work: Desk) -> None:
    assert wishes(desk_at_work) == []
    toggle(desk_at_work)
    assert wishes(desk_at_work) == [WatchWish(Patch(3, 2, 3, 3))]
    desk_at_work.window.refresh()
    assert len(wishes(desk_at_work)) == 1
    toggle(desk_at_work)
    assert wishes(desk_at_work)[1:] == [None]
    assert not microscope(desk_at_work).dialog.isVisible()


def test_a_patch_drives_four_neurons(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    desk_at_work.show(seen(piece(Patch(3, 2, 3, 3))))
    panel = microscope(desk_at_work).panel
    panel.refresh(now=True)
    for kind in (If, Lif, Srm, Hh):
        times, drawn = panel.models[kind].plot.v.getData()
        assert -0.6 <= times[0] < -0.59 < -0.01 < times[-1] <= 0
        assert drawn.max() == panel.bench.kept.courses[kind].v.max()
    assert panel.models[Lif].figure.text() != "0 spikes/s"
    assert "3 × 3" in panel.input.words.text()
    assert panel.network.isHidden()


def test_a_neuron_has_a_row_of_its_own(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    microscope(desk_at_work).look_at(Target(Of.OUTPUT, class_=2, number=3))
    desk_at_work.show(seen())
    neuron = Neuron("output", 4 * 2 + 3)
    assert wishes(desk_at_work)[-1] == WatchWish(neuron, system_at())
    desk_at_work.show(seen(piece(neuron, trace=True)))
    panel = microscope(desk_at_work).panel
    panel.refresh(now=True)
    assert panel.network.isVisible()
    assert panel.network.plot.isVisible()
    assert panel.network.figure.text() == "20 spikes/s"
    assert panel.chooser.list.currentText() == f"Output: {'Left hand wave'}"
    assert panel.chooser.number.value() == 4


def test_what_has_no_membrane_says_so(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    microscope(desk_at_work).look_at(Target(Of.HIDDEN, number=5))
    desk_at_work.show(seen())
    desk_at_work.show(seen(piece(Neuron("hidden", 5))))
    panel = microscope(desk_at_work).panel
    assert "no membrane" in panel.network.words.text()
    assert not panel.network.plot.isVisible()
    desk_at_work.show(seen(piece(Neuron("hidden", 5), trace=True, t_us=600_000)))
    assert panel.network.plot.isVisible()


def test_clicks_follow_only_while_it_is_open(desk_at_work: Desk, qtbot) -> None:
    raster = desk_at_work.window.instrument.raster
    row = QPoint(20, int(raster.output.height() * 2.5 / 11))
    qtbot.mouseClick(raster.output, LEFT, pos=row)
    assert not microscope(desk_at_work).is_open
    toggle(desk_at_work)
    qtbot.mouseClick(raster.output, LEFT, pos=row)
    assert microscope(desk_at_work).target == Target(Of.OUTPUT, class_=2)
    qtbot.mouseClick(raster.hidden, LEFT, pos=QPoint(20, raster.hidden.height() - 1))
    assert microscope(desk_at_work).target == Target(Of.HIDDEN, number=15)
    canvas = desk_at_work.window.instrument.events.canvas
    qtbot.mouseClick(canvas, LEFT, pos=canvas.picture_rect().bottomRight() - QPoint(2, 2))
    assert microscope(desk_at_work).target == Target(Of.PIXELS, 7, 5)


def test_it_is_chosen_by_keyboard_too(desk_at_work: Desk, qtbot) -> None:
    toggle(desk_at_work)
    chooser = microscope(desk_at_work).panel.chooser
    chooser.list.setFocus()
    assert chooser.list.count() == 1 + len(CLASSES) + 1
    chooser.list.setCurrentIndex(len(CLASSES) + 1)
    chooser.list.activated.emit(len(CLASSES) + 1)
    desk_at_work.show(seen())
    chooser.number.setValue(9)
    assert microscope(desk_at_work).target == Target(Of.HIDDEN, number=8)
    chooser.list.activated.emit(0)
    desk_at_work.show(seen())
    chooser.number.setValue(4)
    assert microscope(desk_at_work).target.side == 4


def test_knobs_change_the_neurons_and_reset_brings_them_back(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    desk_at_work.show(seen(piece(Patch(3, 2, 3, 3))))
    panel = microscope(desk_at_work).panel
    knob = panel.knobs[Lif].knobs["threshold_mv"]
    before = panel.bench.kept.courses[Lif].spikes.sum()
    knob.setValue(80)
    assert panel.bench.constants[Lif] == Lif(threshold_mv=80)
    assert panel.bench.kept.courses[Lif].spikes.sum() < before
    panel.gain.setValue(0.5)
    assert panel.bench.gain == 0.5
    panel.reset.click()
    assert knob.value() == 15
    assert panel.bench.kept.courses[Lif].spikes.sum() == before
    panel.gain.setValue(0.5)
    panel.fit.click()
    assert panel.bench.gain != 0.5


def test_another_thing_while_paused_is_led_to_the_same_place(desk_at_work: Desk) -> None:
    desk_at_work.show(seen(state=PipelineState.PAUSED, position_us=2_000_000))
    toggle(desk_at_work)
    assert desk_at_work.pipeline.calls[-1] == ("seek", 2_000_000)


def test_it_is_remembered_but_not_closed_by_the_end(desk_at_work: Desk, qtbot) -> None:
    toggle(desk_at_work)
    store = desk_at_work.window._store
    microscope(desk_at_work).panel.spans.buttons()[3].click()
    desk_at_work.window.close()
    microscope(desk_at_work).dialog.reject()  # as the end of the program does
    assert store.microscope_shown
    assert store.microscope_span_s == 2.0
    assert not store.microscope_geometry.isEmpty()


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_every_look_and_size_can_be_taken(desk_at_work: Desk, look: object) -> None:
    toggle(desk_at_work)
    view = microscope(desk_at_work)
    view.set_look(look)
    for width, height in ((1000, 900), (620, 420)):
        view.dialog.resize(width, height)
        view.panel.refresh(now=True)
        assert view.panel.grab().toImage().pixelColor(200, 200).isValid()


def test_the_longest_name_does_not_drive_it_off_a_small_screen(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    view = microscope(desk_at_work)
    view.dialog.resize(620, 480)
    longest = max(range(11), key=lambda each: len(CLASSES[each]))
    view.look_at(Target(Of.OUTPUT, class_=longest))
    desk_at_work.show(seen())
    QApplication.processEvents()
    assert view.dialog.minimumSizeHint().width() <= 620
    assert view.dialog.width() == 620


def test_on_a_small_screen_every_neuron_has_as_high_a_row(desk_at_work: Desk, qtbot) -> None:
    toggle(desk_at_work)
    view = microscope(desk_at_work)
    view.look_at(Target(Of.OUTPUT, class_=2))
    for height in (540, 800):
        view.dialog.resize(620, height)
        qtbot.wait(20)
        heights = [row.height() for row in view.panel.rows]
        assert max(heights) - min(heights) <= 1
        assert sum(heights) > 0.7 * height


def test_on_a_small_screen_numbers_are_read_whole_below_their_headings(
    desk_at_work: Desk, qtbot
) -> None:
    toggle(desk_at_work)
    view = microscope(desk_at_work)
    view.look_at(Target(Of.OUTPUT, class_=2))
    view.set_look(DARK)
    view.dialog.resize(620, 540)
    qtbot.wait(20)
    numbers = [*view.panel.knobs[Lif].knobs.values(), view.panel.chooser.number]
    for number in numbers:
        needed = number.fontMetrics().horizontalAdvance(number.text()) + INDENT
        assert needed <= number.lineEdit().width()
    row = view.panel.models[Lif]
    assert row.title.geometry().top() == row.figure.geometry().top()
    assert row.title.geometry().bottom() < row.height() / 2


def test_a_list_that_is_too_narrow_says_that_more_follows(qtbot) -> None:
    narrow = ElidedList()
    qtbot.addWidget(narrow)
    narrow.addItem("Output: Right arm counter-clockwise")
    narrow.resize(150, 30)
    cut = narrow.grab().toImage()
    for shown in ("Output: Right arm …", "Output: Right ar…", "Output: Right a…", "Output: Right…"):
        narrow.setItemText(0, shown)
        if narrow.grab().toImage() == cut:
            break
    else:
        pytest.fail("the end of what is cut off is no ellipsis")


@pytest.mark.parametrize("span_s", SPANS_S)
def test_times_do_not_run_into_each_other(desk_at_work: Desk, span_s: float) -> None:
    toggle(desk_at_work)
    plot = microscope(desk_at_work).panel.models[Hh].plot
    plot.show_span(span_s)
    counts = []
    for width in (900, 200):
        plot.resize(width, 100)
        metrics = QFontMetrics(plot.getAxis("bottom").style["tickFont"])
        widths = [metrics.horizontalAdvance(text) for _, text in plot.times]
        assert 1.2 * sum(widths) < plot.getViewBox().width()
        assert plot.times[0] == (0, "0")
        counts.append(len(plot.times))
    assert counts[0] > counts[1] > 1


def test_in_a_low_row_labels_do_not_lie_on_each_other(desk_at_work: Desk) -> None:
    toggle(desk_at_work)
    plot = microscope(desk_at_work).panel.models[If].plot
    for height, marks in ((200, (-7.5, 0.0)), (44, (0.0,))):
        plot.setMinimumHeight(0)
        plot.resize(200, height)
        plot.show_ends(-7.5, 22.0, (-7.5, 0.0))
        assert plot._ends == (-7.5, 22.0, *marks)


def test_of_hidden_neurons_in_one_row_the_busiest_is_looked_at(desk_at_work: Desk, qtbot) -> None:
    toggle(desk_at_work)
    spikes = np.zeros((5, 640), np.uint8)
    spikes[:, 635] = 1
    many = RasterChunk(0, 1_000, np.ones((5, 11), np.int32), spikes, "hidden", "output", 44)
    desk_at_work.show(snapshot(readings=(reading(raster=(many,), restarted=True),)))
    strip = desk_at_work.window.instrument.raster.hidden
    assert strip.neurons_at(0).start == 0
    assert strip.neurons_at(strip.height() - 1).stop == 640
    ends = [strip.neurons_at(y) for y in range(strip.height())]
    assert all(each.start <= before.stop for before, each in itertools.pairwise(ends))
    qtbot.mouseClick(strip, LEFT, pos=QPoint(20, strip.height() - 1))
    assert microscope(desk_at_work).target == Target(Of.HIDDEN, number=635)


# The region that the networks see


def regions(desk: Desk) -> list[object]:
    return [call[1] for call in desk.pipeline.calls if call[0] == "set_region"]


def test_a_region_is_drawn_and_left(desk_at_work: Desk, qtbot) -> None:
    desk = desk_at_work
    large = snapshot(counts=np.zeros((2, 60, 80), np.uint16))
    info = large.info.__class__("a.aedat4", type(large.info.resolution)(80, 60), False, 0, 9)
    desk.show(snapshot(counts=large.counts, info=info, region=(10, 0, 60, 60)))
    canvas, actions = desk.window.instrument.events.canvas, desk.window.actions_by_name
    assert not actions["everything"].isEnabled()
    actions["region"].trigger()
    corner = canvas.picture_rect().topLeft() + QPoint(1, 1)
    qtbot.mousePress(canvas, LEFT, pos=corner)
    qtbot.mouseRelease(canvas, LEFT, pos=corner + QPoint(canvas.picture_rect().width() // 2, 9))
    (wish,) = regions(desk)
    assert isinstance(wish, RegionWish)
    assert wish.region[:2] == (0, 0)
    assert wish.region[2] == pytest.approx(40, abs=2)
    assert not actions["region"].isChecked()
    desk.window.refresh()
    actions["everything"].trigger()
    assert regions(desk)[1:] == [None]
    actions["everything"].trigger()
    qtbot.mouseDClick(canvas, LEFT, pos=canvas.rect().center())
    assert len(regions(desk)) == 2  # everything is seen already
