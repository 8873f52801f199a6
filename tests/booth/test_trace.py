from __future__ import annotations

import json
import time
from pathlib import Path

from app.booth.messages import Beat
from app.booth.trace import Trace


def test_every_line_has_its_time(tmp_path: Path) -> None:
    path = tmp_path / "trace"
    before_s = time.monotonic()
    trace = Trace(str(path))
    trace.started(7)
    trace.beat(7, Beat(40, None, 1, named=30))
    trace.ended("hung")
    started, beat, ended = (json.loads(line) for line in path.read_text().splitlines())
    assert before_s <= started.pop("t") <= beat.pop("t") <= ended.pop("t") <= time.monotonic()
    assert (started, ended) == ({"started": 7}, {"ended": "hung"})
    assert beat == {
        "kiosk": 7, "decisions": 40, "waiting": None, "attempts": 1, "dropped": 0, "named": 30,
        "playing": False,
    }  # fmt: skip


def test_nobody_asks_for_it_or_it_cannot_be_written() -> None:
    for path in (None, "", "/nowhere/at/all"):
        Trace(path).started(7)


def test_a_full_disk_ends_it() -> None:
    trace = Trace("/dev/full")
    trace.started(7)
    trace.started(8)
    assert trace._file is None
