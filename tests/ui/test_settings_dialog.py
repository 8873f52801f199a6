"""Every setting is found in the dialog, changed, kept, and put back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel
from PySide6.QtCore import Qt

from app.settings import Settings
from app.settings_file import load
from app.ui.logic.setting_fields import (
    Kind,
    SettingError,
    SettingField,
    setting_fields,
    value_at,
    with_value,
)
from app.ui.logic.setting_words import when
from app.ui.setting_row import SettingRow
from app.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk

FIELDS = list(setting_fields())
NOT_TYPED = {("recent_files",), ("recognition", "opened"), ("kiosk", "pin")}
SAMPLES = {
    Kind.TEXT: "performer", Kind.PLACE: (1, 2, 30, 40), Kind.LIST: ("diff_on=500",),
}  # fmt: skip
OWN_SAMPLES = {
    ("kiosk", "restart_at"): "05:30",
    ("kiosk", "gestures"): ("arm_roll", "air_drums"),
    ("camera", "own"): ("00000499:diff_on=500",),
}


def other_value(field: SettingField) -> object:
    """A value that is not the default."""
    if field.path in OWN_SAMPLES:
        return OWN_SAMPLES[field.path]
    if field.kind is Kind.SWITCH:
        return not field.default
    if field.kind is Kind.CHOICE:
        return next(choice for choice in field.choices if choice != field.default)
    if field.kind in (Kind.WHOLE, Kind.NUMBER):
        return int(field.most) if field.kind is Kind.WHOLE else field.most
    return SAMPLES[field.kind]


@pytest.fixture
def dialog(desk: Desk) -> SettingsDialog:
    desk.window.actions_by_name["settings"].trigger()
    return desk.window.settings.dialog


def row_of(dialog: SettingsDialog, *path: str) -> SettingRow:
    return next(row for row in dialog.rows if row.field.path == path)


def leaves(model: type[BaseModel], above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The path of everything that can stand in the settings file."""
    found: set[tuple[str, ...]] = set()
    for name, value in model().model_dump().items():
        if isinstance(value, dict):
            found |= leaves(type(getattr(model(), name)), (*above, name))
        else:
            found.add((*above, name))
    return found


def test_every_setting_of_the_file_has_a_row(dialog: SettingsDialog) -> None:
    assert {row.field.path for row in dialog.rows} == leaves(Settings)


@pytest.mark.parametrize(
    "field", [each for each in FIELDS if each.path not in NOT_TYPED], ids=lambda f: ".".join(f.path)
)
def test_what_is_typed_is_shown_kept_and_put_back(
    field: SettingField, qtbot, tmp_path: Path
) -> None:
    settings = Settings()

    def change(path: tuple[str, ...], value: object) -> None:
        nonlocal settings
        settings = with_value(settings, path, value)
        row.show_settings(settings)

    row = SettingRow(field, change)
    qtbot.addWidget(row)
    row.show_settings(settings)
    assert value_at(settings, field.path) == field.default
    assert row.reset.isHidden()
    wanted = other_value(field)
    row.editor.show_value(wanted)
    entered(row)
    assert value_at(settings, field.path) == wanted
    assert not row.reset.isHidden()
    row.reset.click()
    assert settings == Settings()
    assert row.reset.isHidden()
    assert row.fault.isHidden()


def entered(row: SettingRow) -> None:
    """Let the row's control tell what it shows, as after typing."""
    editor = row.editor
    match type(editor).__name__:
        case "Switch":
            editor.toggled.emit(editor.isChecked())
        case "Choice":
            editor.activated.emit(editor.currentIndex())
        case "Number":
            editor.valueChanged.emit(editor.value())
        case "Text":
            editor._shown = None
            editor.editingFinished.emit()


def test_a_bad_value_gets_one_sentence_and_is_not_kept(dialog: SettingsDialog, desk: Desk) -> None:
    row = row_of(dialog, "kiosk", "restart_at")
    row.editor.setText("25:00")
    row.editor.editingFinished.emit()
    assert row.fault.text() == "Expected a time of day such as 04:00, got '25:00'."
    assert not row.fault.isHidden()
    assert desk.keeper.settings.kiosk.restart_at == "04:00"
    row.editor.setText("")
    row.editor.editingFinished.emit()
    assert row.fault.isHidden()
    assert desk.keeper.settings.kiosk.restart_at is None


def test_a_place_that_is_none_is_told(dialog: SettingsDialog) -> None:
    row = row_of(dialog, "stream", "region")
    row.editor.setText("1, 2, many")
    row.editor.editingFinished.emit()
    assert row.fault.text().startswith("Expected x, y, width and height in whole sensor pixels")


