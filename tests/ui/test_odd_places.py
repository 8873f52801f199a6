"""What is no recording, and where nothing can be written: one sentence, and the window goes on."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

from app.events import EVENT_DTYPE, Resolution
from app.pipeline.pipeline import Pipeline
from app.pipeline.recorder import Recorder
from app.pipeline.snapshot import PipelineState
from app.settings import Settings
from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.opening import open_source
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import MainWindow
from app.ui.window_store import WindowStore
from tests.recognition.streams import CountingNetwork
from tests.ui.conftest import Desk
from tests.ui.test_main_window import drop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")

PATIENCE_MS = 20_000
SIZE = Resolution(128, 128)
by_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may do anything"
)


def recording(path: Path) -> Path:
    """Half a second, an event every 100 us."""
    events = np.zeros(5000, EVENT_DTYPE)
    events["t"] = 1000 + 100 * np.arange(5000)
    with Aedat4Writer(path, SIZE) as writer:
        writer.write(events)
    return path


@pytest.fixture
def window(qtbot, tmp_path: Path) -> Iterator[MainWindow]:
    """It plays a good recording round and round, on the real pipeline."""

    def build(open_one: Callable[[], object]) -> Pipeline:
        return Pipeline(open_one, lambda: CountingNetwork(), Settings(), loop=True)

    made = MainWindow(Player(open_source, build), SettingsKeeper(Settings()), WindowStore())
    qtbot.addWidget(made)
    made.show()
    made.open(FileSpec(str(recording(tmp_path / "good.aedat4"))))
    qtbot.waitUntil(lambda: made.player.spec is not None, timeout=PATIENCE_MS)
    yield made
    made.close()


def empty(path: Path) -> None:
    path.touch()


def linked(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # an absolute one may be too long


def closed(path: Path) -> None:
    recording(path).chmod(0)


def nothing(path: Path) -> None: ...


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (empty, "a.aedat4", "is empty"),
        (Path.mkdir, "a.aedat4", "is a folder"),
        (os.mkfifo, "a.aedat4", "is not an ordinary file"),
        (bound, "a.aedat4", "is not an ordinary file"),
        (device, "a.aedat4", "is not an ordinary file"),
        (linked, "a.aedat4", "oo many levels of symbolic links"),
        (dangling, "a.aedat4", "here is no recording"),
        (nothing, "a" * 256, "ile name too long"),
        (nothing, "good.aedat4/a", "ot a directory"),
        pytest.param(closed, "a.aedat4", "ermission denied", marks=by_root),
    ],
)
def test_what_is_no_recording_is_one_sentence_and_what_plays_goes_on(
    window: MainWindow, qtbot, tmp_path: Path, make, name: str, words: str
) -> None:
    make(tmp_path / name)
    assert drop(window, QUrl.fromLocalFile(str(tmp_path / name)))
    qtbot.waitUntil(lambda: window.player.refused is not None, timeout=PATIENCE_MS)
    assert words in window.banner.sentence
    assert "\n" not in window.banner.sentence
    assert window.banner.is_failure
    assert window.player.spec == FileSpec(str(tmp_path / "good.aedat4"))
    assert window.player.snapshot is not None
    assert window.player.snapshot.state is PipelineState.PLAYING


def test_a_name_of_255_bytes_plays(window: MainWindow, qtbot, tmp_path: Path) -> None:
    long = recording(tmp_path / ("손" * 82 + "ab.aedat4"))
    assert len(os.fsencode(long.name)) == 255
    assert drop(window, QUrl.fromLocalFile(str(long)))
    qtbot.waitUntil(lambda: window.player.spec == FileSpec(str(long)), timeout=PATIENCE_MS)
    assert window.banner.sentence == ""


def test_a_recording_that_grows_and_is_deleted_plays_on(
    window: MainWindow, qtbot, tmp_path: Path
) -> None:
    path = recording(tmp_path / "grows.aedat4")
    window.open(FileSpec(str(path)))
    qtbot.waitUntil(lambda: window.player.spec == FileSpec(str(path)), timeout=PATIENCE_MS)
    with path.open("ab") as file:
        file.write(b"more to come")
    path.unlink()
    plays: list[int] = []

    def came_round() -> bool:
        snapshot = window.player.snapshot
        plays.append((snapshot and snapshot.position_us) or 0)
        return any(after < before for before, after in pairwise(plays))

    qtbot.waitUntil(came_round, timeout=PATIENCE_MS)
    assert window.player.snapshot is not None
    assert window.player.snapshot.state is PipelineState.PLAYING


# Where nothing can be written


def is_folder(folder: Path, suffix: str) -> Path:
    (folder / f"a{suffix}").mkdir()
    return folder / f"a{suffix}"


def in_no_folder(folder: Path, suffix: str) -> Path:
    return folder / "missing" / f"a{suffix}"


def in_a_file(folder: Path, suffix: str) -> Path:
    (folder / "file").touch()
    return folder / "file" / f"a{suffix}"


def too_long(folder: Path, suffix: str) -> Path:
    return folder / ("a" * 255 + suffix)


def read_only(folder: Path, suffix: str) -> Path:
    (folder / "closed").mkdir(0o555)
    return folder / "closed" / f"a{suffix}"


places = pytest.mark.parametrize(
    "place", [is_folder, in_no_folder, in_a_file, too_long, pytest.param(read_only, marks=by_root)]
)


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if ".partial" in path.name]


@places
def test_a_picture_that_cannot_be_written(desk: Desk, tmp_path: Path, place) -> None:
    path = place(tmp_path, ".png")
    desk.window.views.picture.save(QImage(8, 8, QImage.Format.Format_RGB32), path)
    assert desk.window.banner.sentence.startswith(f"Cannot write {path}: ")
    assert left_behind(tmp_path) == []


@places
def test_a_film_that_cannot_be_written(desk: Desk, qtbot, tmp_path: Path, place) -> None:
    from tests.ui.fakes import snapshot

    path = place(tmp_path, ".mp4")
    desk.window.open(FileSpec("/data/a.aedat4"))
    desk.show(snapshot())
    desk.window.views.film.film(path)

    def told() -> bool:
        desk.show(snapshot())
        if desk.window.views.film.runs:
            desk.window.actions_by_name["film"].trigger()
        return desk.window.banner.sentence != ""

    qtbot.waitUntil(told, timeout=PATIENCE_MS)
    assert str(path) in desk.window.banner.sentence
    assert desk.window.banner.is_failure
    assert left_behind(tmp_path) == []


@places
def test_a_recording_that_cannot_be_written(tmp_path: Path, place) -> None:
    info = SourceInfo("camera", SIZE, True)
    path = place(tmp_path, ".aedat4")
    with pytest.raises(SourceError) as told:
        Recorder(path, info)
    assert str(path.parent) in str(told.value)
    assert path.name in str(told.value)
    assert "\n" not in str(told.value)
    assert left_behind(tmp_path) == []
