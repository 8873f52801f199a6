"""The window on screens of 800x480 and the like: smaller type, and what matters least goes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea

from app.sources.contract import FileSpec
from app.ui.about import AboutDialog
from app.ui.connect_dialog import ConnectDialog
from app.ui.fitting import PART
from app.ui.shortcuts_dialog import ShortcutsDialog
from app.ui.theme import (
    BASE_PX,
    SMALLEST_HEIGHT,
    SMALLEST_PX,
    SMALLEST_WIDTH,
    base_px_for,
    is_compact,
)
from tests.ui.conftest import Desk
from tests.ui.fakes import RECORDING, chunk, reading, snapshot

# Of a screen of 800x480, a window manager's frame leaves this.
SCREEN = 800, 455


def test_the_window_fits_a_screen_of_800_by_480(desk: Desk) -> None:
    smallest = desk.window.minimumSize()
    assert smallest.width() <= SCREEN[0]
    assert smallest.height() <= SCREEN[1]


@pytest.mark.parametrize(
    ("size", "px", "compact"),
    [
        ((780, 440), SMALLEST_PX, True),
        ((800, 455), SMALLEST_PX, True),
        ((910, 480), SMALLEST_PX, True),
        ((1024, 560), 11, True),
        ((960, 620), BASE_PX, False),
        ((1400, 900), 15, False),
    ],
)
def test_type_follows_the_room(size: tuple[int, int], px: int, compact: bool) -> None:
    assert base_px_for(*size, system_px=BASE_PX) == px
    assert is_compact(*size) is compact


def test_what_matters_least_goes_and_comes_back(desk: Desk, qtbot) -> None:
    window = desk.window
    window.open(FileSpec("a.aedat4"))
    desk.show(
        snapshot(
            info=RECORDING,
            readings=(
                reading(raster=(chunk(0, np.ones((9, 11), np.int32), np.ones((9, 5), np.uint8)),)),
            ),
        )
    )
    raster = window.instrument.raster
    for size, seen in (((1100, 700), True), ((780, 440), False), ((1100, 700), True)):
        window.resize(*size)
        qtbot.wait(30)
        assert raster.hidden.isVisible() is seen
        assert raster.time.isVisible()


@pytest.mark.parametrize("make", [AboutDialog, ShortcutsDialog, lambda w: ConnectDialog("", w)])
def test_dialogs_fit(desk: Desk, qtbot, make) -> None:
    desk.window.resize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
    qtbot.wait(30)
    dialog: QDialog = make(desk.window)
    dialog.show()
    needed = dialog.sizeHint()
    assert needed.width() <= SCREEN[0]
    assert needed.height() <= SCREEN[1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_all_filters_are_seen_on_a_screen_of_1024_by_600(desk: Desk, qtbot, language: str) -> None:
    before = desk.window.menu
    desk.window.menu.display_chosen.emit("language", language)
    qtbot.waitUntil(lambda: language == "en" or desk.window.menu is not before)
    desk.window.resize(1024, 578)
    qtbot.wait(30)
    desk.window.actions_by_name["filters"].trigger()
    dialog = desk.window.views.filters.dialog
    dialog.resize(640, round(600 * PART))
    qtbot.wait(30)
    (area,) = dialog.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0


def test_the_hint_about_keys_takes_no_row_of_its_own(desk: Desk, qtbot) -> None:
    dialog = ShortcutsDialog(desk.window)
    dialog.show()
    hint, buttons = dialog.findChild(QLabel, "hint"), dialog.findChild(QDialogButtonBox)
    assert hint.geometry().center().y() in range(buttons.y(), buttons.geometry().bottom())


def test_no_key_is_cut_off_at_the_side(desk: Desk, qtbot) -> None:
    desk.window.resize(1400, 900)  # with larger letters than the screen is made for
    qtbot.wait(30)
    dialog = ShortcutsDialog(desk.window)
    dialog.show()
    (area,) = dialog.findChildren(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
