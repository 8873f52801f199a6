"""A topic measured in a process of its own, on one core, so that the caller is untouched."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.bench.findings import Finding, from_line

ROOT = Path(__file__).resolve().parents[2]
# The wall's time of a start is what a user waits, and a user has all cores.
ON_ALL_CORES = ("start",)
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


class BenchError(Exception):
    """A topic that could not be measured; the message is one sentence."""


def last_core() -> int:
    """The core that is measured on: systems put less of their own work on later ones."""
    if hasattr(os, "sched_getaffinity"):
        return max(os.sched_getaffinity(0))
    return 0


def findings_of(topic: str, *, quick: bool) -> Iterator[Finding]:
    """What a topic's process says, as it says it.

    Raises:
        BenchError: the process ended otherwise than by itself and in peace.
    """
    command = [sys.executable, "-m", "app.bench", topic, *(["--quick"] if quick else [])]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    if topic not in ON_ALL_CORES:
        command += ["--core", str(last_core())]
        environment |= dict.fromkeys(THREADS, "1")
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        with _ending(process):
            assert process.stdout is not None
            for line in process.stdout:
                yield from _finding(line)
        if process.returncode:
            complaints.seek(0)
            *_, last = complaints.read().strip().splitlines() or [f"exit {process.returncode}"]
            raise BenchError(f"measuring {topic} failed: {last}")


def _finding(line: str) -> Iterator[Finding]:
    """What a line says; libraries may write lines of their own."""
    with contextlib.suppress(ValueError):
        yield from_line(line)


@contextlib.contextmanager
def _ending(process: subprocess.Popen[str]) -> Iterator[None]:
    """Wait for the end of a process; one that is left early is ended."""
    try:
        yield
        process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
