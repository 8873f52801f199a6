"""A live source recorded from the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.pipeline.recorder import Tape
from app.sources.contract import CameraSpec, SourceError
from app.ui.logic.taping import ending, is_low, progress, proposed_name
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, snapshot

TAPE = Tape(Path("/data/out.aedat4"), 1_234, 24_100_000, 12_340_000)


@pytest.fixture
def live(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), "AEDAT 4")
    )
    desk.window.open(CameraSpec())
    desk.show(snapshot(info=CAMERA))
    return desk


def test_a_live_source_is_recorded_until_the_command_comes_again(
    live: Desk, tmp_path: Path, qtbot
) -> None:
    action = live.window.actions_by_name["record"]
    transport = live.window.instrument.transport
    assert transport.buttons["record"].isVisible()
    action.trigger()
    assert ("record", tmp_path / "mine.aedat4") in live.pipeline.calls
    live.pipeline.tape = replace(TAPE, path=tmp_path / "mine.aedat4")
    qtbot.waitUntil(lambda: transport.recording.isVisible())
    assert transport.recording.text().startswith("Recording 0:12.3  ·  24.1 MB  ·  ")
    assert transport.recording.text().endswith("free")
    assert not transport.slider.isVisible()
    assert action.isChecked()
    action.trigger()
    live.show(snapshot(info=CAMERA))
    assert not action.isChecked()
    assert "Recorded 1,234 events" in live.window.banner.sentence
    assert not live.window.banner.is_failure
    live.window.banner.dismiss()
    live.show(snapshot(info=CAMERA))
    assert not live.window.banner.sentence  # it is told once
    qtbot.waitUntil(lambda: not transport.recording.isVisible())
    assert transport.slider.isVisible()


def test_a_recording_that_fails_is_told(live: Desk) -> None:
    live.window.actions_by_name["record"].trigger()
    live.pipeline.tape = replace(TAPE, is_over=True, failure="cannot write out: disk full")
    live.show(snapshot(info=CAMERA))
    assert live.window.banner.is_failure
    assert "disk full; the 1,234 events" in live.window.banner.sentence


def test_a_place_that_cannot_be_written_is_told(
    live: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise SourceError("there is no folder")

    monkeypatch.setattr(live.pipeline, "record", refuse)
    live.window.actions_by_name["record"].trigger()
    assert live.window.banner.sentence == "There is no folder"
    assert not live.window.actions_by_name["record"].isChecked()


def test_a_recording_ends_with_its_source(live: Desk) -> None:
    live.window.actions_by_name["record"].trigger()
    live.show(snapshot())
    assert ("stop_recording",) in live.pipeline.calls
    live.show(snapshot())
    assert not live.window.actions_by_name["record"].isEnabled()
    assert not live.window.instrument.transport.buttons["record"].isVisible()


def test_names_sort_and_fit_every_system() -> None:
    name = proposed_name("network 127.0.0.1:7777", datetime(2026, 1, 31, 14, 5, 2))
    assert name == "network_127_0_0_1_7777_20260131_140502.aedat4"
    assert proposed_name("손", datetime(2026, 1, 1)).startswith("events_")


def test_words() -> None:
    assert progress(replace(TAPE, lost=950), None) == "Recording 0:12.3  ·  24.1 MB  ·  950 lost"
    assert "7 came too fast" in ending(replace(TAPE, lost=7))
    assert is_low(900_000_000)
    assert not is_low(None)
