"""Streams events to dv-processing's NetworkReader, to DV, or to ourselves, as a camera would.

dv-processing's own NetworkWriter keeps what a slow client does not fetch, without bound and without
saying so (190 MB unsent, getQueuedPacketCount() 0). This server drops and counts instead.
"""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from app.events import EventBatch, Resolution
from app.sources.address import check_address
from app.sources.contract import EventSource, SourceError
from app.sources.devices.timeline import Timeline
from app.sources.formats.aedat4_encoding import event_packet, io_header
from app.sources.pace import Pacer

_CLIENT_BACKLOG_BYTES = 8 << 20
_MOST_CLIENTS = 10
_CHUNK_US = 5_000
_LOOK_S = 0.02
_DRAIN_S = 2.0
# dv-processing's reader loses the last packet of a server that hangs up right after it.
_LINGER_S = 0.2


class _Client:
    """One connection and what it has not fetched yet."""

    def __init__(self, connection: socket.socket, greeting: bytes) -> None:
        connection.setblocking(False)
        self.connection = connection
        self.waiting = deque([memoryview(greeting)])
        self.waiting_bytes = len(greeting)

    def fileno(self) -> int:
        return self.connection.fileno()

    def offer(self, packet: bytes) -> bool:
        """Queue a whole packet, or none of it if the client is too far behind."""
        if self.waiting_bytes + len(packet) > _CLIENT_BACKLOG_BYTES:
            return False
        self.waiting.append(memoryview(packet))
        self.waiting_bytes += len(packet)
        return True

    def flush(self) -> None:
        """Send what the connection takes now. OSError: the client has gone."""
        while self.waiting:
            try:
                sent = self.connection.send(self.waiting[0])
            except BlockingIOError:
                return
            self.waiting_bytes -= sent
            if sent < len(self.waiting[0]):
                self.waiting[0] = self.waiting[0][sent:]
                return
            self.waiting.popleft()

    def hear(self) -> None:
        """Clients have nothing to say: only their end is news. OSError: it is there."""
        if not self.connection.recv(4096):
            raise ConnectionResetError


class EventServer:
    """Listens on ``ip``:``port``; port 0 takes a free one. Nothing happens outside of calls.

    Raises:
        SourceError: the address is malformed, not ours, or taken.
    """

    def __init__(self, ip: str, port: int, resolution: Resolution, name: str) -> None:
        self.sent_events = 0
        self.dropped_events = 0
        self._clients: list[_Client] = []
        self._greeting = io_header(resolution, name)
        address = check_address(ip, port or 1)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            self._listener = socket.create_server((address, port), family=family)
        except OSError as error:
            raise SourceError(f"cannot serve at {ip}:{port}: {error.strerror}") from error
        self._listener.setblocking(False)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def clients(self) -> int:
        return len(self._clients)

    @property
    def waiting_bytes(self) -> int:
        """What clients have not fetched yet."""
        return sum(client.waiting_bytes for client in self._clients)

    def send(self, events: np.ndarray) -> None:
        """Queue (N,) EVENT_DTYPE events for every client that is not too far behind."""
        packet = event_packet(events)
        for client in self._clients:
            if client.offer(packet):
                self.sent_events += len(events)
            else:
                self.dropped_events += len(events)

    def tend(self, timeout_s: float) -> None:
        """Greet, send and say goodbye, whatever is due; waits no longer than ``timeout_s``."""
        unserved = [client for client in self._clients if client.waiting]
        watched = [self._listener.fileno(), *(client.fileno() for client in self._clients)]
        readable, writable, _ = select.select(watched, unserved, [], timeout_s)
        heard = [client for client in self._clients if client.fileno() in readable]
        for client in writable:
            self._attempt(client, _Client.flush)
        for client in heard:
            self._attempt(client, _Client.hear)
        if self._listener.fileno() in readable:
            self._accept()

    def close(self) -> None:
        for client in self._clients:
            client.connection.close()
        self._clients.clear()
        self._listener.close()

    def __enter__(self) -> EventServer:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return  # gone again already
        if len(self._clients) >= _MOST_CLIENTS:
            connection.close()
            return
        client = _Client(connection, self._greeting)
        self._clients.append(client)
        self._attempt(client, _Client.flush)

    def _attempt(self, client: _Client, action: Callable[[_Client], None]) -> None:
        """Do something with a client, unless or until it has gone."""
        if client not in self._clients:
            return
        try:
            action(client)
        except OSError:
            client.connection.close()
            self._clients.remove(client)


def serve_events(
    source: EventSource, server: EventServer, *, loop: bool, stopped: Callable[[], bool]
) -> None:
    """Send a source's events at its own pace until it ends or ``stopped`` says so.

    With ``loop`` a recording begins again at its end, and its time goes on growing. ``stopped``
    is asked at least every 20 ms or so.

    Raises:
        SourceError: the source cannot go on.
    """
    pacer, timeline = Pacer(), Timeline()
    for batch in _batches(source, loop):
        server.tend(0.0)
        if stopped():
            return
        for chunk in _chunks(timeline.straighten(batch)):
            while (wait_s := pacer.remaining_s(int(chunk["t"][-1]))) > 0:
                server.tend(min(wait_s, _LOOK_S))
                if stopped():
                    return
            server.send(chunk)
    _drain(server, stopped)


def _drain(server: EventServer, stopped: Callable[[], bool]) -> None:
    """Wait until every client that does fetch has everything, and has had time to read it."""
    end_s = time.monotonic() + _DRAIN_S
    while server.waiting_bytes and not stopped() and time.monotonic() < end_s:
        server.tend(_LOOK_S)
    end_s = time.monotonic() + _LINGER_S
    while not stopped() and time.monotonic() < end_s:
        server.tend(_LOOK_S)


def _batches(source: EventSource, loop: bool) -> Iterator[EventBatch]:
    """The source's batches, with ``loop`` again and again if it is a recording."""
    info = source.info
    yield from source.batches()
    while loop and not info.is_live and info.start_us is not None:
        source.seek(info.start_us)
        yield from source.batches()


def _chunks(events: np.ndarray) -> list[np.ndarray]:
    """Cut events where a camera would commit, every 5 ms of sensor time."""
    if not events.size:
        return []
    return np.split(events, np.flatnonzero(np.diff(events["t"] // _CHUNK_US)) + 1)
