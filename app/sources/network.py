"""A dv-processing event server anywhere on the network, as a live source."""

from __future__ import annotations

import dv_processing as dv
import numpy as np

from app.events import Resolution
from app.sources.contract import NetworkSpec, SourceError
from app.sources.dv_bridge import DV_ERRORS, sentence, to_numpy
from app.sources.live import LiveSource
from app.sources.probe import ServerProbe


class NetworkDevice:
    """One connection. A server that froze or vanished without a goodbye keeps it alive and silent.

    Raises:
        SourceError: the server has gone meanwhile, or sends something other than events.
    """

    def __init__(self, spec: NetworkSpec) -> None:
        self.name = f"{spec.ip}:{spec.port}"
        try:
            self._reader = dv.io.NetworkReader(spec.ip, spec.port)
            if not self._reader.isEventStreamAvailable():
                raise SourceError(f"the server {self.name} sends something other than events")
            self.resolution = Resolution(*self._reader.getEventResolution())
        except DV_ERRORS as error:
            raise SourceError(
                f"the event server {self.name} cannot be reached: {sentence(error)}"
            ) from error

    def read(self) -> np.ndarray | None:
        try:
            store = self._reader.getNextEventBatch()
        except DV_ERRORS as error:
            raise SourceError(f"{self.name} broke off: {sentence(error)}") from error
        return None if store is None else to_numpy(store)

    def is_alive(self) -> bool:
        return self._reader.isRunning()

    def close(self) -> None:
        self._reader = None


class NetworkConnector:
    """Probes for a server step by step, and connects once it has greeted."""

    def __init__(self, spec: NetworkSpec) -> None:
        self._spec = spec
        self._probe: ServerProbe | None = None

    def __call__(self) -> NetworkDevice | None:
        if self._probe is None:
            self._probe = ServerProbe(self._spec.ip, self._spec.port)
        try:
            if not self._probe.poll(0.0):
                return None
        except SourceError:
            self._probe = None
            raise
        self._probe = None
        return NetworkDevice(self._spec)


def open_network(spec: NetworkSpec) -> LiveSource:
    """A server that is connected to again whenever it has gone or fell silent.

    Raises:
        SourceError: the address is malformed, or no event server answers there.
    """
    return LiveSource(NetworkConnector(spec))
