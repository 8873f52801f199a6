from __future__ import annotations

import mmap
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from app.booth import leftovers
from app.booth.leftovers import (
    SHARED_MEMORY,
    make_scratch,
    remove_scratch,
    sweep_scratch,
    sweep_shared_memory,
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


@pytest.fixture
def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-ISc", ""])
    child.wait()
    return child.pid


def test_what_nobody_uses_any_more_is_taken_away(tmp_path: Path, dead_pid: int) -> None:
    since = time.time() - 1
    gone = [tmp_path / "sem.mp-abc_12", tmp_path / f"pym-{dead_pid}-x1"]
    kept = [tmp_path / "sem.other", tmp_path / f"pym-{os.getpid()}-x1", tmp_path / "sem.mp-used"]
    old = tmp_path / "sem.mp-old"
    for path in (*gone, *kept, old):
        path.write_bytes(bytes(32))
    os.utime(old, (since - 100, since - 100))
    with open(kept[2], "r+b") as file, mmap.mmap(file.fileno(), 32):
        assert sweep_shared_memory(since, tmp_path) == 2
    assert sorted(tmp_path.iterdir()) == sorted([*kept, old])


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="needs POSIX shared memory as files")
def test_the_semaphore_of_a_living_process_stays() -> None:
    """Who makes one has it mapped under another name, which is gone already."""
    since = time.time() - 1.0
    semaphore = multiprocessing.get_context("spawn").Semaphore(1)
    path = SHARED_MEMORY / f"sem.{semaphore._semlock.name[1:]}"
    assert path.exists()
    sweep_shared_memory(since)
    assert path.exists()


def test_without_shared_memory_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    assert sweep_shared_memory(0.0, tmp_path / "nowhere") == 0


def test_a_folder_for_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = make_scratch()
    assert folder is not None
    (Path(folder) / "deep").mkdir()
    sweep_scratch()  # its maker lives
    assert Path(folder).is_dir()
    remove_scratch(folder)
    remove_scratch(None)
    assert list(tmp_path.iterdir()) == []


def test_folders_of_dead_supervisors(
    tmp_path: Path, dead_pid: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{leftovers.PREFIX}{dead_pid}-abc" / "deep").mkdir(parents=True)
    (tmp_path / "somebody-else").mkdir()
    sweep_scratch()
    assert [path.name for path in tmp_path.iterdir()] == ["somebody-else"]


def test_a_full_disk_gives_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    assert make_scratch() is None
