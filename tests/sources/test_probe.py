from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from app.sources.contract import SourceError
from app.sources.devices import probe
from app.sources.devices.probe import ServerProbe


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(2)
        yield server


def outcome(attempt: ServerProbe) -> bool:
    deadline_s = time.monotonic() + 3
    while time.monotonic() < deadline_s:
        if attempt.poll(0.02):
            return True
    return False


def greeted_with(listener: socket.socket, *pieces: bytes) -> bool:
    attempt = ServerProbe("127.0.0.1", listener.getsockname()[1])
    connection, _ = listener.accept()
    with connection:
        for piece in pieces:
            connection.sendall(piece)
            if attempt.poll(0.01):
                return True
        return outcome(attempt)


def test_a_greeting_is_recognised(listener: socket.socket) -> None:
    assert greeted_with(listener, b"\xd4\x02\0\0\x18\0\0\0IOHE and more")


def test_a_greeting_in_pieces_is_recognised(listener: socket.socket) -> None:
    assert greeted_with(listener, b"\xd4\x02\0\0\x18", b"\0\0\0I", b"OHE")


def test_another_kind_of_server(listener: socket.socket) -> None:
    with pytest.raises(SourceError, match="is not an event server"):
        greeted_with(listener, b"HTTP/1.1 400 Bad Request\r\n")


def test_a_silent_server(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "PATIENCE_S", 0.2)
    began_s = time.monotonic()
    with pytest.raises(SourceError, match="does not answer"):
        greeted_with(listener)
    assert time.monotonic() - began_s < 2


def test_a_server_that_hangs_up(listener: socket.socket) -> None:
    attempt = ServerProbe("127.0.0.1", listener.getsockname()[1])
    listener.accept()[0].close()
    with pytest.raises(SourceError, match="hung up before it said anything"):
        outcome(attempt)


def test_nobody_there(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(SourceError, match=f"127.0.0.1:{port} cannot be reached: .*refused"):
        outcome(ServerProbe("127.0.0.1", port))


def test_a_malformed_address_is_refused_before_anything_is_tried() -> None:
    with pytest.raises(SourceError, match="expected an IP address"):
        ServerProbe("localhost", 7777)
