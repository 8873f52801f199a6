from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import KioskSettings, PlaybackSettings, Settings
from app.settings_file import load, save
from app.ui.logic.settings_keeper import MOST_RECENT_FILES, SettingsKeeper


def test_changes_are_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    keeper = SettingsKeeper(Settings(), path)
    keeper.change_display(theme="light")
    keeper.change_playback(speed=None)
    assert load(path).settings.display.theme == "light"
    assert load(path).settings.playback.speed is None
    assert load(path).settings == keeper.settings


def test_what_another_program_has_written_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(Settings(), path)
    save(Settings(kiosk=KioskSettings(pin="a hash")), path)
    keeper.change_display(theme="light")
    assert load(path).settings.kiosk.pin == "a hash"
    assert load(path).settings.display.theme == "light"


def test_a_file_that_was_broken_meanwhile_does_not_undo_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(Settings(playback=PlaybackSettings(loop=False)), path)
    path.write_text("{")
    keeper.change_display(theme="light")
    assert load(path).settings == keeper.settings
    assert not load(path).settings.playback.loop


def test_nothing_is_written_without_a_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsKeeper(Settings(), path).change_display(theme="dark")
    assert not path.exists()


def test_values_out_of_range_are_refused(tmp_path: Path) -> None:
    keeper = SettingsKeeper(Settings(), tmp_path / "settings.json")
    with pytest.raises(ValidationError):
        keeper.change_display(fading_ms=0)
    assert keeper.settings == Settings()


def test_recent_files_newest_first_without_doubles(tmp_path: Path) -> None:
    keeper = SettingsKeeper(Settings(), tmp_path / "settings.json")
    paths = [str(tmp_path / f"{n}.aedat4") for n in range(MOST_RECENT_FILES + 2)]
    for path in [*paths, paths[-2]]:
        keeper.remember_file(path)
    recent = keeper.settings.recent_files
    assert len(recent) == MOST_RECENT_FILES
    assert recent[:3] == (paths[-2], paths[-1], paths[-3])
    keeper.forget_files()
    assert keeper.settings.recent_files == ()


def test_a_folder_that_cannot_be_written_is_told_and_the_change_holds(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    told: list[str] = []
    keeper = SettingsKeeper(Settings(), in_the_way / "settings.json", told.append)
    keeper.change_display(theme="light")
    assert keeper.settings.display.theme == "light"
    assert len(told) == 1
    assert told[0].startswith("cannot write the settings file")
