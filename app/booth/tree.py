"""The processes below this one: how much memory they use, and a certain end for all of them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path

import psutil

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
KILLED_WITHIN_S = 3.0
_LOOK_S = 0.01
_PROC = Path("/proc")
# Loaded here and not in a child, where little may be done between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def become_subreaper() -> bool:
    """Let orphans below this process become its children; false where there is no such thing."""
    return _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """To be called in a child before it becomes another program: it is killed with its parent."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> bool:
    return _LIBC is not None and _LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0) == 0


class Tree:
    """All processes below this one, which are waited for by nobody else.

    Where orphans cannot be adopted they are known from an earlier look only: ``look`` now and then.
    """

    def __init__(self) -> None:
        self._me = psutil.Process()
        self._seen: set[psutil.Process] = set()
        self.is_stopped = False  # the watched child, as by SIGSTOP
        self._watched: int | None = None
        self._code: int | None = None

    def look(self) -> list[psutil.Process]:
        """The processes that live now."""
        with contextlib.suppress(psutil.Error):  # one of them has just gone
            self._seen.update(self._me.children(recursive=True))
        self._seen = {one for one in self._seen if _lives(one)}
        return list(self._seen)

    def memory_mb(self) -> float:
        """What they use of the machine's memory, what they share being counted once."""
        return sum(map(_memory_bytes, self.look())) / 1e6

    def watch(self, pid: int) -> None:
        """Remember how this child will end."""
        self._watched, self._code, self.is_stopped = pid, None, False

    def exit_code(self) -> int | None:
        """How the watched child has ended (minus the signal's number if by one); none: it lives.

        All children that have ended are let go of.
        """
        with contextlib.suppress(ChildProcessError):
            while (changed := os.waitpid(-1, os.WNOHANG | os.WUNTRACED | os.WCONTINUED))[0]:
                if changed[0] == self._watched:
                    self._take(changed[1])
        return self._code

    def _take(self, change: int) -> None:
        """Something has happened to the watched child."""
        self.is_stopped = os.WIFSTOPPED(change)
        if not self.is_stopped and not os.WIFCONTINUED(change):
            self._code = os.waitstatus_to_exitcode(change)

    def kill(self, within_s: float = KILLED_WITHIN_S) -> bool:
        """End them all, those that are born meanwhile too; false if one does not end in time."""
        deadline_s = time.monotonic() + within_s
        while left := self.look():
            if time.monotonic() > deadline_s:
                return False
            for one in left:
                with contextlib.suppress(psutil.Error):
                    one.kill()
            time.sleep(_LOOK_S)
        self.exit_code()
        return True


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _memory_bytes(process: psutil.Process) -> int:
    """Proportional set size where the kernel tells it cheaply, else resident set size."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(process.pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
