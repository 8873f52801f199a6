"""From the start of a child to its open source, or to one sentence that says why not."""

from __future__ import annotations

import time

from app.sources.contract import FileSpec, SourceError, SourceInfo, SourceSpec
from app.sources.described import described
from app.sources.messages import Failed, Info, Loaded
from app.sources.process import ChildProcess

LOAD_LIMIT_S = 100.0
OPEN_LIMIT_S = 2.5


class Handshake:
    """Waits for a child in short steps."""

    def __init__(self, child: ChildProcess, spec: SourceSpec) -> None:
        self._child = child
        self._name = described(spec)
        self._is_recording = isinstance(spec, FileSpec)
        self._is_loaded = False
        self._deadline_s = time.monotonic() + LOAD_LIMIT_S

    def poll(self, timeout_s: float) -> SourceInfo | None:
        """The open source's info, or none if it is not open in time: ask again.

        Raises:
            SourceError: it cannot be opened; the child has been stopped.
        """
        message = self._child.wait_for_message(timeout_s)
        match message:
            case Info():
                return message.info
            case Failed():
                self._give_up(message.sentence)
            case Loaded():
                self._is_loaded = True
                self._deadline_s = time.monotonic() + OPEN_LIMIT_S
            case None if self._child.has_ended:
                self._give_up(self._lost("crashed"))
            case None if time.monotonic() > self._deadline_s:
                self._give_up(self._lost("did not answer"))
        return None

    def _lost(self, what: str) -> str:
        if not self._is_loaded:
            return f"{self._name} cannot be opened: its process {what} at its start"
        if self._is_recording:
            return f"{self._name} is damaged: its reader {what} while opening it"
        return f"{self._name} cannot be opened: its reader {what}"

    def _give_up(self, sentence: str) -> None:
        self._child.stop(grace_s=0.0)
        raise SourceError(sentence)
