"""From the start of a child to its open source, or to one sentence that says why not."""

from __future__ import annotations

import time

from app.sources.contract import FileSpec, SourceError, SourceInfo, SourceSpec
from app.sources.described import described
from app.sources.hosting.messages import Failed, Info, Loaded
from app.sources.hosting.patience import LOAD_LIMIT_S, patience_with
from app.sources.hosting.process import ChildProcess


class ReaderLostError(SourceError):
    """The child has ended without a word, for which the source may not be to blame."""


class Handshake:
    """Waits for a child in short steps."""

    def __init__(self, child: ChildProcess, spec: SourceSpec) -> None:
        self._child = child
        self._name = described(spec)
        self._is_recording = isinstance(spec, FileSpec)
        self._open_s = patience_with(spec).open_s
        self._is_loaded = False
        self._deadline_s = time.monotonic() + LOAD_LIMIT_S

    def poll(self, timeout_s: float) -> SourceInfo | None:
        """The open source's info, or none if it is not open in time: ask again.

        Raises:
            ReaderLostError: the child has crashed.
            SourceError: it cannot be opened; the child has been stopped.
        """
        message = self._child.wait_for_message(timeout_s)
        match message:
            case Info():
                return message.info
            case Failed():
                self._give_up(SourceError(message.sentence))
            case Loaded():
                self._is_loaded = True
                self._deadline_s = time.monotonic() + self._open_s
            case None if self._child.has_ended:
                self._give_up(ReaderLostError(self._crashed()))
            case None if time.monotonic() > self._deadline_s:
                self._give_up(SourceError(self._silent()))
        return None

    def _crashed(self) -> str:
        if not self._is_loaded:
            return f"{self._name} cannot be opened: its process crashed at its start"
        if self._is_recording:
            return f"{self._name} is damaged: its reader crashed while opening it"
        return f"{self._name} cannot be opened: its reader crashed"

    def _silent(self) -> str:
        if not self._is_loaded:
            return f"{self._name} cannot be opened: its process did not answer at its start"
        return f"{self._name} cannot be opened: its reader did not answer for {self._open_s:g} s"

    def _give_up(self, error: SourceError) -> None:
        self._child.stop(grace_s=0.0)
        raise error
