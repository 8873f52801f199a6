from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.settings import VoteSettings
from app.ui.actions import Actions
from app.ui.instrument import Instrument
from app.ui.logic.model_file import ModelFile
from app.ui.pace import READING_MS
from app.ui.theme import DARK
from tests.ui.fakes import recognition, snapshot


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def instrument(window: QWidget) -> Instrument:
    made = Instrument(Actions(window), VoteSettings(), parent=window)
    made.set_look(DARK)
    return made


def shown(instrument: Instrument) -> tuple[str, str, int]:
    """Name and figure of the panel, and the votes at the bar of "arm roll"."""
    panel = instrument.gesture
    words = (panel.share.text() or panel.caption.text()).replace("\u00a0", " ")
    return panel.name.text(), words, int(instrument.bars.canvas.votes[7])


def test_gestures_change_at_once_and_figures_at_reading_pace(instrument: Instrument, qtbot) -> None:
    instrument.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    less = snapshot(recognition=recognition("arm_roll", arm_roll=60, air_drums=20))
    instrument.show_snapshot(less)
    assert shown(instrument) == ("Arm roll", "80 of 80 votes", 80)
    other = snapshot(recognition=recognition("air_drums", arm_roll=20, air_drums=60))
    instrument.show_snapshot(other)
    assert shown(instrument) == ("Air drums", "60 of 80 votes", 20)
    qtbot.wait(READING_MS + 20)
    instrument.show_snapshot(
        snapshot(recognition=recognition("air_drums", arm_roll=8, air_drums=72))
    )
    assert shown(instrument) == ("Air drums", "72 of 80 votes", 8)


def test_while_undecided_the_panel_says_what_the_bars_show(instrument: Instrument, qtbot) -> None:
    for count in (15, 13, 11):
        undecided = recognition(None, arm_roll=count, air_drums=8, air_guitar=7)
        instrument.show_snapshot(snapshot(recognition=undecided))
        name, words, figure = shown(instrument)
        assert name == "No decision"
        assert words == f"Arm roll has {figure} of 16 votes needed"
        qtbot.wait(READING_MS // 2 + 10)


def test_cards_side_by_side_begin_at_one_height_though_letters_differ(
    instrument: Instrument, qtbot
) -> None:
    names = ("기본", "SLAYER")
    instrument.show_files([ModelFile(Path(name), name, "") for name in names])
    choosers = (instrument.first.chooser, instrument.second.chooser)
    heights = [max(each.sizeHint().height(), each.minimumHeight()) for each in choosers]
    assert heights[0] == heights[1]
    instrument.set_look(replace(DARK, base_px=20))
    larger = [max(each.sizeHint().height(), each.minimumHeight()) for each in choosers]
    assert larger[0] == larger[1] > heights[0]
    instrument.set_look(DARK)
    assert [each.minimumHeight() for each in choosers] == heights
