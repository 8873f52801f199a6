"""Event servers in processes of their own, to be frozen and killed."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np

from app.events import EventBatch
from tests.sources.making import in_batches, random_events

SERVED_EVENTS = 50_000


def served_events() -> np.ndarray:
    """What both servers send, in half a second of sensor time."""
    return random_events(SERVED_EVENTS, span_us=500_000)


@contextmanager
def serving(target: object, port: int = 0) -> Iterator[tuple[BaseProcess, int]]:
    """Run ``target(connection, port)`` in a process that tells its port once it listens."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, port), daemon=True)
    process.start()
    assert ours.poll(20), "the server did not start"
    try:
        yield process, ours.recv()
    finally:
        process.kill()
        process.join(5)


def run_own_server(connection: Connection, port: int) -> None:
    """Waits for a client that stays, then serves the events in a loop."""
    from app.events import Resolution
    from app.sources.devices.server import EventServer, serve_events
    from tests.sources.fakes import ScriptedSource

    def make() -> Iterator[EventBatch]:
        for events in in_batches(served_events(), 5000):
            yield EventBatch(events, time.monotonic())

    with EventServer("127.0.0.1", port, Resolution(128, 128), "served") as server:
        connection.send(server.port)
        _wait_for_one_that_stays(server)
        source = ScriptedSource(make, is_live=False)
        serve_events(source, server, loop=True, stopped=lambda: False)


def _wait_for_one_that_stays(server: object) -> None:
    """A probe hangs up as soon as it was greeted."""
    since_s = time.monotonic()
    while time.monotonic() - since_s < 0.1:
        server.tend(0.01)
        if not server.clients:
            since_s = time.monotonic()


def run_dv_server(connection: Connection, port: int) -> None:
    """dv-processing's own server, which sends everything once to the first client that stays."""
    import socket

    import dv_processing as dv

    from tests.sources.by_dv import to_store

    if port == 0:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
    stream = dv.io.Stream.EventStream(0, "events", "DVS128_0279", (128, 128))
    writer = dv.io.NetworkWriter("127.0.0.1", port, stream)
    stores = [to_store(events) for events in in_batches(served_events(), 1000)]
    connection.send(port)
    since_s = time.monotonic()
    while time.monotonic() - since_s < 0.3:
        time.sleep(0.01)
        if not writer.getClientCount():
            since_s = time.monotonic()
    for store in stores:
        writer.writeEvents(store)
        time.sleep(0.002)
    connection.poll(None)  # to delete the writer would dead-lock


def run_server_without_size(connection: Connection, port: int, silent: bool = False) -> None:
    """Greets without telling the sensor's size, and sends everything to whoever comes."""
    import socket

    from app.sources.formats.aedat4_encoding import event_packet
    from tests.sources.aedat4_making import Kind, description, header

    with socket.create_server(("127.0.0.1", port)) as listener:
        connection.send(listener.getsockname()[1])
        while True:
            client, _ = listener.accept()
            client.sendall(header(description([Kind(0, size=None)])))
            try:
                for events in [] if silent else in_batches(served_events(), 1000):
                    client.sendall(event_packet(events))
            except OSError:
                continue  # the probe only listens to the greeting
            connection.send(client.fileno())
            _kept.append(client)


_kept: list[object] = []


def run_silent_server_without_size(connection: Connection, port: int) -> None:
    run_server_without_size(connection, port, silent=True)
