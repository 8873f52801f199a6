from __future__ import annotations

import os
import socket
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.booth.notify import Notifier

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix sockets")


class Manager:
    """systemd's end of the socket."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.setblocking(False)

    def heard(self) -> list[str]:
        words = []
        while True:
            try:
                words.append(self.socket.recv(4096).decode())
            except BlockingIOError:
                return words


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    made = Manager(str(tmp_path / "notify"))
    yield made
    made.socket.close()


def notifier(manager: Manager, **environment: str) -> Notifier:
    return Notifier({"NOTIFY_SOCKET": manager.socket.getsockname(), **environment})


def test_each_word_is_said_once(manager: Manager) -> None:
    speaker = notifier(manager)
    for _ in range(2):
        speaker.ready()
        speaker.status("3 visitors\nREADY=1")
    speaker.status("4 visitors")
    speaker.stopping()
    assert manager.heard() == [
        "READY=1", "STATUS=3 visitors READY=1", "STATUS=4 visitors", "STOPPING=1",
    ]  # fmt: skip


def test_the_watchdog_hears_of_us_twice_in_its_time(manager: Manager) -> None:
    speaker = notifier(manager, WATCHDOG_USEC="30000000", WATCHDOG_PID=str(os.getpid()))
    for now_s in range(61):
        speaker.watchdog(float(now_s))
    assert manager.heard() == ["WATCHDOG=1"] * 5


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "9", "WATCHDOG_PID": "1"}],
)
def test_no_watchdog_for_us(manager: Manager, environment: dict[str, str]) -> None:
    notifier(manager, **environment).watchdog(0.0)
    assert manager.heard() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own name space")
def test_an_abstract_socket() -> None:
    name = f"spikehand-{uuid.uuid4()}"
    manager = Manager(f"\0{name}")
    Notifier({"NOTIFY_SOCKET": f"@{name}"}).ready()
    assert manager.heard() == ["READY=1"]
    manager.socket.close()


@pytest.mark.parametrize("address", ["", "@", "nonsense", "/nowhere/at/all", "vsock:2:1"])
def test_where_nobody_listens_nothing_happens(address: str) -> None:
    speaker = Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000"})
    speaker.ready()
    speaker.watchdog(0.0)
    speaker.stopping()


def test_a_manager_that_does_not_read_does_not_hold_us_up(manager: Manager) -> None:
    speaker = notifier(manager)
    for number in range(5000):
        speaker.status(str(number))
    assert len(manager.heard()) < 5000
