"""systemd's sd_notify: a word now and then over its datagram socket, if there is one."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping

VARIABLES = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
LONGEST_STATUS = 200


class Notifier:
    """Tells the service manager how it goes; without one, or when it has gone, nothing happens."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._period_s = _watchdog_period_s(environment) if self._address else None
        self._barked_s = float("-inf")
        self._is_ready = False
        self._status = ""

    def ready(self) -> None:
        """The kiosk is up; said once."""
        if not self._is_ready:
            self._is_ready = True
            self._send("READY=1")

    def stopping(self) -> None:
        self._send("STOPPING=1")

    def status(self, sentence: str) -> None:
        """One line for ``systemctl status``; the same again is not sent."""
        line = " ".join(sentence.split())[:LONGEST_STATUS]
        if line != self._status:
            self._status = line
            self._send(f"STATUS={line}")

    def watchdog(self, now_s: float) -> None:
        """The supervisor lives; sent as often as systemd wants to hear it."""
        if self._period_s is not None and now_s - self._barked_s >= self._period_s:
            self._barked_s = now_s
            self._send("WATCHDOG=1")

    def _send(self, state: str) -> None:
        if self._address is None:
            return
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as speaker,
        ):
            speaker.setblocking(False)
            speaker.sendto(state.encode(), self._address)


def _address(name: str) -> str | None:
    """A path, or after ``@`` a name in the kernel's own space, which begins with a zero byte."""
    if name.startswith("@") and len(name) > 1:
        return "\0" + name[1:]
    return name if name.startswith("/") else None


def _watchdog_period_s(environment: Mapping[str, str]) -> float | None:
    """Half of what the watchdog waits for, as systemd advises; none if it is not for us."""
    wait, whose = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    is_ours = whose in ("", str(os.getpid()))
    return int(wait) / 2e6 if is_ours and wait.isdigit() and int(wait) > 0 else None
