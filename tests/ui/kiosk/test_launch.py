from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import main
from app.settings import KIOSK_GESTURES, KioskSettings, Settings
from app.sources.bundled import gesture_of
from app.sources.contract import FileSpec
from app.ui.kiosk import launch
from app.ui.kiosk.launch import performances, run_kiosk
from app.ui.kiosk.window import KioskWindow
from tests.ui.kiosk.conftest import Booth, settings_of

SPEC = FileSpec("/data/a.aedat4")


@pytest.fixture
def booths(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Booth]:
    """Every booth that ``run_kiosk`` puts together, all of them made up."""
    made: list[Booth] = []

    def make_kiosk(spec: object, settings: Settings, systems: object, *_: object) -> KioskWindow:
        made.append(Booth(settings, tmp_path))
        return made[-1].window

    monkeypatch.setattr(launch, "make_kiosk", make_kiosk)
    return made


def soon(act: Callable[[], object]) -> None:
    QTimer.singleShot(100, act)


def test_who_leaves_on_purpose_ends_it_with_nought(booths: list[Booth]) -> None:
    soon(lambda: booths[0].window.end(0))
    assert run_kiosk(SPEC, settings_of()) == 0
    assert not booths[0].window.isVisible()
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_and_set_the_exit_code(booths: list[Booth], number: signal.Signals) -> None:
    before = signal.getsignal(number)
    soon(lambda: os.kill(os.getpid(), number))
    assert run_kiosk(SPEC, settings_of()) == 128 + number
    assert not booths[0].window.isVisible()
    assert signal.getsignal(number) is before
    QApplication.setQuitOnLastWindowClosed(True)


def test_the_showreel_shows_the_gestures_of_the_round_in_their_order() -> None:
    assert [gesture_of(spec) for spec in performances(KioskSettings())] == list(KIOSK_GESTURES)
    few = KioskSettings(gestures=("arm_roll", "air_drums"))
    assert [gesture_of(spec) for spec in performances(few)] == ["arm_roll", "air_drums"]


def test_main_hands_everything_on(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def run(spec: object, settings: object, **options: object) -> int:
        given.extend((spec, settings, options))
        return 7

    monkeypatch.setattr("app.ui.display.display_problem", lambda: None)
    monkeypatch.setattr(launch, "run_kiosk", run)
    options = {
        "model_path": Path("a.pt"), "settings_path": Path("a.json"), "watched": True,
        "notes": ["a note"],
    }  # fmt: skip
    assert main.run_kiosk(SPEC, Settings(), **options) == 7
    assert given == [SPEC, Settings(), options]
