"""The one network of a pipeline, lent to the worker of one run at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.recognition.recognizer import NetworkSession


class SharedNetwork:
    """Loads the network when it is first borrowed and keeps it from run to run."""

    def __init__(self, load: Callable[[], NetworkSession]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._session: NetworkSession | None = None

    @contextmanager
    def borrow(self) -> Iterator[NetworkSession]:
        """Have the network alone, in the state before the first tick.

        Waits for the run before to give it back. A network that fails in use is not kept; the
        next borrower loads it anew.

        Raises:
            ModelError: it cannot be loaded.
        """
        with self._lock:
            session, self._session = self._session or self._load(), None
            session.reset()
            yield session
            self._session = session
