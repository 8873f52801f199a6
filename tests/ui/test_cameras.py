"""Cameras in the window: found by themselves, chosen, set, explained where they are closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.settings import CameraSettings, Settings
from app.sources.contract import CameraSpec, SourceError, SourceSpec
from app.sources.devices.found import Adjustment, FoundCamera
from app.sources.devices.usb import UDEV_RULE_FILE, UDEV_RULES, UsbCamera
from app.ui.cameras.dialog import CameraDialog
from app.ui.logic.lookout import Lookout
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, snapshot

NODES = Path("/dev/bus/usb/001")
CONTRAST = (
    Adjustment("ContrastThresholdOn", highest=17),
    Adjustment("ContrastThresholdOff", highest=17),
    Adjustment("ReadoutFPS", words=("CONSTANT_100", "CONSTANT_500")),
)
DVX = FoundCamera("DVXPLORER", "DXA00093", 1, 4, CONTRAST)
DVS = FoundCamera("DVS128", "00000279", 1, 5, (Adjustment("DIFF"), Adjustment("On", (2,))))
ON_USB = {DVX: UsbCamera("152a:8419", NODES / "004"), DVS: UsbCamera("152a:8400", NODES / "005")}
CLOSED = UsbCamera("152a:8419", NODES / "006", "DXM7", "DVXplorer", is_blocked=True)


@dataclass
class Usb:
    """What is plugged in, for a lookout."""

    found: list[FoundCamera] = field(default_factory=list)
    closed: list[UsbCamera] = field(default_factory=list)
    searches: int = 0
    failure: str | None = None
    answers: bool = True

    def present(self) -> list[UsbCamera]:
        return [*(ON_USB[camera] for camera in self.found), *self.closed]

    def search(self) -> Usb:
        self.searches += 1
        return self

    def poll(self) -> list[FoundCamera] | None:
        if self.failure:
            raise SourceError(self.failure)
        return list(self.found) if self.answers else None

    def close(self) -> None:
        pass


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> Usb:
    made = Usb()
    monkeypatch.setattr("app.ui.cameras.view.Lookout", lambda: Lookout(made.present, made.search))
    monkeypatch.setattr("app.ui.cameras.view.LOOK_MS", 20)
    return made


@pytest.fixture
def cameras(usb: Usb, desk: Desk) -> Desk:
    """A window that looks for what ``usb`` has."""
    return desk


def ask(desk: Desk, name: str = "camera") -> CameraDialog | None:
    desk.window.actions_by_name[name].trigger()
    return desk.window.live_cameras.dialog


def asked(desk: Desk) -> list[SourceSpec]:
    return desk.pipeline.opened if desk.pipelines else []


def states(dialog: CameraDialog) -> list[list[str]]:
    items = (dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount()))
    return [[item.text(column) for column in range(3)] for item in items]


def test_a_search_begins_only_when_what_is_plugged_in_changes() -> None:
    usb = Usb()
    lookout = Lookout(usb.present, usb.search)
    assert lookout.look()  # it has settled
    assert not lookout.look()
    assert usb.searches == 0
    usb.found = [DVX]
    assert lookout.look()
    assert [camera.serial for camera in lookout.cameras] == ["DXA00093"]
    assert not lookout.look()
    assert usb.searches == 1
    lookout.refresh()
    lookout.look()
    assert usb.searches == 2
    usb.found = []
    assert lookout.look()
    assert lookout.cameras == ()
    assert usb.searches == 2


def test_while_a_search_goes_on_what_is_gone_is_gone_and_what_is_closed_is_told() -> None:
    usb = Usb(found=[DVX, DVS])
    lookout = Lookout(usb.present, usb.search)
    lookout.look()
    usb.answers, usb.found, usb.closed = False, [DVS], [CLOSED]
    assert lookout.look()
    assert not lookout.is_settled
    assert [camera.serial for camera in lookout.cameras] == ["00000279", "DXM7"]


def test_where_nobody_lists_devices_the_driver_is_asked_once() -> None:
    usb = Usb(found=[DVX])
    lookout = Lookout(lambda: None, usb.search)
    lookout.look()
    lookout.look()
    assert (usb.searches, len(lookout.cameras), lookout.sees_plugs) == (1, 1, False)


def test_a_failed_search_still_lists_what_is_closed() -> None:
    usb = Usb(closed=[CLOSED], failure="USB has not answered within 8 s")
    lookout = Lookout(usb.present, usb.search)
    lookout.look()
    assert lookout.trouble == "USB has not answered within 8 s"
    assert [camera.model for camera in lookout.cameras] == ["DVXplorer"]
    assert lookout.only_free is None


def test_the_only_camera_is_opened_without_a_question(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX]
    assert ask(cameras) is None
    assert asked(cameras) == [CameraSpec("DXA00093")]


def test_while_it_is_looked_for_a_dialog_says_so_and_then_goes(
    usb: Usb, cameras: Desk, qtbot
) -> None:
    usb.found, usb.answers = [DVX], False
    dialog = ask(cameras)
    assert dialog is not None
    assert dialog.verdict.text() == "Looking for cameras …"
    usb.answers = True
    qtbot.waitUntil(lambda: asked(cameras) == [CameraSpec("DXA00093")], timeout=2000)
    assert cameras.window.live_cameras.dialog is None


def test_without_a_camera_the_dialog_waits_for_one(usb: Usb, cameras: Desk, qtbot) -> None:
    dialog = ask(cameras)
    assert dialog is not None
    assert dialog.verdict.text().startswith("No event camera is connected.")
    assert not dialog.open_button.isEnabled()
    usb.found = [DVX]
    qtbot.waitUntil(dialog.open_button.isEnabled, timeout=2000)
    assert states(dialog) == [["DVXplorer", "DXA00093", "ready"]]
    assert asked(cameras) == []  # only the first look is in a hurry
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked(cameras) == [CameraSpec("DXA00093")]


def test_one_of_several_is_chosen(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX, DVS]
    dialog = ask(cameras)
    assert dialog is not None
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    assert list(dialog.form.fields) == ["DIFF", "On"]
    dialog.open_button.click()
    assert asked(cameras) == [CameraSpec("00000279")]


def type_in(dialog: CameraDialog, name: str, value: str) -> None:
    entry = dialog.form.fields[name]
    assert isinstance(entry, QLineEdit)
    entry.setText(value)


def test_what_is_set_is_remembered_for_this_camera(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX]
    dialog = ask(cameras, "camera_settings")
    assert dialog is not None
    assert dialog.form.preset.currentText() == "As the camera comes"
    type_in(dialog, "ContrastThresholdOn", "12")
    assert dialog.form.preset.currentText() == "Values of your own"
    speed = dialog.form.fields["ReadoutFPS"]
    assert isinstance(speed, QComboBox)
    speed.setCurrentIndex(2)
    dialog.open_button.click()
    own = ("DXA00093:ContrastThresholdOn=12", "DXA00093:ReadoutFPS=CONSTANT_500")
    assert cameras.keeper.settings.camera.own == own
    again = ask(cameras, "camera_settings")
    assert again is not None
    assert again.form.given == ("ContrastThresholdOn=12", "ReadoutFPS=CONSTANT_500")


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("18", "Expected 0 to 17, for the bias ContrastThresholdOn, got 18."),
        ("a", "Expected a whole number, for the bias ContrastThresholdOn, got 'a'."),
        ("9999999999", "Expected 0 to 17, for the bias ContrastThresholdOn, got 9999999999."),
    ],
)
def test_a_value_that_does_not_fit_is_said_at_once(
    usb: Usb, cameras: Desk, value: str, complaint: str
) -> None:
    usb.found = [DVX]
    dialog = ask(cameras, "camera_settings")
    assert dialog is not None
    type_in(dialog, "ContrastThresholdOn", value)
    assert dialog.verdict.text() == complaint
    assert not dialog.open_button.isEnabled()
    type_in(dialog, "ContrastThresholdOn", "7")
    assert dialog.open_button.isEnabled()
    assert dialog.verdict.isHidden()


def test_a_preset_fills_in_and_the_way_back_empties(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX]
    dialog = ask(cameras, "camera_settings")
    assert dialog is not None
    preset = dialog.form.preset
    names = [preset.itemText(row) for row in range(preset.count())]
    assert names == [
        "As the camera comes", "Dim light, weak contrast", "Less noise", "Values of your own"
    ]  # fmt: skip
    preset.setCurrentIndex(2)
    preset.activated.emit(2)
    assert dialog.form.given == ("ContrastThresholdOn=13", "ContrastThresholdOff=13")
    assert preset.currentText() == "Less noise"
    preset.activated.emit(0)
    assert dialog.form.given == ()


@pytest.mark.parametrize(
    "desk", [Settings(camera=CameraSettings(own=("DXA00093:gone=1", "x:DIFF=2")))], indirect=True
)
def test_what_the_camera_does_not_have_any_more_is_dropped(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX]
    ask(cameras)
    assert cameras.keeper.settings.camera.own == ("x:DIFF=2",)


def test_the_camera_that_plays_is_set_by_opening_it_again(usb: Usb, cameras: Desk) -> None:
    usb.found = [DVX, DVS]
    cameras.window.open(CameraSpec("DXA00093"))
    cameras.show(snapshot(info=CAMERA))
    dialog = ask(cameras)  # not in a hurry: it plays already
    assert dialog is not None
    assert states(dialog)[0] == ["DVXplorer", "DXA00093", "playing here"]
    assert dialog.open_button.text() == "Apply"
    type_in(dialog, "ContrastThresholdOff", "3")
    dialog.open_button.click()
    assert ("replace_source", "at once") in cameras.pipeline.calls


def test_another_camera_opens_while_the_first_plays_on(usb: Usb, cameras: Desk) -> None:
    cameras.window.open(CameraSpec("DXA00093"))
    cameras.show(snapshot(info=CAMERA))
    cameras.window.open(CameraSpec("00000279"))
    assert ("replace_source",) in cameras.pipeline.calls


def test_what_stands_in_the_way_is_explained_and_copied(usb: Usb, cameras: Desk) -> None:
    usb.closed = [CLOSED]
    dialog = ask(cameras)
    assert dialog is not None
    assert states(dialog) == [["DVXplorer", "DXM7", "no permission"]]
    assert not dialog.open_button.isEnabled()
    assert not dialog.permission.isHidden()
    assert dialog.permission.rule.toPlainText() == UDEV_RULES.rstrip()
    dialog.permission.copy_rule.click()
    assert QApplication.clipboard().text() == UDEV_RULES
    dialog.permission.copy_command.click()
    command = QApplication.clipboard().text()
    assert UDEV_RULE_FILE in command
    assert UDEV_RULES in command


def test_a_rule_is_shown_only_to_whom_it_helps(usb: Usb, cameras: Desk) -> None:
    usb.found, usb.closed = [DVX], [CLOSED]
    dialog = ask(cameras)
    assert dialog is not None
    assert dialog.chosen is not None
    assert dialog.chosen.serial == DVX.serial
    assert dialog.permission.isHidden()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    assert not dialog.permission.isHidden()


def test_a_camera_that_is_plugged_in_shows_on_the_start_page(
    usb: Usb, cameras: Desk, qtbot
) -> None:
    notice = cameras.window.welcome.cameras
    assert notice.isHidden()
    usb.found = [DVX]
    qtbot.waitUntil(notice.isVisible, timeout=2000)
    assert notice.words.text() == "Connected: DVXplorer DXA00093"
    usb.found = []
    qtbot.waitUntil(notice.isHidden, timeout=2000)
    usb.found = [DVX]
    qtbot.waitUntil(notice.isVisible, timeout=2000)
    notice.button.click()
    assert asked(cameras) == [CameraSpec("DXA00093")]


@pytest.mark.parametrize(
    ("plug", "words"),
    [
        (lambda usb: usb.found.extend([DVX, DVS]), "Choose …"),
        (lambda usb: usb.closed.append(CLOSED), "No permission: what to do …"),
    ],
)
def test_where_one_step_is_not_enough_the_start_page_leads_to_the_dialog(
    usb: Usb, cameras: Desk, qtbot, plug: Callable[[Usb], None], words: str
) -> None:
    plug(usb)
    notice = cameras.window.welcome.cameras
    qtbot.waitUntil(notice.isVisible, timeout=2000)
    assert notice.button.text() == words
    notice.button.click()
    assert cameras.window.live_cameras.dialog is not None


def test_while_something_plays_nobody_looks_for_cameras(usb: Usb, cameras: Desk, qtbot) -> None:
    cameras.window.open(CameraSpec("DXA00093"))
    usb.found = [DVX]
    qtbot.wait(100)
    assert usb.searches == 0
