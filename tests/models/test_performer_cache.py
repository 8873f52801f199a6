"""One cache of rendered sessions, filled by two programs at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from models.data import performer_set
from models.data.events import EVENT_DTYPE
from models.data.performer_set import load_session, render_set

SESSIONS = 60


def _perform_nothing(*_: object, **__: object) -> SimpleNamespace:
    events = np.zeros(2000, EVENT_DTYPE)
    events["t"] = np.arange(2000) * 10
    return SimpleNamespace(events=events, labels=[], on_the_way=[])


def _one_by_one(
    work: Callable[..., object],
    jobs: Sequence[tuple[Any, ...]],
    workers: int,
    tell: Callable[[int], None],
) -> None:
    for job in jobs:
        work(*job)


def _fill(folder: Path, start: Barrier) -> None:
    performer_set.perform_session = _perform_nothing  # type: ignore[assignment]
    performer_set.side_by_side = _one_by_one  # type: ignore[assignment]
    start.wait(60)
    for path in render_set(folder, "test", SESSIONS):
        assert len(load_session(path).t_ms) == 2000


def test_two_programs_render_into_the_same_cache(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    programs = [context.Process(target=_fill, args=(tmp_path, start)) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(100)
    assert [program.exitcode for program in programs] == [0, 0]
    found = sorted(path.name for path in tmp_path.glob("*/test/*"))
    assert found == [f"{number:05d}.npz" for number in range(SESSIONS)]
    assert not list(tmp_path.glob("*/test/.*"))
