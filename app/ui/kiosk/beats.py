"""The kiosk's line to its supervisor: beats and news on stdout, a welcome on stdin."""

from __future__ import annotations

import os
import stat
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from app.booth.messages import LONGEST_LINE, Beat, Message, Welcome, decode, encode

BEAT_PERIOD_S = 0.2
CHUNK = 4096


def take_over_stdout() -> int:
    """The pipe that stdout was; what anybody prints from here on goes to stderr."""
    sys.stdout.flush()
    ours = os.dup(1)
    os.dup2(2, 1)
    # A supervisor that is stopped must not stop the window; a terminal is shared with a shell.
    if stat.S_ISFIFO(os.fstat(ours).st_mode):
        os.set_blocking(ours, False)
    return ours


class Beats(QObject):
    """``ended`` says, once, that the supervisor has gone. Closes ``writing`` at its end."""

    ended = Signal()
    welcomed = Signal(object)

    def __init__(self, reading: int, writing: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = reading, writing
        self._last_s = float("-inf")
        self._has_ended = False
        self._rest = b""
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def beat(self, beat: Beat, now_s: float) -> None:
        """Send a sign of life, unless one was sent just now."""
        if now_s - self._last_s >= BEAT_PERIOD_S:
            self._last_s = now_s
            self.send(beat)

    def send(self, message: Message) -> None:
        """Send a message; it is lost if the supervisor has stopped reading long ago."""
        if self._has_ended:
            return
        try:
            os.write(self._writing, encode(message))  # one line is whole or not at all: PIPE_BUF
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._end()

    def close(self) -> None:
        """Neither read nor write any more."""
        self._has_ended = True
        self._notifier.setEnabled(False)
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1

    def _read(self) -> None:
        chunk = os.read(self._reading, CHUNK)
        if not chunk:
            self._end()
            return
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._rest = self._rest[-LONGEST_LINE:]
        for line in lines:
            message = decode(line)
            if isinstance(message, Welcome):
                self.welcomed.emit(message)

    def _end(self) -> None:
        self._notifier.setEnabled(False)
        if not self._has_ended:
            self._has_ended = True
            self.ended.emit()
