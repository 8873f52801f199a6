from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.pipeline.snapshot import PipelineState
from app.settings import KioskSettings
from app.sources.contract import FileSpec, NetworkSpec, SourceSpec
from app.ui.kiosk import launch
from app.ui.kiosk.window import KioskWindow
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, snapshot
from tests.ui.kiosk.conftest import Booth, settings_of

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
FILE = FileSpec("/data/a.aedat4")
PEER = NetworkSpec("127.0.0.1", 7777)


@pytest.fixture
def booths(
    desk: Desk, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[tuple[SourceSpec, Booth]]]:
    """Every booth that the window's menu starts, with its source."""
    made: list[tuple[SourceSpec, Booth]] = []

    def make_kiosk(spec: SourceSpec, *_: object) -> KioskWindow:
        made.append((spec, Booth(settings_of(pin=None), tmp_path)))
        return made[-1][1].window

    monkeypatch.setattr(launch, "make_kiosk", make_kiosk)
    yield made
    for _, booth in made:
        booth.window.end(0)
    QApplication.setQuitOnLastWindowClosed(True)


def start(desk: Desk) -> None:
    desk.window.actions_by_name["kiosk"].trigger()


def leave(booth: Booth) -> None:
    QTest.keyClick(booth.window, Qt.Key.Key_K, CHORD)


def test_it_is_in_the_menu(desk: Desk) -> None:
    texts = [
        action.text() for menu in desk.window.menu.actions() for action in menu.menu().actions()
    ]
    assert "Start the &kiosk" in texts


def test_the_booth_takes_the_windows_place_and_gives_it_back(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]], qtbot
) -> None:
    desk.window.open(FILE)
    desk.show(snapshot(position_us=3_500_000))
    first = desk.pipelines[0]
    start(desk)
    ((_, booth),) = booths
    assert first.calls[-1][0] == "stop"
    assert booth.window.isVisible()
    assert not desk.window.isVisible()
    leave(booth)
    assert not booth.window.isVisible()
    assert desk.window.isVisible()
    second = desk.pipelines[1]
    assert second.opened == [FILE]
    qtbot.waitUntil(lambda: ("seek", 3_500_000) in second.calls)


def test_what_was_held_is_held_again(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]], qtbot
) -> None:
    desk.window.open(FILE)
    desk.show(replace(snapshot(position_us=2_000_000), state=PipelineState.PAUSED))
    start(desk)
    leave(booths[0][1])
    qtbot.waitUntil(lambda: ("seek", 2_000_000) in desk.pipelines[1].calls)
    assert ("pause",) in desk.pipelines[1].calls


def test_a_live_source_goes_with_the_booth(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]]
) -> None:
    desk.window.open(PEER)
    desk.show(snapshot(info=CAMERA))
    start(desk)
    assert booths[0][0] == PEER


@pytest.mark.parametrize("desk", [settings_of(source="network:127.0.0.1:9")], indirect=True)
def test_else_it_is_the_one_in_the_settings(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]]
) -> None:
    start(desk)
    assert booths[0][0] == NetworkSpec("127.0.0.1", 9)
    leave(booths[0][1])
    assert desk.window.pages.currentWidget() is desk.window.welcome
    assert desk.pipelines == []


def test_a_source_that_cannot_be_understood_is_told(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]]
) -> None:
    values = KioskSettings().model_dump()
    wrong = KioskSettings.model_construct(**{**values, "source": "network:x"})
    desk.keeper.settings = desk.keeper.settings.model_copy(update={"kiosk": wrong})
    start(desk)
    assert booths == []
    assert desk.window.isVisible()
    assert "kiosk.source" in desk.window.banner.sentence


def test_closing_the_window_ends_the_booth_too(
    desk: Desk, booths: list[tuple[SourceSpec, Booth]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a signal does, while the booth is on show."""
    quits: list[None] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: quits.append(None))
    start(desk)
    desk.window.close()
    assert not booths[0][1].window.isVisible()
    assert desk.window.stopped_in_time
    QApplication.processEvents()
    assert not desk.window.isVisible()


def test_it_can_be_started_again(desk: Desk, booths: list[tuple[SourceSpec, Booth]]) -> None:
    for number in range(3):
        start(desk)
        assert len(booths) == number + 1
        leave(booths[-1][1])
        assert desk.window.isVisible()