def test_a_change_is_saved_and_shows_at_once(dialog: SettingsDialog, desk: Desk) -> None:
    theme = row_of(dialog, "display", "theme")
    theme.editor.setCurrentIndex(theme.editor.findData("light"))
    entered(theme)
    row_of(dialog, "display", "rate_hz").editor.setValue(10)
    row_of(dialog, "playback", "loop").editor.setChecked(False)
    assert "#eceff3" in desk.window.styleSheet()
    assert desk.window._timer.interval() == 100
    assert not desk.window.actions_by_name["loop"].isChecked()
    saved = load().settings
    assert (saved.display.theme, saved.display.rate_hz, saved.playback.loop) == ("light", 10, False)


def test_what_does_not_show_at_once_says_when(dialog: SettingsDialog) -> None:
    assert row_of(dialog, "vote", "window_ms").words.text().endswith("After a restart.")
    assert "booth starts next" in row_of(dialog, "kiosk", "ask_s").words.text()
    assert when(("display", "theme")) == ""


def test_files_are_forgotten(dialog: SettingsDialog, desk: Desk, tmp_path: Path) -> None:
    desk.keeper.remember_file("/data/a.aedat4")
    desk.window.settings.open()
    row = row_of(dialog, "recent_files")
    assert row.editor.count.text() == "1 file"
    row.editor.show_value(("/data/a.aedat4", "/data/b.aedat4"))
    assert row.editor.count.text() == "2 files"
    row.editor.clear.click()
    assert desk.keeper.settings.recent_files == ()
    assert not desk.window.menu.recent.isEnabled()
    assert not row.editor.clear.isEnabled()


def test_tab_leads_from_the_search_to_what_was_found(dialog: SettingsDialog, qtbot) -> None:
    theme = row_of(dialog, "display", "theme").editor
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, "theme")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert theme.hasFocus()
    assert dialog.search.text() == "theme"
    dialog.search.clear()
    dialog.search.setFocus()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert dialog.groups.hasFocus()


def test_words_that_are_too_long_are_seen_from_their_beginning(dialog: SettingsDialog) -> None:
    editor = row_of(dialog, "kiosk", "gestures").editor
    assert editor.cursorPosition() == 0
    assert editor.text().startswith(Settings().kiosk.gestures[0])


def test_the_pin_is_neither_shown_nor_changed(dialog: SettingsDialog) -> None:
    row = row_of(dialog, "kiosk", "pin")
    assert row.editor.text() == "not set"
    assert "kiosk --set-pin" in row.words.text()
    row.show_settings(with_value(Settings(), ("kiosk", "pin"), "scrypt$secret"))
    assert row.editor.text() == "set"
    assert row.reset.isHidden()


def test_the_search_leaves_what_was_meant(dialog: SettingsDialog, qtbot) -> None:
    qtbot.keyClicks(dialog.search, "screen saver")
    assert [row.field.path[-1] for row in dialog.rows if not row.isHidden()] == [
        "inhibit_screensaver"
    ]
    assert [title.text() for title in dialog._titles if not title.isHidden()] == ["Booth"]
    dialog.search.setText("quaggle")
    assert not dialog.nothing.isHidden()
    dialog.search.clear()
    assert dialog.nothing.isHidden()
    assert not any(row.isHidden() for row in dialog.rows)


def test_the_dialog_survives_the_change_of_language(dialog: SettingsDialog, desk: Desk, qtbot):
    language = row_of(dialog, "display", "language")
    language.editor.setCurrentIndex(language.editor.findData("ko"))
    entered(language)
    qtbot.waitUntil(lambda: desk.window.settings.dialog not in (None, dialog))
    assert desk.window.settings.is_open
    assert desk.window.settings.dialog.windowTitle() != "Settings"
    desk.window.settings.change(("display", "language"), "en")
    qtbot.waitUntil(lambda: desk.window.settings.dialog.windowTitle() == "Settings")


def test_a_group_is_gone_to_by_its_name(dialog: SettingsDialog, qtbot) -> None:
    dialog.groups.setFocus()
    before = dialog._area.verticalScrollBar().value()
    qtbot.keyClick(dialog.groups, Qt.Key.Key_End)
    assert dialog._area.verticalScrollBar().value() > before


def test_an_unknown_path_or_value_is_refused() -> None:
    with pytest.raises(SettingError, match="expected greater than or equal to 1, got 0"):
        with_value(Settings(), ("vote", "window_ms"), 0)
    assert json.loads(Settings().model_dump_json())["vote"]["window_ms"] == 80
