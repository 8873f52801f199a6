"""Recordings whose names are bytes that are no text, which Linux allows and Qt does not know."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QUrl

from app.settings_file import load
from app.sources.address import path_of_url
from app.sources.contract import FileSpec
from app.sources.formats.endings import ENDINGS, looks_like_recording
from app.ui.source_chooser import recordings_filter
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
