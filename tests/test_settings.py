"""Settings: round trip, later defaults, and files that hold what cannot be used."""

from __future__ import annotations

import contextlib
import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import (
    KioskSettings,
    PlaybackSettings,
    Settings,
    StreamSettings,
    VoteSettings,
    Wish,
)
from app.settings_file import MOST_NOTES, Loaded, SettingsError, load, save
from models.data.gestures import CLASSES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def loaded(path: Path, text: str | bytes) -> Loaded:
    """What a file with this content gives."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def test_what_is_saved_is_read_back(path: Path) -> None:
    settings = Settings(
        vote=VoteSettings(min_count=3),
        stream=StreamSettings(region=(0, 8, 64, 64)),
        playback=PlaybackSettings(speed=None, loop=False),
        recent_files=("a b.aedat4", "손짓.aedat4", "not\udcffUTF-8.aedat4"),
    )
    save(settings, path)
    assert load(path) == Loaded(settings)


def test_only_changes_are_written_so_later_defaults_count(path: Path) -> None:
    save(Settings(), path)
    assert path.read_text() == "{}"
    save(Settings(vote=VoteSettings(min_count=3)), path)
    assert "min_share" not in path.read_text()


def test_a_missing_file_gives_the_defaults_without_a_word(path: Path) -> None:
    assert load(path) == Loaded(Settings())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ('{"vote": {"min_', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("9" * 5000, "is not JSON"),
        (b'{"recent_files": ["\xff"]}', "is not UTF-8"),
        ("[]", "holds no JSON object"),
    ],
)
def test_a_file_without_settings_gives_the_defaults_and_one_note(
    path: Path, text: str | bytes, sentence: str
) -> None:
    found = loaded(path, text)
    assert found.settings == Settings()
    (note,) = found.notes
    assert sentence in note
    assert str(path) in note


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"vote": {"min_share": 2}}', "vote.min_share"),
        ('{"vote": {"min_share": NaN}}', "vote.min_share"),
        ('{"vote": {"min_count": Infinity}}', "vote.min_count"),
        ('{"vote": 5}', "expected a JSON object, got 5"),
        ('{"vote": null}', "expected a JSON object"),
        ('{"stream": {"region": [0, 0, 0, 9]}}', "width and height"),
        ('{"stream": {"region": [0, 0, 9]}}', "width and height"),
        ('{"stream": {"region": [-1, 0, 9, 9]}}', "width and height"),
        ('{"kiosk": {"restart_at": "24:00"}}', "a time of day such as 04:00"),
        ('{"kiosk": {"language": "de"}}', "kiosk.language"),
        ('{"kiosk": {"gestures": []}}', "kiosk.gestures"),
        ('{"unknown": 1}', "unknown"),
        ('{"vote": {"unknown": 1}}', "vote.unknown"),
    ],
)
def test_a_wrong_value_gives_way_to_its_default(path: Path, text: str, sentence: str) -> None:
    kept = json.loads(text)
    kept["playback"] = {"loop": False}
    found = loaded(path, json.dumps(kept))
    assert found.settings == Settings(playback=PlaybackSettings(loop=False))
    (note,) = found.notes
    assert sentence in note
    assert str(path) in note


def test_wrong_elements_are_left_out_one_by_one(path: Path) -> None:
    text = '{"kiosk": {"gestures": ["wave", "arm_roll", 3, "other_gestures", "air_drums"]}}'
    found = loaded(path, text)
    assert found.settings.kiosk.gestures == ("arm_roll", "air_drums")
    assert [note.split()[0] for note in found.notes] == [
        f"kiosk.gestures.{place}" for place in (0, 2, 3)
    ]


def test_a_list_of_nothing_but_wrong_elements_is_the_default_again(path: Path) -> None:
    found = loaded(path, '{"kiosk": {"gestures": ["wave"], "mirror": false}}')
    assert found.settings.kiosk == KioskSettings(mirror=False)
    assert any("'wave'" in note for note in found.notes)


def test_a_spoilt_pin_closes_rather_than_opens(path: Path) -> None:
    assert loaded(path, '{"kiosk": {"pin": 1234}}').settings.kiosk.pin is not None
    assert loaded(path, '{"kiosk": {"pin": "1234"}}').settings.kiosk.pin == "1234"
    assert loaded(path, '{"kiosk": {"pin": null}}').settings.kiosk.pin is None


def test_wishes_are_the_gestures_of_the_data_set() -> None:
    assert get_args(Wish) == CLASSES[:-1]


def test_a_mark_of_windows_editors_does_no_harm(path: Path) -> None:
    found = loaded(path, b'\xef\xbb\xbf{"playback": {"loop": false}}')
    assert found == Loaded(Settings(playback=PlaybackSettings(loop=False)))


def test_a_thousand_faults_are_a_few_notes(path: Path) -> None:
    notes = loaded(path, json.dumps({f"key{n}": n for n in range(1000)})).notes
    assert len(notes) == MOST_NOTES + 1
    assert f"{1000 - MOST_NOTES} more" in notes[-1]


def test_notes_are_fit_for_a_terminal(path: Path) -> None:
    found = loaded(path, json.dumps({"\x1b[31m\n": 1, "\ud800": 2, "theme" * 99: "x\n" * 999}))
    assert all(note.isprintable() and len(note) < 800 for note in found.notes)


def test_a_folder_in_place_of_the_file_gives_the_defaults(path: Path) -> None:
    path.mkdir(parents=True)
    found = load(path)
    assert found.settings == Settings()
    assert "cannot read" in found.notes[0]


FIELDS = {name: list(group.annotation.model_fields) for name, group in list(
    Settings.model_fields.items()) if hasattr(group.annotation, "model_fields")}  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from([*CLASSES, "dark", "ko", "camera", "04:00", "", "\ud800"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
GROUPS = {
    name: st.dictionaries(st.sampled_from(fields) | st.text(), VALUES, max_size=8) | VALUES
    for name, fields in FIELDS.items()
}
NEARLY = st.fixed_dictionaries({}, optional={**GROUPS, "recent_files": VALUES, "": VALUES})


@given(content=VALUES | NEARLY)
def test_no_json_whatsoever_stops_the_program(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    found = loaded(path, json.dumps(content))
    assert Settings.model_validate(found.settings.model_dump()) == found.settings
    assert all(note.isprintable() for note in found.notes)
    save(found.settings, path)
    assert load(path).settings == found.settings


@given(content=st.binary(max_size=64))
def test_no_bytes_whatsoever_stop_the_program(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    loaded(tmp_path_factory.getbasetemp() / "bytes.json", content)


def test_what_other_versions_keep_in_the_file_stays(path: Path) -> None:
    text = '{"later": [1], "vote": {"later": {"a": 1}, "min_count": 3}, "kiosk": {"later": 2}}'
    found = loaded(path, text)
    save(found.settings.model_copy(update={"vote": VoteSettings(min_count=4)}), path)
    assert json.loads(path.read_text()) == {
        "later": [1], "vote": {"later": {"a": 1}, "min_count": 4}, "kiosk": {"later": 2},
    }  # fmt: skip


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_a_broken_file_is_kept_beside_the_new_one(path: Path, text: str) -> None:
    loaded(path, text)
    assert path.read_text() == text
    save(Settings(vote=VoteSettings(min_count=3)), path)
    assert load(path).settings.vote.min_count == 3
    assert path.with_name("settings.json.broken").read_text() == text


def test_two_writers_do_not_collide(path: Path) -> None:
    choices = [Settings(vote=VoteSettings(min_count=n)) for n in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda settings: save(settings, path), choices * 4))
    assert load(path).settings in choices
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_permissions_stay_and_a_new_file_is_the_user_s_alone(path: Path) -> None:
    save(Settings(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    save(Settings(vote=VoteSettings(min_count=3)), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere.json")
    save(Settings(vote=VoteSettings(min_count=3)), path)
    assert path.is_symlink()
    assert load(tmp_path / "elsewhere.json").settings.vote.min_count == 3


def test_an_unwritable_place_gets_a_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SettingsError, match="cannot write"):
        save(Settings(), blocked / "settings.json")


def test_what_nests_too_deep_to_be_written_is_no_crash(path: Path) -> None:
    for depth in range(850, 1000, 5):
        loaded(path, '{"later": ' + "[" * depth + "]" * depth + "}")
        with contextlib.suppress(SettingsError):  # a sentence is fine, anything else is not
            save(Settings(), path)


def test_what_a_newer_version_wrote_is_kept_beside_what_replaces_it(path: Path) -> None:
    path.parent.mkdir()
    newer = '{"display": {"theme": "oled", "fading_ms": 90}, "voice": {"volume": 3}}'
    path.write_text(newer)
    loaded = load(path)
    assert loaded.settings.display.fading_ms == 90
    save(loaded.settings, path)
    assert json.loads(path.read_text()) == {"display": {"fading_ms": 90}, "voice": {"volume": 3}}
    assert path.with_name("settings.json.broken").read_text() == newer


def test_what_this_version_understands_needs_no_second_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"display": {"fading_ms": 90}, "voice": {"volume": 3}}')
    save(load(path).settings, path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
