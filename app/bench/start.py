"""How soon something is there: the window, and ``recognize`` without one. On all cores."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app import own_command
from app.bench.amounts import Amounts
from app.bench.findings import Finding, Skipped, measured
from app.bench.screen import recording, watch_window

TOPIC = "start"
UNIT = "s of the wall"
ROOT = Path(__file__).resolve().parents[2]
# The kernel counts in KiB, that of macOS in bytes.
MB = 1e-6 if sys.platform == "darwin" else 1024e-6


def measure(amounts: Amounts) -> Iterator[Finding]:
    """Rows of starts that find compiled code and files at hand: the first one warms up."""
    if hasattr(os, "wait4"):
        yield from recognize_rows(amounts.repeats)
    else:
        yield Skipped(TOPIC, "recognize", "this system does not tell a process's memory")
    starts = [start_window() for _ in range(1 + amounts.repeats)][1:]
    yield measured(
        TOPIC, "the window, first paint", UNIT, [each["first_paint_s"] for each in starts],
        at_most=1,
    )  # fmt: skip
    yield measured(
        TOPIC, "the window, first gesture", UNIT, [each["first_gesture_s"] for each in starts],
        at_most=2.5,
    )  # fmt: skip


def recognize_rows(repeats: int) -> Iterator[Finding]:
    """Rows of the command without a window."""
    recognize()
    runs = [recognize() for _ in range(repeats)]
    note = "of a clip of 3 s, from the command to its first line"
    yield measured(
        TOPIC, "recognize FILE, first decision", UNIT, [run[0] for run in runs], at_most=1.5,
        note=note,
    )  # fmt: skip
    yield measured(TOPIC, "recognize FILE, all decisions", UNIT, [run[1] for run in runs])
    yield measured(
        TOPIC, "recognize FILE, resident memory", "MB", [run[2] for run in runs], at_most=250
    )


def start_window() -> dict[str, float]:
    """Seconds until the window was painted and until it named a gesture."""
    return watch_window(f"--began-s={time.monotonic()}")


def recognize() -> tuple[float, float, float]:
    """Seconds to the first decision and to the end, and the most memory resident in MB.

    Raises:
        RuntimeError: it failed.
    """
    command = [*own_command(), "recognize", recording().path, "--json"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    began_s = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
        first_s = time.monotonic() - began_s
        process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"recognize ended with {process.returncode}")
    return first_s, time.monotonic() - began_s, usage.ru_maxrss * MB
