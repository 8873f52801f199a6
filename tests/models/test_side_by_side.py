"""Work shared by processes: all of it is done, or nothing of it goes on."""

from __future__ import annotations

import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from models.data.side_by_side import side_by_side


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
