"""How often the window repaints at 1x and how soon it decides, on a core that is its own or not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.bench.amounts import Amounts
from app.bench.findings import Finding, measured
from app.sources.bundled import greeting
from app.sources.contract import FileSpec

TOPIC = "screen"
MOST_S = 120.0
Figures = dict[str, float]


def recording() -> FileSpec:
    """The bundled recording that a first start plays.

    Raises:
        RuntimeError: there is none.
    """
    found = greeting()
    if found is None:
        raise RuntimeError("expected a bundled recording, found none")
    return found


def watch_window(*words: str) -> Figures:
    """What the window says of itself, in a process of its own.

    Raises:
        subprocess.SubprocessError: it failed or hangs.
    """
    command = [sys.executable, "-m", "app.ui.watched", recording().path, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=MOST_S)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def busy(wanted: bool) -> Iterator[None]:
    """A loop that wants all of this process's core."""
    if not wanted:
        yield
        return
    loop = subprocess.Popen([sys.executable, "-m", "app.bench.busy"])
    try:
        yield
    finally:
        loop.kill()
        loop.wait()


def measure(amounts: Amounts) -> Iterator[Finding]:
    """Rows of a core that the window has to itself, and of one that it shares with a loop."""
    for kind, shared in (("calm", False), ("busy", True)):
        seen: list[Figures] = []
        for _ in range(amounts.repeats):
            with busy(shared):
                seen.append(watch_window(f"--seconds={amounts.seconds}"))
        yield from _rows(kind, seen)


def _rows(kind: str, seen: list[Figures]) -> Iterator[Finding]:
    on = f"on one {kind} core"
    yield measured(
        TOPIC, f"the window at 1x {on}", "pictures/s",
        [each["pictures_per_s"] for each in seen], at_least=30 if kind == "busy" else None,
    )  # fmt: skip
    yield measured(
        TOPIC, f"p99 from arrival to decision, window open, {on}", "ms of the wall",
        [each["latency_ms_p99"] for each in seen], at_most=5 if kind == "calm" else None,
    )  # fmt: skip
    yield measured(
        TOPIC, f"the window's thread {on}", "ms a picture",
        [each["window_ms_per_picture"] for each in seen],
    )  # fmt: skip
