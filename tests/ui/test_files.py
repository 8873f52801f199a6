"""Several recordings one after the other, and the next one of a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.sources.contract import CameraSpec, FileSpec
from app.ui.logic.playlist import Playlist, dropped_together
from tests.ui.conftest import Desk
from tests.ui.fakes import RECORDING, snapshot
from tests.ui.test_main_window import drop

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.aedat4", "a.aedat", "c.npz", "notes.txt"):
        (tmp_path / name).touch()
    return tmp_path


def specs(folder: Path, *names: str) -> list[FileSpec]:
    return [FileSpec(str(folder / name)) for name in names]


def test_the_next_and_the_previous_file_of_a_folder(desk: Desk, folder: Path, qtbot) -> None:
    a, b, c = specs(folder, "a.aedat", "b.aedat4", "c.npz")
    desk.window.open(b)
    desk.show(snapshot())
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown, CTRL)
    desk.show(snapshot())
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown, CTRL)
    desk.show(snapshot())
    qtbot.keyClick(desk.window, Qt.Key.Key_PageUp, CTRL)
    assert desk.pipeline.opened == [b, c, a, c]


def test_a_recording_alone_has_no_next(desk: Desk, tmp_path: Path) -> None:
    desk.window.open(FileSpec(str(tmp_path / "alone.aedat4")))
    desk.show(snapshot())
    desk.window.actions_by_name["next_file"].trigger()
    assert desk.window.banner.sentence == "There is no other recording in this folder"
    assert len(desk.pipeline.opened) == 1


def test_what_is_dropped_and_not_handed_over_is_said(desk: Desk) -> None:
    place, copy, nothing = QPointF(50, 50), Qt.DropAction.CopyAction, QMimeData()
    held, left, keys = QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held.setUrls([QUrl.fromLocalFile("/data/a.aedat4")])
    enter = QDragEnterEvent(place.toPoint(), copy, held, left, keys)
    QApplication.sendEvent(desk.window, enter)
    QApplication.sendEvent(desk.window, QDropEvent(place, copy, nothing, left, keys))
    assert "not handed over" in desk.window.banner.sentence
    assert desk.pipelines == []


def test_files_that_are_dropped_together_follow_one_another(desk: Desk, folder: Path) -> None:
    b, a = specs(folder, "b.aedat4", "a.aedat")
    assert drop(desk.window, *(QUrl.fromLocalFile(spec.path) for spec in (b, a)))
    desk.show(snapshot())
    assert desk.window.windowTitle().startswith("1 of 2: b.aedat4")
    ending = replace(snapshot(), position_us=RECORDING.start_us + RECORDING.duration_us - 100)
    desk.show(ending)
    assert desk.pipeline.calls[-1] == ("replace_source", "follows")
    desk.show(snapshot())
    assert desk.window.windowTitle().startswith("2 of 2: a.aedat")
    assert desk.pipeline.opened == [b, a]
    assert desk.keeper.settings.recent_files == (a.path, b.path)


def test_a_list_goes_round_and_one_file_is_no_list(folder: Path) -> None:
    a, b = specs(folder, "b.aedat4", "a.aedat")
    playlist = Playlist([a, b])
    assert playlist.beside(b, 1) == a
    assert playlist.beside(a, -1) == b
    assert not Playlist([a]).has(a)
    assert Playlist().beside(CameraSpec(), 1) is None


def test_the_camera_that_plays_does_not_matter(folder: Path) -> None:
    playing = FileSpec(str(folder / "a.aedat"), stream="right")
    assert Playlist().beside(playing, 1) == FileSpec(str(folder / "b.aedat4"))


def test_a_folder_stands_for_its_recordings(folder: Path, tmp_path_factory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    assert dropped_together([str(folder), str(empty)]) == [
        *specs(folder, "a.aedat", "b.aedat4", "c.npz"), FileSpec(str(empty)),
    ]  # fmt: skip
