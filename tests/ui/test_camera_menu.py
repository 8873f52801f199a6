"""The choice among several cameras in one recording."""

from __future__ import annotations

from dataclasses import replace

from app.sources.contract import FileSpec
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, RECORDING, snapshot

TWO = replace(RECORDING, streams=("0: DVS128 & left", "1: right"), stream="0: DVS128 & left")


def test_it_is_there_only_where_there_are_several(desk: Desk) -> None:
    menu = desk.window.menu.cameras
    assert not menu.menuAction().isVisible()
    desk.window.open(FileSpec("/data/two.aedat4"))
    desk.show(snapshot(info=RECORDING))
    assert not menu.menuAction().isVisible()
    desk.show(snapshot(info=TWO))
    assert menu.menuAction().isVisible()
    assert [action.text() for action in menu.actions()] == ["0: DVS128 && left", "1: right"]
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    desk.show(snapshot(info=replace(RECORDING, streams=("1: only",), stream="1: only")))
    assert not menu.menuAction().isVisible()
    desk.show(snapshot(info=CAMERA))
    assert menu.actions() == []


def test_another_camera_is_opened(desk: Desk) -> None:
    desk.window.open(FileSpec("/data/two.aedat4", sensor="DVS128"))
    desk.show(snapshot(info=TWO))
    desk.window.menu.cameras.actions()[1].trigger()
    expected = FileSpec("/data/two.aedat4", stream="1: right", sensor="DVS128")
    assert desk.pipeline.opened[-1] == expected
    assert desk.keeper.settings.recent_files == ("/data/two.aedat4",)
