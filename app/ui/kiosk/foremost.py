"""Keeps a window over everything else on its monitor, with mouse and keyboard its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from app.ui.running import application

LOOK_MS = 400
FLAGS = (
    Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
)
# Where a grab is understood: a window manager's shortcuts do not get through one.
GRABBING = {"xcb"}


def screen_named(name: str | None) -> QScreen:
    """The monitor of that name, or the primary one."""
    screens = {screen.name(): screen for screen in QGuiApplication.screens()}
    return screens.get(name or "", QGuiApplication.primaryScreen())


class Foremost(QObject):
    """Looks again and again, as monitors come and go and other programs push to the front."""

    def __init__(self, window: QWidget, monitor: str | None) -> None:
        super().__init__(window)
        self._window = window
        self._monitor = monitor
        window.setWindowFlags(FLAGS)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.insist)

    @property
    def knows_monitor(self) -> bool:
        """Whether the monitor that was asked for is there."""
        return self._monitor is None or screen_named(self._monitor).name() == self._monitor

    def begin(self) -> None:
        """Show the window and keep it there."""
        self._place()
        self._window.showFullScreen()
        self._timer.start()
        for change in self._changes():
            change.connect(self._look_soon)

    def end(self) -> None:
        """Let go of mouse, keyboard and place."""
        self._timer.stop()
        for change in self._changes():
            change.disconnect(self._look_soon)
        self._grab(False)

    def insist(self) -> None:
        """Put right whatever is not as it should be."""
        window = self._window
        self._place()
        if not window.isVisible() or window.isMinimized() or not window.isFullScreen():
            window.showFullScreen()
        if not window.isActiveWindow():
            window.raise_()
            window.activateWindow()
        self._grab(True)

    def _changes(self) -> tuple[SignalInstance, ...]:
        """What Qt tells of monitors, and of programs that come to the front."""
        running = application()
        return (
            running.screenAdded, running.screenRemoved, running.primaryScreenChanged,
            running.applicationStateChanged,
        )  # fmt: skip

    def _look_soon(self, *_: object) -> None:
        if self._timer.isActive():
            QTimer.singleShot(0, self.insist)

    def _place(self) -> None:
        screen = screen_named(self._monitor)
        if self._window.screen() is not screen:
            self._window.setScreen(screen)
        if self._window.geometry() != screen.geometry():
            self._window.setGeometry(screen.geometry())

    def _grab(self, wanted: bool) -> None:
        handle = self._window.windowHandle()
        if handle is not None and QGuiApplication.platformName() in GRABBING:
            handle.setKeyboardGrabEnabled(wanted)
            handle.setMouseGrabEnabled(wanted)
