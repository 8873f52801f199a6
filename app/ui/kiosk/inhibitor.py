"""Keeps the screen awake: asks the desktop over D-Bus neither to blank nor to lock it."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage, QDBusPendingCallWatcher

log = logging.getLogger(__name__)

PROGRAM, REASON = "Spikehand", "The booth is on show"
ANSWER_MS = 5000
CONNECTION = "spikehand-inhibitor"


@dataclass(frozen=True, slots=True)
class Service:
    """Who is asked ``Inhibit(program, reason)``."""

    name: str
    path: str
    interface: str


# GNOME answers to the first name, too; its own org.gnome.SessionManager wants unsigned numbers,
# which PySide cannot put into a message.
SERVICES = (
    Service(
        "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"
    ),
    Service(
        "org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
)  # fmt: skip


def has_session_bus() -> bool:
    """Whether there is one to connect to; asking for one that is not might start it."""
    if "DBUS_SESSION_BUS_ADDRESS" in os.environ:
        return bool(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return runtime is not None and (Path(runtime) / "bus").exists()


class Inhibitor(QObject):
    """Asks every service that keeps screens awake, and says once in the log if none does.

    A service forgets the wish as soon as who uttered it leaves the bus, by ``release`` or by a
    crash.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.granted: list[str] = []
        self._bus: QDBusConnection | None = None
        self._waiting: list[QDBusPendingCallWatcher] = []
        if not has_session_bus():
            self._say_that_none_does("there is no session bus")
            return
        self._bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, CONNECTION)
        if not self._bus.isConnected():
            self._say_that_none_does(self._bus.lastError().message())
            return
        for service in SERVICES:
            self._ask(service)

    def release(self) -> None:
        """Let the screen blank again."""
        self._waiting.clear()
        self.granted.clear()
        if self._bus is not None:
            self._bus = None
            QDBusConnection.disconnectFromBus(CONNECTION)

    def _ask(self, service: Service) -> None:
        assert self._bus is not None
        call = QDBusMessage.createMethodCall(
            service.name, service.path, service.interface, "Inhibit"
        )
        call.setArguments([PROGRAM, REASON])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call, ANSWER_MS), self)
        self._waiting.append(watcher)
        watcher.finished.connect(lambda _: self._hear(service, watcher))

    def _hear(self, service: Service, watcher: QDBusPendingCallWatcher) -> None:
        if watcher not in self._waiting:
            return  # released meanwhile
        self._waiting.remove(watcher)
        error: QDBusError = watcher.error()
        if watcher.isError():
            log.info("%s does not keep the screen awake: %s", service.name, error.message())
        else:
            self.granted.append(service.name)
        if not self._waiting and not self.granted:
            self._say_that_none_does("no service on the session bus offers it")

    @staticmethod
    def _say_that_none_does(why: str) -> None:
        log.warning("nothing keeps the screen from blanking: %s", why)
