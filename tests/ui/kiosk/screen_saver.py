"""A screen saver on a session bus: ``python -m tests.ui.kiosk.screen_saver``.

Prints a line when it serves, when it is asked to keep awake, and when anybody leaves the bus.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection

SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


@ClassInfo({"D-Bus Interface": SERVICE})
class ScreenSaver(QObject):
    @Slot(str, str, result="uint")
    def Inhibit(self, program: str, reason: str) -> int:  # noqa: N802
        say(f"inhibited by {program}: {reason}")
        return 7


def say_who_left(name: str, before: str, after: str) -> None:
    if before and not after:
        say("somebody left")


if __name__ == "__main__":
    application = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    saver = ScreenSaver()
    bus.registerObject(PATH, SERVICE, saver, QDBusConnection.RegisterOption.ExportAllContents)
    bus.registerService(SERVICE)
    bus.interface().serviceOwnerChanged.connect(say_who_left)
    say("serving")
    application.exec()
