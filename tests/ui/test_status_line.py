from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from app.pipeline.snapshot import PipelineState, Stats
from app.ui.elided_label import ElidedLabel
from app.ui.status_line import StatusLine
from app.ui.theme import DARK
from tests.ui.fakes import CAMERA, snapshot


@pytest.fixture
def line(qtbot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    return made


def test_figures(line: StatusLine) -> None:
    stats = Stats(84_213.0, 10, 3.24, 6.06, 5.26, 0, 3, 15_000, lost_events=1_878_000)
    line.show_snapshot(snapshot(stats=stats))
    assert line.state.text() == "Playing"
    assert line.source.text() == "arm_roll_1.aedat4"
    assert line.rate.text() == "84.2 k/s"
    assert line.latency.text() == "3.2 ms (6.1 ms)"
    assert line.factor.text() == "5.3x"
    assert line.lost.text() == "1.88 M"
    assert line.backlog.text() == "0.0 ms"
    assert line.operations.text() == "–"
    assert "(O)" in line.operations.toolTip()
    assert line.rate.accessibleName() == "Events: 84.2 k/s"


def test_a_live_source_that_sends_nothing_is_not_said_to_play(line: StatusLine) -> None:
    line.show_snapshot(snapshot(info=CAMERA))
    assert line.state.text() == "No signal"
    line.show_snapshot(snapshot(info=CAMERA, stats=Stats(event_rate=9_000.0)))
    assert line.state.text() == "Playing"
    line.show_snapshot(snapshot(info=CAMERA, state=PipelineState.PAUSED))
    assert line.state.text() == "Paused"


@pytest.mark.parametrize(("lost", "text"), [(0, "0"), (950, "950"), (84_213, "84.2 k")])
def test_lost_events_are_short(line: StatusLine, lost: int, text: str) -> None:
    line.show_snapshot(snapshot(stats=Stats(lost_events=lost)))
    assert line.lost.text() == text


def test_unknown_figures_are_dashes(line: StatusLine) -> None:
    line.show_snapshot(snapshot(info=None, loading="source", state=PipelineState.STARTING))
    assert line.state.text() == "Starting"
    assert line.source.text() == "Opening the source …"
    assert line.latency.text() == "–"
    assert line.factor.text() == "–"


def test_long_names_lose_their_middle_and_keep_their_ending(qtbot, line: StatusLine) -> None:
    label: ElidedLabel = line.source
    label.setText("a_recording_" * 20 + "7.aedat4")
    label.resize(200, 20)
    assert label.shown_text().startswith("a_rec")
    assert label.shown_text().endswith("7.aedat4")
    assert label.fontMetrics().horizontalAdvance(label.shown_text()) <= 200


def test_where_room_is_short_what_is_performed_is_read_whole(line: StatusLine) -> None:
    info = replace(CAMERA, name="performer, all gestures", performing="left_arm_counter_clockwise")
    line.show_snapshot(snapshot(info=info))
    label = line.source
    label.resize(label.fontMetrics().horizontalAdvance(label.text()) + 4, 20)
    assert label.shown_text() == label.text()
    label.resize(label.width() - 20, 20)
    assert label.shown_text() == "Performing: Left arm counter-clockwise"
    line.show_snapshot(snapshot())
    assert label.shown_text() == "arm_roll_1.aedat4"


def test_tooltips_do_not_cover_their_figures(qtbot, line: StatusLine) -> None:
    line.show_snapshot(snapshot())
    line.resize(700, 24)
    line.move(20, 300)
    line.show()
    for figure in line.figures:
        spot = figure.rect().center()
        help_event = QHelpEvent(QEvent.Type.ToolTip, spot, figure.mapToGlobal(spot))
        QApplication.sendEvent(figure, help_event)
        (tip,) = line.findChildren(QLabel, "qtooltip_label")
        assert tip.isVisible()
        assert QToolTip.text() == figure.toolTip()
        assert tip.geometry().bottom() < figure.mapToGlobal(QPoint()).y()
        assert tip.screen().availableGeometry().contains(tip.geometry())
    QToolTip.hideText()


def test_operations_and_their_power_are_shown_once_they_are_counted(line: StatusLine) -> None:
    line.show_snapshot(snapshot(stats=Stats(operations_rate=50e6)))
    assert line.operations.text() == "50.00 M/s, 1.3 mW"
    assert "TrueNorth" in line.operations.toolTip()


def test_what_matters_least_goes_first(line: StatusLine) -> None:
    line.set_look(DARK)
    line.show()
    line.show_snapshot(snapshot())
    order = ["operations", "backlog", "factor"]
    hidden_at = []
    for width in range(1600, 300, -50):
        line.resize(width, 24)
        hidden = [name for name in order if getattr(line, name).isHidden()]
        assert hidden == order[: len(hidden)]
        hidden_at.append(len(hidden))
        assert not any(each.isHidden() for each in (line.rate, line.latency, line.lost))
    assert hidden_at == sorted(hidden_at)
    assert (hidden_at[0], hidden_at[-1]) == (0, 3)
