"""Recordings whose names are bytes that are no text, which Linux allows and Qt does not know."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog

from app.settings_file import load
from app.sources.address import path_of_url
from app.sources.contract import FileSpec
from app.sources.formats.endings import ENDINGS, looks_like_recording
from app.ui.logic.odd_names import left_out
from app.ui.source_chooser import recordings_filter
from app.ui.window_store import WindowStore
from tests.ui.conftest import Desk
from tests.ui.test_main_window import drop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names are text there")

ODD = "/data/손짓\udcff \udce9.aedat4"


def test_an_odd_name_is_remembered_and_opens_again(desk: Desk) -> None:
    desk.window.open(FileSpec(ODD))
    assert load().settings.recent_files == (ODD,)
    entry = desk.window.menu.recent.actions()[0]
    assert entry.text() == "&1  손짓\ufffd \ufffd.aedat4"
    entry.trigger()
    assert desk.pipeline.opened == [FileSpec(ODD)] * 2


def test_an_odd_name_is_dropped(desk: Desk) -> None:
    encoded = "file:///data/%EC%86%90%EC%A7%93%FF%20%E9.aedat4"
    assert path_of_url(encoded) == ODD
    assert drop(desk.window, QUrl.fromEncoded(encoded.encode()))
    assert desk.pipeline.opened == [FileSpec(ODD)]


def test_the_dialog_shows_all_that_can_be_read() -> None:
    assert all(f"*{ending}" in recordings_filter().split(";;")[0] for ending in ENDINGS)
    assert looks_like_recording("A.RAW")
    assert not looks_like_recording("labels.csv")


def test_what_the_dialog_leaves_out_is_told_when_it_is_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    WindowStore().folder = str(tmp_path)
    (tmp_path / "손짓.aedat4").touch()
    desk.window.actions_by_name["open"].trigger()
    assert desk.window.banner.isHidden()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff.aedat4")).touch()
    desk.window.actions_by_name["open"].trigger()
    assert not desk.window.banner.isHidden()
    assert left_out(str(tmp_path)) == (
        f"the dialog cannot show a recording in {tmp_path} whose name is no UTF-8: "
        "drop it on the window, or rename it"
    )


def test_only_recordings_are_missed(tmp_path: Path) -> None:
    for name in (b"a\xff.raw", b"b\xfe.aedat", b"c\xff.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    assert "2 recordings" in (left_out(str(tmp_path)) or "")
    assert left_out(str(tmp_path / "missing")) is None
