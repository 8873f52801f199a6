"""The parent's handle on one child process: start, messages, signs of life, a certain end."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext

from app.sources.contract import SourceError, SourceSpec
from app.sources.hosting.child import run_child
from app.sources.hosting.messages import ChildMessage, Seek
from app.sources.hosting.ring import SHARED_BYTES, RingMemory, RingReader, Vitals
from app.sources.opening import Opener
from models.interrupts import interrupts_held_back

_KILLED_WITHIN_S = 1.0
# A look that comes late, because this process itself was stopped, must not count as silence.
_LONGEST_LOOK_S = 0.1


def shared_memory(context: SpawnContext) -> RingMemory:
    """The ring that two processes share.

    Raises:
        SourceError: the machine has no such memory; the sentence says what to do.
    """
    try:
        return RingMemory.allocate(context)
    except OSError as error:
        raise SourceError(
            f"processes cannot share memory here ({error.strerror or error}): make /dev/shm "
            f"writable, with {SHARED_BYTES >> 20} MB free (in a container, --shm-size=64m)"
        ) from error


class ChildProcess:
    """One child, started by the constructor. All methods return soon, whatever the child does.

    Raises:
        SourceError: the machine has no memory that processes can share.
    """

    def __init__(self, spec: SourceSpec, load: Callable[[SourceSpec], Opener]) -> None:
        context = multiprocessing.get_context("spawn")
        memory = shared_memory(context)
        self._connection, theirs = context.Pipe()
        self._vitals = Vitals(memory)
        self._beats = 0
        self._looked_s = time.monotonic()
        self._silent_s = 0.0
        self.ring = RingReader(memory)
        self._process = context.Process(
            target=run_child,
            args=(spec, load, memory, theirs),
            name="spikehand-source",
            daemon=True,
        )
        with interrupts_held_back():
            self._process.start()
        theirs.close()

    def wait_for_message(self, timeout_s: float) -> ChildMessage | None:
        """The next message, or none if none comes in time or the child has ended."""
        wait([self._connection, self._process.sentinel], timeout_s)
        return self.message()

    def message(self) -> ChildMessage | None:
        """The next message if there is one by now."""
        try:
            return self._connection.recv() if self._connection.poll(0) else None
        except (EOFError, OSError):
            return None

    def send(self, command: Seek) -> bool:
        """Give the child a command; false if it has ended."""
        try:
            self._connection.send(command)
        except OSError:
            return False
        return True

    @property
    def has_ended(self) -> bool:
        return bool(wait([self._process.sentinel], 0))

    @property
    def dropped_events(self) -> int:
        return self._vitals.dropped

    @property
    def silent_s(self) -> float:
        """For how long no sign of life had come, as of the last look."""
        return self._silent_s

    def has_fallen_silent(self, limit_s: float) -> bool:
        """Whether no sign of life has come for so long; to be asked again and again."""
        now_s = time.monotonic()
        since_s, self._looked_s = now_s - self._looked_s, now_s
        beats = self._vitals.beats
        if beats != self._beats:
            self._beats, self._silent_s = beats, 0.0
        else:
            self._silent_s += min(since_s, _LONGEST_LOOK_S)
        return self._silent_s >= limit_s

    def stop(self, grace_s: float = 0.3) -> None:
        """Ask the child to end, then make it. Safe to call twice, and from any thread."""
        self._vitals.request_stop()
        if not wait([self._process.sentinel], grace_s):
            self._process.kill()
        self._process.join(_KILLED_WITHIN_S)
