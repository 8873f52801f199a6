"""The window speaks Korean throughout, and changes its language while a recording plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from app.sources.contract import FileSpec
from app.ui.language import speak_language
from tests.ui.conftest import Desk
from tests.ui.fakes import snapshot


@pytest.fixture(autouse=True)
def _english_again(qapp) -> Iterator[None]:
    yield
    speak_language(qapp, "en")
    QLocale.setDefault(QLocale.system())


def choose(desk: Desk, language: str, qtbot) -> None:
    before = desk.window.menu
    desk.window.menu.display_chosen.emit("language", language)
    qtbot.waitUntil(lambda: desk.window.menu is not before)


def test_what_plays_goes_on(desk: Desk, qtbot) -> None:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(snapshot())
    calls = list(desk.pipeline.calls)
    choose(desk, "ko", qtbot)
    assert desk.pipeline.calls == calls
    assert desk.window.pages.currentWidget() is desk.window.instrument
    assert desk.window.windowTitle().startswith("arm_roll_1")
    qtbot.wait(100)
    desk.window.refresh()
    assert desk.keeper.settings.display.language == "ko"
