"""The event rate behind the seek bar, and what plays again and again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.pipeline.overview import Overview
from app.sources.contract import FileSpec
from app.ui.logic.marks import Marks
from app.ui.seek_ground import heights
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, snapshot


@pytest.fixture
def playing(desk: Desk, tmp_path: Path) -> Desk:
    desk.window.open(FileSpec(str(tmp_path / "a.aedat4")))
    desk.show(snapshot(position_us=2_000_000))
    return desk


def spans(desk: Desk) -> list[object]:
    return [call[1] for call in desk.pipeline.calls if call[0] == "set_span"]


def half_counted() -> Overview:
    counts = np.zeros((2, 100), np.int64)
    counts[:, :50] = 10
    counts[0, 20] = 5_000
    return Overview(1_000_000, 4_000_000, 40_000, counts, counted=50)


def test_keys_mark_what_plays_again_and_again(playing: Desk, qtbot) -> None:
    qtbot.keyClick(playing.window, Qt.Key.Key_A)
    playing.show(snapshot(position_us=3_000_000))
    qtbot.keyClick(playing.window, Qt.Key.Key_B)
    assert spans(playing) == [None, (2_000_000, 3_000_000)]
    assert playing.window.views.seek.marks == Marks(1_000_000, 2_000_000)
    qtbot.keyClick(playing.window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert spans(playing)[-1] is None
    assert playing.window.views.seek.marks == Marks()


def test_marks_go_with_their_recording(playing: Desk, qtbot, tmp_path: Path) -> None:
    qtbot.keyClick(playing.window, Qt.Key.Key_A)
    playing.window.open(FileSpec(str(tmp_path / "b.aedat4")))
    playing.show(snapshot())
    assert playing.window.views.seek.marks == Marks()


def test_live_sources_have_no_marks(playing: Desk) -> None:
    playing.show(snapshot(info=CAMERA))
    for name in ("mark_a", "mark_b", "unmark"):
        assert not playing.window.actions_by_name[name].isEnabled()


def test_the_rate_shows_as_far_as_it_is_counted(playing: Desk) -> None:
    slider = playing.window.instrument.transport.slider
    slider.resize(400, 40)
    before = slider.grab().toImage()
    slider.show_overview(half_counted())
    after = slider.grab().toImage()
    ratio = after.devicePixelRatio()
    changed = [
        x for x in range(400)
        if after.pixelColor(round(x * ratio), 5) != before.pixelColor(round(x * ratio), 5)
    ]  # fmt: skip
    assert changed
    assert max(changed) <= 205
    slider.show_overview(None)
    assert slider.grab().toImage() == before


def test_one_peak_does_not_flatten_the_rest() -> None:
    counts = np.full((2, 1000), 10, np.int64)
    counts[0, 500] = 10**6
    high = heights(Overview(0, 10**6, 1000, counts, counted=1000))
    assert high.max() == 1.0
    assert high[0] == 1.0
    assert heights(replace(half_counted(), counted=0)).size == 0


@pytest.mark.parametrize("speed", [0.01, 10.0])
def test_very_slow_and_fast_can_be_chosen(playing: Desk, speed: float) -> None:
    bar = playing.window.instrument.transport
    bar.set_speed(speed)
    assert playing.pipeline.calls[-1] == ("set_speed", speed)
    assert playing.keeper.settings.playback.speed == speed
