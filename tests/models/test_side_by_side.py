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
        [sys.executable, "-m", __name__, str(tmp_path), str(seconds)], cwd=ROOT
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    workers = [psutil.Process(int(path.name)) for path in tmp_path.iterdir() if alive(path)]
    psutil.wait_procs(workers, timeout=10)
    assert not any(alive(path) for path in tmp_path.iterdir())


def alive(path: Path) -> bool:
    return psutil.pid_exists(int(path.name))


def sign_in(folder: Path, seconds: float) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(seconds)


def hold(done: int) -> None:
    if done == 2:
        time.sleep(60.0)


if __name__ == "__main__":
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    side_by_side(sign_in, [(folder, seconds + 0.3)] * 2, 2, hold)
