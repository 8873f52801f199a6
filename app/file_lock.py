"""One program at a time changes a file that several may change."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_S, _LOOK_S = 2.0, 0.01


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Inside the block nobody else is in such a block; true if that is certain.

    The lock ends with the process that holds it. Who waits in vain, be it for a process that is
    stopped or on a file system without locks, goes on: a window must not hang for its settings.

    Raises:
        OSError: there is no such folder, or it cannot be used.
    """
    handle = _open(path)
    try:
        yield _is_locked_in_time(handle)
    finally:
        os.close(handle)


def _is_locked_in_time(handle: int) -> bool:
    end_s = time.monotonic() + _WAIT_S
    while not _try_to_lock(handle):
        if time.monotonic() > end_s:
            return False
        time.sleep(_LOOK_S)
    return True


if sys.platform == "win32":
    import msvcrt

    def _open(path: Path) -> int:
        return os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)

    def _try_to_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(path: Path) -> int:
        return os.open(path.parent, os.O_RDONLY)  # the folder, so that no file stays behind

    def _try_to_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
