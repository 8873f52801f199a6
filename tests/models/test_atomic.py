"""Whoever looks finds the old file or the new one, and nothing is left of what failed."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest

from models.atomic import replacing

ROUNDS = 40


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "set.npz"
    with replacing(path) as partial:
        np.savez(partial, a=np.arange(3))
        assert not path.exists()
        assert partial.suffix == ".npz"
    assert np.load(path)["a"].tolist() == [0, 1, 2]
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError), replacing(path) as partial:
        partial.write_text("ne\ud800", encoding="utf-8")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("mode", "expected"), [(0o600, 0o600), (0o666, 0o644)])
def test_a_new_file_has_the_permissions_asked_for(tmp_path: Path, mode: int, expected: int) -> None:
    before = os.umask(0o022)
    try:
        with replacing(tmp_path / "new", mode) as partial:
            assert partial.stat().st_mode & 0o777 == expected  # before anything is in it
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == expected


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("old")
    path.chmod(0o640)
    with replacing(path, 0o600) as partial:
        partial.write_text("new")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "name", ["n" * 255, "한" * 85, "x." + "s" * 250, os.fsdecode(b"\xff\xfe" * 100)]
)
def test_names_of_any_length(tmp_path: Path, name: str) -> None:
    with replacing(tmp_path / name) as partial:
        partial.write_text("here")
    assert (tmp_path / name).read_text() == "here"


def _write_again_and_again(path: Path, text: str) -> None:
    for _ in range(ROUNDS):
        with replacing(path) as partial:
            partial.write_text(text)
        found = path.read_text()
        assert len(found) == 1000, found[:100]
        assert len(set(found)) == 1, found[:100]


def test_two_processes_write_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "00000.npz"
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write_again_and_again, args=(path, letter * 1000))
        for letter in "ab"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("folder", "Is a directory"), ("a" * 256, "too long"), ("file/a", "Not a directory")],
)
def test_a_name_that_no_file_can_have_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=reason), replacing(tmp_path / name):
        pytest.fail("it would be written in vain")
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "file"}
