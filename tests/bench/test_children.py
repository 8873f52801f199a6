"""A topic is measured elsewhere, on one core, and the caller stays where it was."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest

from app.bench import children
from app.bench.__main__ import TOPICS
from app.bench.children import BenchError, findings_of
from app.bench.findings import Skipped
from app.commands import bench

pinning = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="this system does not pin processes"
)


def test_every_topic_can_be_measured() -> None:
    assert tuple(TOPICS) == bench.TOPICS
    for names in TOPICS.values():
        for name in names:
            assert callable(importlib.import_module(f"app.bench.{name}").measure)


def test_a_topic_that_fails_says_why() -> None:
    with pytest.raises(BenchError, match=r"measuring poems failed: .*'poems' is not one of"):
        list(findings_of("poems", quick=True))


def test_what_a_child_says_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    line = '{"kind": "skipped", "topic": "t", "name": "n", "why": "w"}'
    words = f"print('a warning'); print('{line}')"
    run = subprocess.Popen
    monkeypatch.setattr(
        children.subprocess, "Popen", lambda _, **how: run([sys.executable, "-c", words], **how)
    )
    assert list(findings_of("tick", quick=True)) == [Skipped("t", "n", "w")]


@pinning
def test_only_the_child_is_pinned() -> None:
    before = os.sched_getaffinity(0)
    core = children.last_core()
    words = (
        "import os; from app.bench.__main__ import pin; "
        f"pin({core}); print(sorted(os.sched_getaffinity(0)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", words], cwd=children.ROOT, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == f"[{core}]"
    assert os.sched_getaffinity(0) == before


@pytest.mark.slow
@pytest.mark.parametrize("topic", bench.TOPICS)
def test_every_topic_for_real(topic: str) -> None:
    assert list(findings_of(topic, quick=True))
