"""Work shared by processes: all of it is done, or nothing of it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import psutil
import pytest

from models.data.side_by_side import side_by_side

ROOT = Path(__file__).resolve().parents[2]


def write_after(path: Path, seconds: float) -> None:
    time.sleep(seconds)
    path.write_text("done")


def test_every_job_is_done_and_told(tmp_path: Path) -> None:
    told: list[int] = []
    side_by_side(write_after, [(tmp_path / str(n), 0.0) for n in range(5)], 2, told.append)
    assert told == [1, 2, 3, 4, 5]
    assert len(list(tmp_path.iterdir())) == 5


def test_nothing_goes_on_after_an_interruption(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    jobs = [(tmp_path / "first", 0.0), *((tmp_path / str(n), 60.0) for n in range(9))]
    with pytest.raises(KeyboardInterrupt):
        side_by_side(write_after, jobs, 2, stop)
    deadline = time.monotonic() + 10
    while active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not active_children()
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
@pytest.mark.parametrize("seconds", [0.0, 60.0])  # the workers wait for more, or are at it
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path, seconds: float) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", __name__, str(tmp_path), str(seconds)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    with parent, parent.stdout:
        numbers = [int(word) for word in parent.stdout.readline().split()]
        assert len(numbers) == 2
        parent.kill()
    deadline = time.monotonic() + 30
    while any(map(is_at_work, numbers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_at_work, numbers))


def is_at_work(number: int) -> bool:
    """Whether the process lives; one that ended may wait for somebody to take note of it."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def sign_in(folder: Path, seconds: float) -> None:
    """Wait for the other worker, however late it begins, or one of them would do both jobs."""
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.01)
    if seconds:
        say_who(folder)
    time.sleep(seconds)


def say_who(folder: Path) -> None:
    """Tell the test the numbers of the workers, in one line."""
    os.write(1, (" ".join(path.name for path in folder.iterdir()) + "\n").encode())


def hold(done: int) -> None:
    if done == 2:  # so the workers wait for more
        say_who(Path(sys.argv[1]))
        time.sleep(60.0)


if __name__ == "__main__":
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    side_by_side(sign_in, [(folder, seconds)] * 2, 2, hold)
