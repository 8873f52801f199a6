"""Several processes change one file, and none undoes what another did."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from app import file_lock, settings_file
from app.file_lock import locked
from app.settings import Settings
from app.settings_file import load
from app.ui.logic.settings_keeper import SettingsKeeper

WRITERS, CHANGES = 2, 15


def test_two_writers_do_not_lose_each_others_keys(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    one, other = SettingsKeeper(Settings(), path), SettingsKeeper(Settings(), path)
    one.change_display(theme="light")
    other.change_display(fading_ms=100)  # another key of the same group
    other.change_playback(loop=False)
    one.remember_file("/a")
    other.remember_file("/b")
    found = load(path).settings
    assert (found.display.theme, found.display.fading_ms) == ("light", 100)
    assert found.playback.loop is False
    assert found.recent_files == ("/b", "/a")


def test_two_processes_that_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_count, args=(path,)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert load(path).settings.kiosk.memory_mb == 1500 + WRITERS * CHANGES
    assert list(tmp_path.iterdir()) == [path]


def _count(path: Path) -> None:
    def one_more(now: Settings) -> Settings:
        kiosk = now.kiosk.model_copy(update={"memory_mb": now.kiosk.memory_mb + 1})
        return now.model_copy(update={"kiosk": kiosk})

    for _ in range(CHANGES):
        settings_file.update(one_more, Settings(), path)


def test_who_waits_for_a_process_that_is_stopped_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_lock, "_WAIT_S", 0.05)
    path = tmp_path / "settings.json"
    with locked(path) as is_mine, locked(path) as is_mine_too:
        assert is_mine
        assert not is_mine_too
    with locked(path) as is_mine:
        assert is_mine
