"""Past decisions in the window: drawn, asked about, sought and exported."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog

from app.sources.contract import FileSpec
from app.ui.history_card import Legend
from app.ui.history_strip import HistoryStrip
from app.ui.logic.blocks import Lane, Scale
from app.ui.theme import DARK, LIGHT, Look
from app.ui.vote_window import VoteWindow, votes_in_words
from app.ui.window_store import WindowStore
from models.data.dvs_gesture.labels import GestureLabel, write_labels
from models.data.gestures import CLASSES
from tests.ui.conftest import Desk
from tests.ui.fakes import RECORDING, reading, recognition, snapshot

CLAP = CLASSES[0]


def decided(first_us: int, count: int = 500, **fields):
    """So many milliseconds of clapping."""
    times_us = [first_us + 1000 * (n + 1) for n in range(count)]
    made = tuple(recognition(CLAP, t_us, **{CLAP: 9}) for t_us in times_us)
    own = reading(recognition=made[-1], recognitions=made)
    return snapshot(readings=(own,), position_us=times_us[-1], **fields)


@pytest.fixture
def playing(desk: Desk, qtbot, tmp_path: Path) -> Desk:
    """Half a second was decided as clapping, which it was in its first half alone."""
    labels = [GestureLabel(0, 1_000_000, 1_250_000), GestureLabel(1, 1_250_000, 2_000_000)]
    write_labels(tmp_path / "a_labels.csv", labels)
    desk.window.open(FileSpec(str(tmp_path / "a.aedat4")))
    desk.show(decided(1_000_000))
    qtbot.wait(120)
    desk.show(snapshot(position_us=1_500_000, readings=(reading(),)))
    return desk


def strip_of(desk: Desk) -> HistoryStrip:
    return desk.window.views.history.card.strip


def colour_at(strip: HistoryStrip, t_us: int, lane: int) -> QColor:
    x = strip.width() - strip.lanes_width + round(strip.scale.x(t_us))
    picture = strip.grab().toImage()
    return picture.pixelColor(x, round((lane + 0.15) * picture.height() / 2.8))


def test_the_legend_ends_where_its_words_end(qtbot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.set_look(DARK)
    legend.resize(legend.sizeHint())
    picture = legend.grab().toImage()
    ground = picture.pixelColor(0, 0)
    last = max(
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    )
    assert picture.width() - last < DARK.px(5)


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_an_empty_lane_and_an_empty_vote_window_are_seen_on_their_card(qtbot, look: Look) -> None:
    strip, votes = HistoryStrip(lambda t_us: ""), VoteWindow()
    for part in (strip, votes):
        qtbot.addWidget(part)
        part.set_look(look)
    strip.show_lanes([Lane("Decided", ())], Scale(0, 1_000_000, 200), (), None)
    strip.resize(400, 60)
    assert strip.grab().toImage().pixelColor(300, look.px(8)).name() == look.strip_ground
    assert QColor(int(votes.pixels()[0, 0])).name() == look.strip_ground != look.card


def test_right_and_wrong_look_different(playing: Desk) -> None:
    strip = strip_of(playing)
    assert [lane.name for lane in strip.lanes] == ["Truth", "Decided"]
    colours = {colour_at(strip, t_us, 1).name() for t_us in (1_100_000, 1_400_000, 3_000_000)}
    assert len(colours) == 3


def test_a_click_goes_there(playing: Desk, qtbot) -> None:
    strip = strip_of(playing)
    left = strip.width() - strip.lanes_width
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(left + strip.lanes_width // 2, 5))
    (place_us,) = [call[1] for call in playing.pipeline.calls if call[0] == "seek"]
    assert place_us == pytest.approx(3_000_000, abs=20_000)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))  # a name is no time
    assert len([call for call in playing.pipeline.calls if call[0] == "seek"]) == 1


def test_a_long_recording_shows_its_last_seconds_until_all_of_it_is_wanted(
    playing: Desk, qtbot
) -> None:
    long = replace(RECORDING, duration_us=100_000_000)
    action = playing.window.actions_by_name["history_whole"]
    for whole, span_us in ((False, 30_000_000), (True, 100_000_000)):
        action.setChecked(whole)
        playing.show(decided(50_000_000, info=long))
        qtbot.waitUntil(lambda span_us=span_us: strip_of(playing).scale.span_us == span_us)


def test_the_strip_can_be_switched_off_and_stays_so(playing: Desk) -> None:
    card = playing.window.views.history.card
    playing.window.actions_by_name["history"].trigger()
    assert not card.isVisible()
    assert not WindowStore().history_shown(small=False)


def test_a_small_window_shows_it_only_if_asked(playing: Desk, qtbot) -> None:
    card, action = playing.window.views.history.card, playing.window.actions_by_name["history"]
    for size, shown in (((780, 440), False), ((1100, 700), True)):
        playing.window.resize(*size)
        qtbot.waitUntil(lambda shown=shown: card.isVisible() is shown)
    playing.window.resize(780, 440)
    qtbot.waitUntil(lambda: not action.isChecked())
    action.trigger()
    assert card.isVisible()
    playing.window.resize(1100, 700)
    playing.window.resize(780, 440)
    qtbot.wait(30)
    assert card.isVisible()


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_decisions_are_exported(
    playing: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / f"out.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "CSV table"))
    playing.window.actions_by_name["export_decisions"].trigger()
    assert "51 decisions" in playing.window.banner.sentence
    assert len(target.read_text().splitlines()) == 51 + (suffix == "csv")
    if suffix == "csv":
        with target.open() as file:
            assert next(csv.DictReader(file)) == {
                "t_us": "1001000", "gesture": CLAP, "share": "1.0",
            }  # fmt: skip


def test_a_place_that_cannot_be_written_is_told(playing: Desk, tmp_path: Path) -> None:
    playing.window.views.history.export(tmp_path / "none" / "out.csv")
    assert playing.window.banner.is_failure
    assert "out.csv" in playing.window.banner.sentence


def test_labels_that_cannot_be_used_are_told(desk: Desk, qtbot, tmp_path: Path) -> None:
    (tmp_path / "a_labels.csv").write_text("nonsense\n")
    desk.window.open(FileSpec(str(tmp_path / "a.aedat4")))
    desk.show(decided(1_000_000))
    qtbot.wait(120)
    desk.show(snapshot(position_us=1_500_000))
    assert "a_labels.csv" in desk.window.views.history.card.detail.text()


def test_the_vote_window_shows_each_millisecond(qtbot) -> None:
    votes = VoteWindow()
    qtbot.addWidget(votes)
    winners = np.array([0, 0, 1, -1, -2], np.int16)
    votes.show_winners(winners, ("clap", "wave"), 0)
    pixels = votes.pixels()
    assert pixels.shape == (2, 5)
    assert pixels[0, 0] == pixels[0, 1] != pixels[1, 2]  # the decided class is lit
    assert len(set(pixels[:, 3].tolist() + pixels[:, 4].tolist())) == 1
    assert votes_in_words(winners, ("clap", "wave")).startswith(
        "Of the last 5 ms, Clap won 2, Wave won 1, nobody won 1."
    )
