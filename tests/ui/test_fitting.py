"""Dialogs have room for their words in the large letters of a large window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QTreeView, QTreeWidgetItem

from app.ui.calibrate_dialog import CalibrateDialog
from app.ui.cameras.dialog import LIST_ROWS, CameraDialog
from app.ui.fitting import scale_of
from app.ui.teach_dialog import TeachDialog
from app.ui.theme import LIGHT
from tests.ui.conftest import Desk

LONG = "Right arm counter-clockwise: told in 100 % of the ticks kept back, 100 % before.\n" * 5


@pytest.fixture
def large(desk: Desk, qtbot) -> Desk:
    desk.window.resize(1900, 1060)
    qtbot.waitUntil(lambda: scale_of(desk.window.menu) > 1.2, timeout=5_000)
    return desk


def test_names_of_groups_of_settings_are_seen_whole(large: Desk) -> None:
    large.window.actions_by_name["settings"].trigger()
    groups = large.window.settings.dialog.groups
    assert groups.horizontalScrollBar().maximum() == 0


def test_settings_stand_below_each_other(large: Desk, qtbot) -> None:
    large.window.actions_by_name["settings"].trigger()
    rows = large.window.settings.dialog.rows
    qtbot.waitUntil(lambda: len({row.editor.x() for row in rows}) == 1, timeout=5_000)
    assert min(row.caption.width() - row.caption.sizeHint().width() for row in rows) >= 0


def test_cameras_and_the_rule_for_them_are_seen_whole(large: Desk) -> None:
    dialog = CameraDialog(lambda serial: (), None, large.window)
    for number in range(LIST_ROWS):
        dialog.list.addTopLevelItem(QTreeWidgetItem(["DVXplorer", f"DXA0000{number}", "ready"]))
    dialog.permission.show()
    dialog.show()
    assert dialog.list.verticalScrollBar().maximum() == 0
    rule = dialog.permission.rule
    assert rule.viewport().height() >= 2 * rule.fontMetrics().lineSpacing()


@pytest.mark.parametrize("make", [TeachDialog, CalibrateDialog])
def test_what_is_learnt_is_never_cut_off(large: Desk, qtbot, make) -> None:
    dialog = make(large.window)
    if isinstance(dialog, CalibrateDialog):
        dialog.set_look(LIGHT)
    dialog.say("Ready.")
    dialog.show()
    assert dialog.height() < 1.3 * dialog.layout().totalMinimumHeightForWidth(dialog.width())
    dialog.say(LONG.strip())
    words = dialog.said if isinstance(dialog, CalibrateDialog) else dialog.verdict
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()), timeout=5_000)


def test_sizes_and_dates_of_files_are_seen_whole(desk: Desk, qtbot, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a_model.safetensors").write_bytes(bytes(190_000))
    dialog = QFileDialog(desk.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path / "models"))
    qtbot.addWidget(dialog)
    dialog.show()
    files = dialog.findChild(QTreeView, "treeView")
    assert isinstance(files, QTreeView)
    qtbot.waitUntil(lambda: files.model().rowCount(files.rootIndex()) == 1, timeout=5_000)
    for column in range(1, 4):
        needed = files.sizeHintForColumn(column)
        qtbot.waitUntil(lambda c=column, n=needed: files.columnWidth(c) >= n, timeout=5_000)
    assert files.horizontalScrollBar().maximum() == 0
