"""Cameras are looked for in a process of its own, as USB may hang there with everything locked."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.sources.contract import SourceError
from app.sources.devices.found import FoundCamera
from app.sources.hosting.orphan import wake_when_orphaned
from models.interrupts import interrupts_held_back

PATIENCE_S = 8.0  # most of it for importing dv-processing from a slow disk
_KILLED_WITHIN_S = 1.0

Look = Callable[[], list[FoundCamera]]


def look_for_cameras() -> list[FoundCamera]:
    """Every camera that dv-processing finds.

    Raises:
        SourceError: USB cannot be searched.
    """
    from app.sources.devices.camera import discover_cameras

    return discover_cameras()


class Search:
    """One search, begun by the constructor; nothing here waits for it."""

    def __init__(self, look: Look = look_for_cameras, patience_s: float = PATIENCE_S) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        self._patience_s = patience_s
        self._deadline_s = time.monotonic() + patience_s
        self._process = context.Process(
            target=_search, args=(look, theirs, patience_s), name="spikehand-search", daemon=True
        )
        with interrupts_held_back():
            self._process.start()
        theirs.close()

    def poll(self) -> list[FoundCamera] | None:
        """What has been found, or none while the search goes on; it is closed after that.

        Raises:
            SourceError: USB cannot be searched, or does not answer.
        """
        if self._connection.poll(0):
            try:
                answer = self._connection.recv()
            except (EOFError, OSError):
                answer = "the search for cameras broke off"
        elif time.monotonic() < self._deadline_s:
            return None
        else:
            answer = f"USB has not answered within {self._patience_s:.0f} s: unplug what hangs"
        self.close()
        if isinstance(answer, str):
            raise SourceError(answer)
        return answer

    def close(self) -> None:
        """End the search, whatever it does. Safe to call twice."""
        self._process.kill()
        self._process.join(_KILLED_WITHIN_S)
        self._connection.close()


def _search(look: Look, connection: Connection, patience_s: float) -> None:
    """The child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    wake_when_orphaned()
    with open(os.devnull, "w") as nowhere:
        # Its own C thread ends a process that hangs with the interpreter locked, parent or not.
        faulthandler.dump_traceback_later(2 * patience_s, exit=True, file=nowhere)
        try:
            connection.send(look())
        except SourceError as error:
            connection.send(str(error))
        except BrokenPipeError:
            pass  # nobody wants to know any more
        faulthandler.cancel_dump_traceback_later()
