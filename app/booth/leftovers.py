"""What processes that were killed leave behind: temporary files, and names in shared memory."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

PREFIX = "spikehand-kiosk-"
SHARED_MEMORY = Path("/dev/shm")
_PROC = Path("/proc")
# Python's semaphores and arrays. The latter say whose they are, and have a name for a moment only.
_SEMAPHORE = re.compile(r"sem\.mp-\w+")
_ARRAY = re.compile(r"pym-(\d+)-\w+")
_SCRATCH = re.compile(re.escape(PREFIX) + r"(\d+)-\w+")


def make_scratch() -> str | None:
    """A folder for the temporary files of one run, or none if the disk is full or the like."""
    try:
        return tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
    except OSError:
        return None


def remove_scratch(folder: str | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch() -> None:
    """Take away what supervisors left that were killed themselves."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError:
        return  # there is none, and so nothing in it
    for path, found in _ours(folder, _SCRATCH):
        if not psutil.pid_exists(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def sweep_shared_memory(since: float, folder: Path = SHARED_MEMORY) -> int:
    """Take away our user's names that were made after ``since`` and that no process uses now.

    What is used is mapped from its first moment on, by whichever program made it; told by its
    inode, as who made a semaphore has it mapped under a name that is gone already.
    """
    left = [path for path, found in _ours(folder, _ARRAY) if not psutil.pid_exists(int(found[1]))]
    semaphores = [path for path, _ in _ours(folder, _SEMAPHORE) if _made_after(path, since)]
    if semaphores:
        mapped = _mapped(folder)
        left += [path for path in semaphores if _inode(path) not in mapped]
    for path in left:
        with contextlib.suppress(OSError):
            path.unlink()
    return len(left)


def _ours(folder: Path, pattern: re.Pattern[str]) -> Iterator[tuple[Path, re.Match[str]]]:
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        found = pattern.fullmatch(name)
        with contextlib.suppress(OSError):
            if found and (folder / name).lstat().st_uid == os.getuid():
                yield folder / name, found


def _made_after(path: Path, since: float) -> bool:
    try:
        return path.lstat().st_mtime >= since
    except OSError:
        return False


def _inode(path: Path) -> int | None:
    try:
        return path.lstat().st_ino
    except OSError:
        return None


def _mapped(folder: Path) -> set[int]:
    """The inodes of the files in ``folder`` that some process of our user has mapped."""
    found: set[int] = set()
    for maps in _PROC.glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):  # another user's, or gone
            text = maps.read_text(errors="replace")
            found.update(map(int, re.findall(rf"(\d+) +{re.escape(str(folder))}/", text)))
    return found
