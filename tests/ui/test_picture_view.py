"""Kinds of picture by menu and key, and pictures in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from app.sources.contract import FileSpec
from app.ui.composing import LEAST_SIDE, Frame, compose, pixels_of, scale_for, size_for
from app.ui.logic.film_words import proposed_name
from app.ui.logic.verdict import Verdict
from app.ui.logic.viewport import Viewport
from app.ui.theme import DARK
from tests.ui.conftest import Desk
from tests.ui.fakes import recognition, snapshot


def playing(desk: Desk, **fields: object) -> None:
    counts = np.zeros((2, 6, 8), np.uint16)
    counts[1, 3, 2] = 9
    desk.window.open(FileSpec("a.aedat4"))
    decided = recognition("arm_roll", arm_roll=70)
    desk.show(snapshot(**{"counts": counts, "recognition": decided, **fields}))


def said(desk: Desk) -> str:
    return desk.window.banner.sentence


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the dialogs proposed; they answer with the file ``answer`` in a folder of the test."""
    proposed: list[str] = []

    def ask(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
        proposed.append(path)
        return str(tmp_path / "answer"), kinds.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return proposed


def test_p_goes_through_the_kinds_and_they_are_kept(desk: Desk, qtbot) -> None:
    playing(desk)
    kinds = []
    for _ in range(4):
        qtbot.keyClick(desk.window, Qt.Key.Key_P)
        kinds.append(desk.keeper.settings.display.accumulation)
    assert kinds == ["time", "count", "surface", "fading"]
    assert desk.window.instrument.events.display.accumulation == "fading"


def test_i_writes_into_the_picture_and_the_menu_says_so(desk: Desk, qtbot) -> None:
    playing(desk)
    qtbot.keyClick(desk.window, Qt.Key.Key_I)
    assert desk.keeper.settings.display.overlay
    assert desk.window.actions_by_name["overlay"].isChecked()
    desk.show(snapshot())
    assert desk.window.instrument.events.canvas.corner[0] == "arm_roll_1.aedat4"


def test_zoom_by_keys(desk: Desk, qtbot) -> None:
    counts = np.zeros((2, 60, 80), np.uint16)
    playing(desk, counts=counts)
    actions, canvas = desk.window.actions_by_name, desk.window.instrument.events.canvas
    assert not actions["zoom_whole"].isEnabled()
    actions["zoom_in"].trigger()
    actions["zoom_in"].trigger()
    desk.show(snapshot(counts=counts))
    assert canvas.viewport.zoom == pytest.approx(1.25**2)
    actions["zoom_out"].trigger()
    assert canvas.viewport.zoom == pytest.approx(1.25)
    qtbot.keyClick(desk.window, Qt.Key.Key_0)
    assert canvas.viewport.is_whole


def test_a_picture_is_saved_with_the_decision(desk: Desk, chosen: list[str], tmp_path) -> None:
    playing(desk)
    desk.window.actions_by_name["save_picture"].trigger()
    assert Path(chosen[0]).name.startswith("arm_roll_1_")
    saved = QImage(str(tmp_path / "answer.png"))
    assert saved.size() == size_for(8, 6, decision=True)
    scale = scale_for(8, 6)
    assert saved.pixelColor(2 * scale + scale // 2, 3 * scale + scale // 2).name() == DARK.on
    strip = pixels_of(saved.convertToFormat(QImage.Format.Format_RGB32))[6 * scale :]
    assert np.ptp(strip) > 100  # something is written there
    assert said(desk) == f"Saved the picture to {tmp_path / 'answer.png'}"


def test_without_the_decision_the_picture_ends_with_the_picture(
    desk: Desk, chosen: list[str], tmp_path
) -> None:
    playing(desk)
    desk.window.actions_by_name["save_decision"].trigger()
    desk.show(snapshot(counts=np.zeros((2, 6, 8), np.uint16)))
    desk.window.actions_by_name["save_picture"].trigger()
    assert QImage(str(tmp_path / "answer.png")).size() == size_for(8, 6, decision=False)


def test_a_picture_that_cannot_be_written_is_a_sentence(desk: Desk, tmp_path) -> None:
    playing(desk)
    picture = desk.window.views.picture.picture()
    desk.window.views.picture.save(picture, tmp_path / "nowhere" / "a.png")
    assert "No such file or directory" in said(desk)


def test_there_is_nothing_to_save_before_there_is_a_picture(desk: Desk) -> None:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(snapshot(counts=None))
    names = ("save_picture", "zoom_in", "film")
    assert not any(desk.window.actions_by_name[name].isEnabled() for name in names)
    assert desk.window.views.picture.picture() is None


def test_what_is_saved_is_what_is_seen() -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    image.setPixelColor(20, 15, DARK.on)
    seen = Viewport.whole(40, 30).zoomed(2, 20, 15)
    made = compose(Frame(image, seen), DARK)
    scale = 2 * scale_for(40, 30)
    at = (int((20.5 - seen.left) * scale), int((15.5 - seen.top) * scale))
    assert made.pixelColor(*at).name() == DARK.on
    assert (pixels_of(made) > 0).any(-1).sum() == pytest.approx(scale**2, rel=0.1)


@given(width=st.integers(1, 1500), height=st.integers(1, 1500), decision=st.booleans())
def test_sizes_are_even_and_large_enough(width: int, height: int, decision: bool) -> None:
    size = size_for(width, height, decision=decision)
    assert size.width() % 2 == size.height() % 2 == 0
    assert min(size.width(), size.height()) >= LEAST_SIDE


def test_long_names_are_shortened_and_never_stand_on_the_votes(qapp) -> None:
    image = QImage(128, 128, QImage.Format.Format_RGB32)
    image.fill(0)
    long = Verdict("arm_roll", "A gesture of a very long name " * 4, figure="80 of 80 votes")
    plain = Verdict("arm_roll", "", figure="80 of 80 votes")
    seen = Viewport.whole(128, 128)
    strips = [
        pixels_of(compose(Frame(image, seen, (), each), DARK))[512:] for each in (long, plain)
    ]
    assert (strips[0][:, -140:] == strips[1][:, -140:]).all()


def test_names_of_files_are_plain_and_sort() -> None:
    from datetime import datetime

    now = datetime(2026, 1, 31, 14, 5, 2)
    assert proposed_name("a/b c.aedat4", now, ".png") == "a_b_c_20260131_140502.png"
    assert proposed_name("…", now, ".mp4") == "events_20260131_140502.mp4"
