from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.sources.contract import NetworkSpec, SourceError
from app.sources.devices.live import LiveSource
from app.sources.devices.network import NetworkConnector, open_network
from app.sources.hosting.host import HostedSource
from tests.sources.serving import (
    SERVED_EVENTS,
    run_dv_server,
    run_own_server,
    run_server_without_size,
    run_silent_server_without_size,
    served_events,
    serving,
)

LIMIT_S = 10.0


def until(batches: Iterator[EventBatch], events: int) -> list[EventBatch]:
    """Batches until so many events have come."""
    end_s = time.monotonic() + LIMIT_S
    taken: list[EventBatch] = []
    while sum(len(batch.events) for batch in taken) < events:
        assert time.monotonic() < end_s, "the events did not come"
        taken.append(next(batches))
    return taken


def joined(batches: list[EventBatch]) -> np.ndarray:
    return np.concatenate([batch.events for batch in batches])


def test_dvs_own_server_is_heard_in_full() -> None:
    with (
        serving(run_dv_server) as (_, port),
        open_network(NetworkSpec("127.0.0.1", port)) as source,
    ):
        assert source.info.resolution == Resolution(128, 128)
        assert source.info.is_live
        assert source.info.name == f"127.0.0.1:{port}"
        events = joined(until(source.batches(), SERVED_EVENTS))
        assert np.array_equal(events, served_events())


def test_a_server_that_tells_no_size_is_judged_by_its_events() -> None:
    with (
        serving(run_server_without_size) as (_, port),
        HostedSource(NetworkSpec("127.0.0.1", port)) as source,
    ):
        assert source.info.resolution == Resolution(128, 128)
        events = joined(until(source.batches(), SERVED_EVENTS))
        assert np.array_equal(events, served_events())


def test_a_server_that_tells_no_size_and_sends_nothing() -> None:
    with serving(run_silent_server_without_size) as (_, port):
        with pytest.raises(SourceError, match="does not say how large its sensor is, and sends no"):
            HostedSource(NetworkSpec("127.0.0.1", port)).open()
        with HostedSource(NetworkSpec("127.0.0.1", port, sensor="346x260")) as source:
            assert source.info.resolution == Resolution(346, 260)


def test_our_own_server_is_heard_without_a_gap() -> None:
    with (
        serving(run_own_server) as (_, port),
        open_network(NetworkSpec("127.0.0.1", port)) as source,
    ):
        batches = until(source.batches(), 2 * SERVED_EVENTS)
        times = joined(batches)["t"]
        assert (np.diff(times) >= 0).all()
        assert not any(batch.restarted for batch in batches)
        # From wherever we joined, the loop comes back to the same event after one round.
        assert (
            times[SERVED_EVENTS] - times[0]
            == served_events()["t"][-1] + 1 - served_events()["t"][0]
        )


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_frozen_server_means_silence_and_a_note() -> None:
    with (
        serving(run_own_server) as (process, port),
        open_network(NetworkSpec("127.0.0.1", port)) as source,
    ):
        batches = source.batches()
        until(batches, 1000)
        os.kill(process.pid, signal.SIGSTOP)
        frozen_s = time.monotonic()
        while time.monotonic() - frozen_s < 2.5:
            assert not next(batches).restarted
        assert source.info.note == f"127.0.0.1:{port} has sent no events for 2 s"
        os.kill(process.pid, signal.SIGCONT)
        assert not any(batch.restarted for batch in until(batches, 1000))
        assert source.info.note is None


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_server_that_stays_frozen_is_connected_to_again() -> None:
    """As one that vanished without a goodbye, whose connection would live on for ever."""
    with serving(run_own_server) as (process, port):
        connector = NetworkConnector(NetworkSpec("127.0.0.1", port))
        with LiveSource(connector, reopen_after_s=0.3) as source:
            batches = source.batches()
            until(batches, 1000)
            os.kill(process.pid, signal.SIGSTOP)
            end_s = time.monotonic() + LIMIT_S
            while "does not answer" not in (source.info.note or ""):
                assert time.monotonic() < end_s
                next(batches)
            os.kill(process.pid, signal.SIGCONT)
            heard = until(batches, 1000)
            assert any(batch.restarted for batch in heard)
            assert source.info.note is None


def test_a_server_that_vanished_is_found_again() -> None:
    with serving(run_own_server) as (process, port), ExitStack() as stack:
        source = stack.enter_context(HostedSource(NetworkSpec("127.0.0.1", port)))
        batches = source.batches()
        until(batches, 1000)
        process.kill()
        end_s = time.monotonic() + LIMIT_S
        while source.info.note is None and time.monotonic() < end_s:
            next(batches)
        assert source.info.note is not None
        assert "127.0.0.1" in source.info.note
        stack.enter_context(serving(run_own_server, port))
        batch = next(b for b in batches if b.restarted or time.monotonic() > end_s)
        assert batch.restarted
        assert batch.gap_us > 0
        assert not any(b.restarted for b in until(batches, 1000))


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (
            NetworkSpec("localhost", 7777),
            "expected an IP address such as 127.0.0.1, got 'localhost'",
        ),
        (NetworkSpec("127.0.0.1", 0), "expected a port within 1..65535, got 0"),
    ],
)
def test_malformed_addresses(spec: NetworkSpec, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_network(spec)
    assert str(caught.value) == sentence


def test_a_server_that_never_was_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be reached"):
        open_network(NetworkSpec("127.0.0.1", port))


def test_a_peer_that_only_greets_is_given_up_in_time() -> None:
    """dv-processing waits for ever for the rest of such a greeting: the child is killed."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
        peer = pool.submit(greet_only, listener)
        spec = NetworkSpec("127.0.0.1", listener.getsockname()[1])
        with pytest.raises(SourceError, match="cannot be opened: its reader did not answer"):
            HostedSource(spec).open()
        for connection in peer.result(LIMIT_S):
            connection.close()


def greet_only(listener: socket.socket) -> list[socket.socket]:
    """Say the first twelve bytes of a greeting to the probe and to the reader after it."""
    connections = []
    for _ in range(2):
        connection, _ = listener.accept()
        connection.sendall(b"\xd4\x02\0\0\x18\0\0\0IOHE")
        connections.append(connection)
    return connections
