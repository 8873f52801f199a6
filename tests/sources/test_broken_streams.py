"""What a peer may do to a stream, and that events come again once the peer behaves."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from app.events import Resolution
from app.sources.contract import NetworkSpec
from app.sources.formats.aedat4_encoding import event_packet, io_header
from app.sources.hosting.host import HostedSource
from tests.sources.making import random_events

LIMIT_S = 30.0
SIZE, OTHER = Resolution(128, 128), Resolution(64, 64)
PACKET = event_packet(random_events(500, span_us=1_000))
DAMAGE = {
    "silence, as without a goodbye": b"",
    "garbage": bytes(range(7, 256)) * 40,
    "half a packet": PACKET[: len(PACKET) // 2],
    "a false length": struct.pack("<ii", 0, 0x7FFF_FFFF) + PACKET,
    "a negative length": struct.pack("<ii", 0, -5) + PACKET,
}


class Peer:
    """Sends some packets and its damage to the first who stays, and then only good packets."""

    def __init__(self, listener: socket.socket, damage: bytes, later: Resolution) -> None:
        self._listener = listener
        self._damage = damage
        self._later = later
        self._has_damaged = False
        self._held: list[socket.socket] = []
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            with contextlib.suppress(TimeoutError, ConnectionError):
                connection, _ = self._listener.accept()
                self._held.append(connection)  # never says goodbye
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.sendall(io_header(self._later if self._has_damaged else SIZE, "peer"))
        connection.settimeout(0.1)
        with contextlib.suppress(TimeoutError):
            connection.recv(1)
            return  # a probe hangs up at once
        for _ in range(20):
            connection.sendall(PACKET)
        if not self._has_damaged:
            self._has_damaged = True
            time.sleep(0.5)  # until the packets have been read
            connection.sendall(self._damage)
            return
        while not self.is_over:
            start_us = time.monotonic_ns() // 1_000
            events = random_events(500, width=64, height=64, span_us=1_000, start_us=start_us)
            connection.sendall(event_packet(events))
            time.sleep(0.01)


@contextmanager
def peering(damage: bytes, later: Resolution = SIZE) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
        listener.settimeout(0.2)
        peer = Peer(listener, damage, later)
        running = pool.submit(peer.run)
        try:
            yield listener.getsockname()[1]
        finally:
            peer.is_over = True
            running.result(LIMIT_S)


def sizes_heard(port: int) -> list[Resolution]:
    """The sensor at the first events, and at the first ones after the stream began anew."""
    sizes, end_s = [], time.monotonic() + LIMIT_S
    with HostedSource(NetworkSpec("127.0.0.1", port)) as source:
        began_anew = False
        for batch in source.batches():
            assert time.monotonic() < end_s, source.info.note
            began_anew |= batch.restarted
            if len(batch.events) and len(sizes) == began_anew:
                sizes.append(source.info.resolution)
            if len(sizes) == 2:
                break
    return sizes


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_stream_comes_back_by_itself(damage: bytes) -> None:
    with peering(damage) as port:
        assert sizes_heard(port) == [SIZE, SIZE]


@pytest.mark.slow
def test_a_stream_comes_back_with_another_sensor() -> None:
    with peering(b"", later=OTHER) as port:
        assert sizes_heard(port) == [SIZE, OTHER]
