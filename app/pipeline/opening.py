"""A source that is being opened while another one plays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.pipeline.faults import Fault, fault_of
from app.pipeline.reader import OpenSource
from app.sources.contract import EventSource, SourceInfo


class Opening:
    """Opens in a thread of its own, at once.

    When it ``is_over``, there is either an open ``source`` and its ``info``, which belongs to
    whoever takes it from here, or a ``fault``. ``follows`` says that it is not wanted before what
    plays is over.
    """

    def __init__(self, open_source: OpenSource, *, follows: bool = False) -> None:
        self.follows = follows
        self.source: EventSource | None = None
        self.info: SourceInfo | None = None
        self.fault: Fault | None = None
        self._open_source = open_source
        self._closing = threading.Lock()
        self._closed = False
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._spawn(self._open, "opening a source")

    def _spawn(self, body: Callable[[], None], doing: str) -> None:
        # Daemons: a thread that hangs in a foreign library must not keep the program alive.
        thread = threading.Thread(target=body, name=doing, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _open(self) -> None:
        try:
            source = self._open_source()
            with self._closing:
                self.source = source
            if not self._closed:
                self.info = source.info  # known when it is open
        # Everything: a thread that died in silence would leave a window that waits for ever.
        except Exception as error:  # noqa: BLE001
            self.fault = fault_of(error, "opening the source")
        self._over.set()
        if self._closed or self.fault is not None:
            self._close_source()

    def close(self) -> None:
        """Nobody wants the source any more; returns at once and may be called again."""
        self._closed = True
        # In a thread of its own, as a source may take its time to close or never manage.
        self._spawn(self._close_source, "closing a source")

    def _close_source(self) -> None:
        with self._closing:
            source, self.source = self.source, None
        if source is not None:
            source.close()

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def wait(self, timeout_s: float | None) -> bool:
        """Wait until it is over; false on timeout."""
        return self._over.wait(timeout_s)

    def join(self, deadline_s: float) -> bool:
        """Wait until every thread has ended, until ``deadline_s`` on the monotonic clock."""
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return not self.alive

    @property
    def alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)
