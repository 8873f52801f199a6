"""A child that is stopped, as by a debugger or a terminal, when its parent dies: it goes on."""

from __future__ import annotations

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)


def wake_when_orphaned() -> None:
    """Have the kernel continue this process when its parent ends, so that it can end as well.

    The signal comes whenever the thread that started it ends, too, and does no harm then; one that
    kills would.
    """
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGCONT), 0, 0, 0)
