from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dv_processing as dv
import numpy as np
import pytest

from app.events import EVENT_DTYPE, EventBatch, Resolution
from app.sources.contract import SourceError
from app.sources.devices.server import EventServer, serve_events
from app.sources.dv_bridge import to_numpy
from app.sources.formats.aedat4_encoding import event_packet, io_header
from tests.sources.fakes import ScriptedSource
from tests.sources.making import events_of, in_batches, random_events

SIZE = Resolution(128, 128)
LIMIT_S = 5.0


@pytest.fixture
def server() -> Iterator[EventServer]:
    with EventServer("127.0.0.1", 0, SIZE, "test") as listening:
        yield listening


def connected(server: EventServer) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_S)
    before = server.clients
    tend_until(server, lambda: server.clients > before)
    return client


def tend_until(server: EventServer, done: Callable[[], bool]) -> None:
    end_s = time.monotonic() + LIMIT_S
    while not done():
        assert time.monotonic() < end_s, "waited in vain"
        server.tend(0.01)


def recording(*batches: np.ndarray) -> ScriptedSource:
    def make() -> Iterator[EventBatch]:
        for events in batches:
            yield EventBatch(events, time.monotonic())

    return ScriptedSource(make, is_live=False)


def test_the_bytes_are_an_aedat4_file_that_dv_reads(tmp_path: Path) -> None:
    events = random_events(3000, start_us=1_700_000_000_000_000)
    packets = [event_packet(part) for part in in_batches(events, 1000)]
    path = tmp_path / "own.aedat4"
    path.write_bytes(b"#!AER-DAT4.0\r\n" + io_header(SIZE, "a<b&c") + b"".join(packets))
    recorded = dv.io.MonoCameraRecording(str(path))
    assert recorded.getEventResolution() == (128, 128)
    assert recorded.getCameraName() == "a<b&c"
    stores = iter(recorded.getNextEventBatch, None)
    assert np.array_equal(np.concatenate([to_numpy(store) for store in stores]), events)


def test_a_packet_by_hand() -> None:
    packet = event_packet(events_of((1, 2, 3, 1)))
    assert packet.hex(" ", 4) == (
        "00000000 30000000 2c000000 10000000 45565453 00000600 08000400 06000000 "
        "04000000 01000000 01000000 00000000 02000300 01000000"
    )


def test_no_stray_memory_is_sent() -> None:
    events = np.full(2 * EVENT_DTYPE.itemsize, 0xAB, np.uint8).view(EVENT_DTYPE)
    packet = event_packet(events)
    assert packet[-3:] == bytes(3)
    assert packet[-19:-16] == bytes(3)


def test_a_client_gets_the_greeting_and_every_event(server: EventServer) -> None:
    client = connected(server)
    events = random_events(4000)
    for part in in_batches(events, 500):
        server.send(part)
    tend_until(server, lambda: server.waiting_bytes == 0)
    heard = b""
    expected = io_header(SIZE, "test") + b"".join(map(event_packet, in_batches(events, 500)))
    while len(heard) < len(expected):
        heard += client.recv(1 << 20)
    assert heard == expected
    assert server.sent_events == 4000
    assert server.dropped_events == 0


def test_a_client_that_fetches_nothing_costs_no_memory(server: EventServer) -> None:
    client = connected(server)
    events = random_events(20_000)
    for _ in range(200):  # 64 MB
        server.send(events)
        server.tend(0.0)
    waiting = server.waiting_bytes
    assert waiting <= 8 << 20
    assert server.dropped_events > 2_000_000
    assert server.sent_events + server.dropped_events == 200 * 20_000
    assert server.clients == 1
    client.close()


def test_a_slow_client_does_not_hinder_another(server: EventServer) -> None:
    slow, quick = connected(server), connected(server)
    events = random_events(20_000)
    received = 0
    quick.setblocking(False)
    end_s = time.monotonic() + LIMIT_S
    while received < 30_000_000 and time.monotonic() < end_s:
        if server.waiting_bytes < 12 << 20:
            server.send(events)
        server.tend(0.0)
        with contextlib.suppress(BlockingIOError):
            received += len(quick.recv(1 << 20))
    assert received >= 30_000_000
    assert server.dropped_events > 0
    slow.close()


def test_clients_that_leave_are_forgotten(server: EventServer) -> None:
    client = connected(server)
    client.close()
    tend_until(server, lambda: server.clients == 0)
    server.send(random_events(10))
    assert server.sent_events == 0


def test_no_more_than_ten_clients(server: EventServer) -> None:
    clients = [connected(server) for _ in range(10)]
    with socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_S) as one_more:
        for _ in range(5):
            server.tend(0.01)
        assert one_more.recv(10) == b""
    assert server.clients == 10
    for client in clients:
        client.close()


def test_a_port_in_use(server: EventServer) -> None:
    with pytest.raises(SourceError, match=r"cannot serve at 127\.0\.0\.1:\d+: Address already"):
        EventServer("127.0.0.1", server.port, SIZE, "second")


@pytest.mark.parametrize(("ip", "port"), [("localhost", 7777), ("127.0.0.1", 70_000)])
def test_malformed_addresses(ip: str, port: int) -> None:
    with pytest.raises(SourceError, match="expected"):
        EventServer(ip, port, SIZE, "test")


class Listening:
    """Stands in for a server and remembers what it was given, and when."""

    def __init__(self) -> None:
        self.sent: list[np.ndarray] = []
        self.sent_s: list[float] = []
        self.waiting_bytes = 0

    def send(self, events: np.ndarray) -> None:
        self.sent.append(events)
        self.sent_s.append(time.monotonic())

    def tend(self, timeout_s: float) -> None:
        time.sleep(timeout_s)


def test_events_are_sent_at_their_own_pace() -> None:
    events = random_events(1000, span_us=200_000, start_us=80_000_000)
    listening = Listening()
    serve_events(recording(events), listening, loop=False, stopped=lambda: False)
    assert np.array_equal(np.concatenate(listening.sent), events)
    assert 35 <= len(listening.sent) <= 41  # every 5 ms
    elapsed_s = listening.sent_s[-1] - listening.sent_s[0]
    assert elapsed_s >= 0.19


def test_the_last_packet_is_given_time_to_be_read() -> None:
    listening = Listening()
    serve_events(
        recording(random_events(10, span_us=100)), listening, loop=False, stopped=lambda: False
    )
    assert time.monotonic() - listening.sent_s[-1] >= 0.2


def test_in_a_loop_the_time_goes_on_growing() -> None:
    events = random_events(100, span_us=20_000)
    listening = Listening()
    serve_events(recording(events), listening, loop=True, stopped=lambda: len(listening.sent) >= 20)
    times = np.concatenate(listening.sent)["t"]
    assert len(times) > 300
    assert (np.diff(times) >= 0).all()
    first, second = times[:100], times[100:200]
    assert np.array_equal(second - second[0], first - first[0])
    assert second[0] == first[-1] + 1


def test_stopping_during_a_long_silence() -> None:
    events = events_of((0, 1, 1, 1), (3_600_000_000, 1, 1, 1))
    began_s = time.monotonic()
    serve_events(
        recording(events), Listening(), loop=False, stopped=lambda: time.monotonic() > began_s + 0.2
    )
    assert time.monotonic() - began_s < 1
