"""A dv-processing event server anywhere on the network, as a live source."""

from __future__ import annotations

import time

import dv_processing as dv
import numpy as np

from app.events import Resolution, join_events
from app.sources.contract import NetworkSpec, SourceError
from app.sources.devices.live import LiveSource
from app.sources.devices.probe import ServerProbe
from app.sources.dv_bridge import DV_ERRORS, sentence, to_numpy
from app.sources.formats.sensors import Extent, parse_sensor, sized_by_events

# A server that does not say how large its sensor is is judged by so many events.
_TELLING_EVENTS = 5000
_LISTEN_S = 1.0


class NetworkDevice:
    """One connection. A server that froze or vanished without a goodbye keeps it alive and silent.

    ``resolution`` is to be used once ``knows_size`` has said so.

    Raises:
        SourceError: the server has gone meanwhile, or sends something other than events.
    """

    resolution: Resolution

    def __init__(self, spec: NetworkSpec) -> None:
        self.name = f"{spec.ip}:{spec.port}"
        self._early: list[np.ndarray] = []
        self._extent = Extent()
        self._until_s = time.monotonic() + _LISTEN_S
        try:
            self._reader = dv.io.NetworkReader(spec.ip, spec.port)
            if not self._reader.isEventStreamAvailable():
                raise SourceError(f"the server {self.name} sends something other than events")
            size = self._reader.getEventResolution()
        except DV_ERRORS as error:
            raise SourceError(
                f"the event server {self.name} cannot be reached: {sentence(error)}"
            ) from error
        self._size = parse_sensor(spec.sensor).size if spec.sensor else _possible(size)

    def knows_size(self) -> bool:
        """Whether the sensor's size is known by now, be it by the first events.

        Raises:
            SourceError: neither the server nor any events tell it.
        """
        if self._size is None:
            self._listen()
        if self._size is not None:
            self.resolution = self._size
        return self._size is not None

    def read(self) -> np.ndarray | None:
        if self._early:
            events, self._early = join_events(self._early), []
            return events
        try:
            store = self._reader.getNextEventBatch()
        except DV_ERRORS as error:
            raise SourceError(f"{self.name} broke off: {sentence(error)}") from error
        return None if store is None else to_numpy(store)

    def _listen(self) -> None:
        kept, self._early = self._early, []
        if (events := self.read()) is not None and events.size:
            self._extent.add_events(events)
            kept.append(events)
        self._early = kept
        is_over = time.monotonic() > self._until_s
        if is_over and not kept:
            raise SourceError(
                f"the server {self.name} does not say how large its sensor is, and sends no "
                "events that could tell it (--sensor says it)"
            )
        if is_over or sum(map(len, kept)) >= _TELLING_EVENTS:
            self._size, _ = sized_by_events(f"the server {self.name}", "", self._extent)

    def is_alive(self) -> bool:
        return self._reader.isRunning()

    def close(self) -> None:
        self._reader = None


class NetworkConnector:
    """Probes for a server step by step, and connects once it has greeted."""

    def __init__(self, spec: NetworkSpec) -> None:
        self._spec = spec
        self._probe: ServerProbe | None = None
        self._device: NetworkDevice | None = None

    def __call__(self) -> NetworkDevice | None:
        if self._device is None:
            self._device = self._step()
        if self._device is None:
            return None
        device = self._device
        try:
            knows_size = device.knows_size()
        except SourceError:
            self._device = None
            raise
        if not knows_size:
            return None
        self._device = None
        return device

    def _step(self) -> NetworkDevice | None:
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


def _possible(size: tuple[int, int] | None) -> Resolution | None:
    try:
        return None if size is None else Resolution(*size)
    except ValueError:
        return None
