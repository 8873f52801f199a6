"""The child process: opens a source and hands its events over until it is told to stop.

dv-processing may hang here with the interpreter locked, or crash; the parent survives both. The
child ends by itself when its parent is gone, even while it hangs or is stopped.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.sources.contract import SourceError, SourceSpec
from app.sources.described import described
from app.sources.hosting.handover import HandOver
from app.sources.hosting.memory_limit import LIMIT_BYTES, limit_memory
from app.sources.hosting.messages import Failed, Info, Loaded
from app.sources.hosting.orphan import wake_when_orphaned
from app.sources.hosting.patience import Patience, patience_with
from app.sources.hosting.ring import RingMemory, Vitals
from app.sources.opening import Opener

_REARM_S = 1.0


class Pulse:
    """Signs of life for the parent, and an end for a child that hangs without a parent."""

    def __init__(self, memory: RingMemory, patience: Patience) -> None:
        self._vitals = Vitals(memory)
        self._nowhere = open(os.devnull, "w")  # noqa: SIM115 - open as long as the process lives
        self._patience = patience
        self._is_opening = False
        self._arm(patience.child_start_s)
        self._armed_s = 0.0  # the first beat ends the start

    def beat(self, is_opening: bool) -> None:
        """A sign of life; the next one may take as long as a device takes to be opened, or not."""
        self._vitals.beat()
        if is_opening != self._is_opening or time.monotonic() - self._armed_s > _REARM_S:
            self._is_opening = is_opening
            self._arm(self._patience.child_silent_s(is_opening))

    def _arm(self, limit_s: float) -> None:
        # Its own C thread ends the process, so that a locked interpreter cannot prevent it.
        faulthandler.dump_traceback_later(limit_s, exit=True, file=self._nowhere)
        self._armed_s = time.monotonic()


def run_child(
    spec: SourceSpec,
    load: Callable[[SourceSpec], Opener],
    memory: RingMemory,
    connection: Connection,
) -> None:
    """The child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    wake_when_orphaned()
    pulse = Pulse(memory, patience_with(spec))
    try:
        opener = load(spec)
        limit_memory(spec)
        _play(opener, memory, connection, pulse)
    except ConnectionError:
        logging.getLogger(__name__).info("the parent has gone")
    except MemoryError:
        room = f"{LIMIT_BYTES / 1e9:.1f} GB"
        connection.send(Failed(f"{described(spec)} asks for more memory than {room}"))


def _play(open_it: Opener, memory: RingMemory, connection: Connection, pulse: Pulse) -> None:
    connection.send(Loaded())
    try:
        source = open_it()
    except SourceError as error:
        connection.send(Failed(str(error)))
        return
    with source:
        connection.send(Info(source.info))
        HandOver(source, memory, connection, pulse.beat).run()
