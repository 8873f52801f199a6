"""The networks of a pipeline: loaded in the background, kept, lent to one run at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.pipeline.systems import System
from models.spec import NetworkSession

CallBack = Callable[[], None]


class Networks:
    """Loads each network once, in a thread of its own, and keeps it; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here: dict[System, NetworkSession | Exception] = {}
        self._away: set[System] = set()  # being loaded, or lent
        self._waiting: list[CallBack] = []
        self._threads: list[threading.Thread] = []

    def ask(self, system: System, call_back: CallBack) -> NetworkSession | None:
        """Borrow a network, in the state before its first tick.

        None if it has to be loaded first or is lent to another: ``call_back`` tells, from any
        thread, when to ask again.

        Raises:
            Exception: what went wrong while it was loaded, mostly a ModelError. It is told once;
                who asks then has it loaded anew.
        """
        with self._lock:
            found = self._here.pop(system, None)
            if isinstance(found, Exception):
                raise found
            if found is None:
                self._waiting.append(call_back)
            if system not in self._away:
                self._away.add(system)
                if found is None:
                    self._begin_to_load(system)
        if found is not None:
            found.reset()
        return found

    def give_back(self, system: System, network: NetworkSession | None) -> None:
        """Return what was borrowed, or none if it has failed and must not be used again."""
        self._put(system, network)

    def join(self, deadline_s: float) -> bool:
        """Wait until nothing is being loaded, until ``deadline_s`` on the monotonic clock."""
        with self._lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _begin_to_load(self, system: System) -> None:
        # A daemon: a file that never answers must not keep the program alive.
        thread = threading.Thread(
            target=self._load, args=(system,), name="loading a network", daemon=True
        )
        self._threads = [other for other in self._threads if other.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _load(self, system: System) -> None:
        loaded: NetworkSession | Exception
        try:
            loaded = system.load()
        except Exception as error:  # noqa: BLE001 - whatever it is, who has asked is told
            loaded = error
        self._put(system, loaded)

    def _put(self, system: System, network: NetworkSession | Exception | None) -> None:
        with self._lock:
            self._away.discard(system)
            if network is not None:
                self._here[system] = network
            waiting, self._waiting = self._waiting, []
        for call_back in waiting:
            call_back()
