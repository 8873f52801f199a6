"""Settings: round trip, later defaults, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import PlaybackSettings, Settings, SettingsError, VoteSettings, load, save


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(
        vote=VoteSettings(min_count=3),
        playback=PlaybackSettings(speed=None, loop=False),
        recent_files=("a b.aedat4",),
    )
    save(settings, path)
    assert load(path) == settings


def test_only_changes_are_written_so_later_defaults_count(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(Settings(), path)
    assert path.read_text() == "{}"
    save(Settings(vote=VoteSettings(min_count=3)), path)
    assert "min_share" not in path.read_text()


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not JSON"),
        ("[]", "wrong value"),
        ('{"vote": {"min_share": 2}}', "vote.min_share"),
        ('{"unknown": 1}', "unknown"),
    ],
)
def test_a_wrong_file_gets_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=sentence):
        load(path)


def test_an_unwritable_place_gets_a_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SettingsError, match="cannot write"):
        save(Settings(), blocked / "settings.json")
