from __future__ import annotations

import platform

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app import __version__
from app.sources.contract import FileSpec, NetworkSpec, PerformerSpec
from app.ui.about import AboutDialog
from app.ui.actions import ACTIONS, Actions
from app.ui.connect_dialog import READY, ConnectDialog
from app.ui.logic.citations import CITATIONS, as_bibtex
from app.ui.logic.versions import versions
from app.ui.main_menu import MainMenu
from app.ui.shortcuts_dialog import ROW_SPACINGS, ShortcutsDialog, shortcut_rows, tighten
from app.ui.theme import DARK
from app.ui.welcome import Welcome
from models.data.gestures import CLASSES


def test_a_bad_address_gets_a_sentence_and_no_connection(qtbot) -> None:
    dialog = ConnectDialog("localhost:7777")
    qtbot.addWidget(dialog)
    assert not dialog.connect_button.isEnabled()
    assert dialog.verdict.text().startswith("Expected an IP address such as")
    dialog.field.setText("127.0.0.1:7777")
    assert dialog.verdict.text() == READY
    assert dialog.connect_button.isEnabled()
    assert dialog.spec == NetworkSpec("127.0.0.1", 7777)


def test_about_names_the_versions(qtbot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    words = dialog.tabs.widget(0).toPlainText()
    assert f"Spikehand  {__version__}" in words
    assert "PySide6" in words
    assert dict(versions())["Python"] == platform.python_version()


def test_citations_are_copied_as_bibtex(qtbot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.tabs.widget(0).toPlainText()
    dialog.tabs.setCurrentIndex(1)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == as_bibtex()
    assert copied.count("\n@") + 1 == len(CITATIONS) == len({each.key for each in CITATIONS})
    assert copied.count("{") == copied.count("}")
    shown = dialog.tabs.widget(1).toPlainText()
    assert all(each.title in shown and each.authors.split(",")[0] in shown for each in CITATIONS)


def test_every_shortcut_is_listed(qtbot) -> None:
    rows = dict(shortcut_rows())
    assert rows["Open recording"] == "Ctrl+O"
    assert rows["Play or pause"] == "Space"
    assert len(rows) == sum(bool(spec.keys) for spec in ACTIONS)
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert set(rows) <= words


@pytest.mark.parametrize("spacing", ROW_SPACINGS)
def test_rows_move_together_where_the_screen_is_low(qtbot, spacing: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    grid = QGridLayout(page)
    for row in range(10):
        grid.addWidget(QLabel("Ctrl+,"), row, 0)
    grid.setVerticalSpacing(spacing)
    tighten(page, page.sizeHint().height())
    assert grid.verticalSpacing() == spacing


def test_no_two_commands_share_a_key() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


def menu_with(qtbot, bundled: list[FileSpec]) -> MainMenu:
    window = QWidget()
    qtbot.addWidget(window)
    menu = MainMenu(Actions(window), bundled, window)
    menu.keep = window
    return menu


def named(menu: QWidget, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "") == text)


def test_recent_files_are_listed_by_name_and_opened_by_path(qtbot) -> None:
    menu = menu_with(qtbot, [])
    menu.show_recent(("/data/b & c.aedat4", "/data/a.aedat"))
    texts = [action.text() for action in menu.recent.actions()]
    assert texts[:2] == ["&1  b && c.aedat4", "&2  a.aedat"]
    with qtbot.waitSignal(menu.file_chosen) as chosen:
        menu.recent.actions()[0].trigger()
    assert chosen.args == ["/data/b & c.aedat4"]
    with qtbot.waitSignal(menu.recent_cleared):
        named(menu.recent, "Clear the list").trigger()
    menu.show_recent(())
    assert not menu.recent.isEnabled()


def test_every_menu_is_inside_of_another_and_so_in_its_style(qtbot) -> None:
    menu = menu_with(qtbot, [])
    waiting, seen = [menu], []
    while waiting:
        inside = [action.menu() for action in waiting.pop().actions() if action.menu()]
        waiting += inside
        seen += inside
    assert menu.picture in seen
    assert [each.title() for each in seen if each.parentWidget() is None] == []


def test_demonstrations_are_listed_by_gesture(qtbot) -> None:
    menu = menu_with(qtbot, [FileSpec("/x/arm_roll_1.aedat4")])
    with qtbot.waitSignal(menu.file_chosen) as chosen:
        named(menu.demonstrations, "Arm roll").trigger()
    assert chosen.args == ["/x/arm_roll_1.aedat4"]
    assert not menu_with(qtbot, []).demonstrations.isEnabled()


def test_the_performer_plays_all_or_one(qtbot) -> None:
    menu = menu_with(qtbot, [])
    heard: list[str | None] = []
    menu.performer_chosen.connect(heard.append)
    for action in menu.performer.actions():
        action.trigger()
    assert heard == [None, *CLASSES]
    assert PerformerSpec(heard[1]).gesture == "hand_clapping"


def test_welcome_offers_demonstrations_only_if_there_are_any(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    some = menu_with(qtbot, [FileSpec("/x/arm_roll_1.aedat4")]).demonstrations
    with_demo = Welcome(actions, some, window)
    without = Welcome(actions, menu_with(qtbot, []).demonstrations, window)
    for page in (with_demo, without):
        page.set_look(DARK)
    assert with_demo.buttons["demonstration"].menu() is some
    assert not with_demo.buttons["demonstration"].isHidden()
    assert without.buttons["demonstration"].isHidden()
    with qtbot.waitSignal(without.performer_requested):
        without.buttons["performer"].click()
    with qtbot.waitSignal(actions["open"].triggered):
        without.buttons["open"].click()
