"""Counts what the booth uses, and what it leaves behind."""

from __future__ import annotations

import re
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

import psutil

SAMPLES, PAUSE_S = 7, 1.0
SHARED_MEMORY = Path("/dev/shm")
_WRITTEN = re.compile(r"^Pss_(?:Anon|Shmem): +(\d+)", re.MULTILINE)
_INODE = re.compile(rf"(\d+) +{SHARED_MEMORY}/")


@dataclass(frozen=True, slots=True)
class Census:
    """Of the supervisor and all below it.

    Memory is what they have written, what they share being counted once; without the files that
    they have mapped, whose share depends on what else runs.
    """

    memory_mb: float
    supervisor_mb: float
    processes: float
    handles: float
    threads: float


def tree_of(supervisor: int) -> list[psutil.Process]:
    """The supervisor and all below it."""
    first = psutil.Process(supervisor)
    return [first, *first.children(recursive=True)]


def take(supervisor: int) -> Census:
    """One look."""
    first, *_ = tree = tree_of(supervisor)
    known = [figures for one in tree if (figures := _figures(one)) is not None]
    return Census(
        memory_mb=sum(written for written, _, _ in known),
        supervisor_mb=first.memory_info().rss / 1e6,
        processes=len(known),
        handles=sum(handles for _, handles, _ in known),
        threads=sum(threads for _, _, threads in known),
    )


def settled(supervisor: int) -> Census:
    """The median of some seconds."""
    taken = []
    for _ in range(SAMPLES):
        with suppress(psutil.Error):  # one ends while it is looked at
            taken.append(take(supervisor))
        time.sleep(PAUSE_S)
    values = {field.name: [getattr(one, field.name) for one in taken] for field in fields(Census)}
    return Census(**{name: statistics.median(found) for name, found in values.items()})


def shared_names(processes: list[psutil.Process]) -> set[str]:
    """What these processes have in shared memory under a name.

    It is found by its inode, as a semaphore is mapped under another name than it has then.
    """
    inodes: set[str] = set()
    for process in processes:
        with suppress(OSError):
            inodes.update(_INODE.findall(Path(f"/proc/{process.pid}/maps").read_text()))
    names = set()
    for path in SHARED_MEMORY.iterdir():
        with suppress(OSError):
            if str(path.lstat().st_ino) in inodes:
                names.add(str(path))
    return names


def _figures(process: psutil.Process) -> tuple[float, int, int] | None:
    try:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        written_kb = sum(map(int, _WRITTEN.findall(text)))
        return written_kb * 1024 / 1e6, process.num_fds(), process.num_threads()
    except (OSError, psutil.Error):
        return None
