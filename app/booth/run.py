"""One run of the kiosk: its process, and the three pipes to it."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
from collections.abc import Callable, Mapping
from typing import IO

from app.booth.leftovers import make_scratch, remove_scratch
from app.booth.lines import Lines
from app.booth.messages import Message, Welcome, decode, encode
from app.booth.run_log import RunLog
from app.booth.tree import die_with_parent

_PIECE = 65536
_LAST_PIECES = 64
_QUOTED = 200


class Run:
    """Starts at once. What it says comes out of ``on_message`` while ``selector`` is served.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(
        self,
        command: tuple[str, ...],
        environment: Mapping[str, str],
        welcome: Welcome,
        log: RunLog,
        selector: selectors.BaseSelector,
        on_message: Callable[[Message], None],
    ) -> None:
        self.last_words = ""  # the last line of its stderr
        self._log = log
        self._selector = selector
        self._on_message = on_message
        self._scratch = make_scratch()
        scratch = {} if self._scratch is None else {"TMPDIR": self._scratch}
        try:
            self._process = _start(command, {**environment, **scratch})
        except OSError:
            remove_scratch(self._scratch)
            raise
        self.pid = self._process.pid
        self._readers = {
            _pipe(self._process.stdout): (Lines(), self._hear),
            _pipe(self._process.stderr): (Lines(_PIECE), self._keep),
        }
        for pipe in self._readers:
            os.set_blocking(pipe, False)
            selector.register(pipe, selectors.EVENT_READ, lambda pipe=pipe: self._read(pipe))
        with contextlib.suppress(OSError):  # it has ended already
            os.write(_pipe(self._process.stdin), encode(welcome))

    def signal(self, number: int) -> None:
        """Pass a signal on. Only while its end has not been told of, as others get its number."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def finish(self) -> None:
        """After it has ended, and all below it: take what it still said, and clean up."""
        self._process.returncode = 0  # it has been waited for elsewhere
        for pipe in list(self._readers):
            for _ in range(_LAST_PIECES):
                if not self._read(pipe):
                    break
            self._forget(pipe)
        for file in (self._process.stdin, self._process.stdout, self._process.stderr):
            if file is not None:
                with contextlib.suppress(OSError):
                    file.close()
        remove_scratch(self._scratch)

    def _read(self, pipe: int) -> bool:
        """Take one piece; false if there is none now, or will be none any more."""
        if pipe not in self._readers:
            return False
        try:
            piece = os.read(pipe, _PIECE)
        except BlockingIOError:
            return False
        if not piece:
            self._forget(pipe)
            return False
        lines, take = self._readers[pipe]
        for line in lines.feed(piece):
            take(line)
        return True

    def _forget(self, pipe: int) -> None:
        if self._readers.pop(pipe, None) is not None:
            self._selector.unregister(pipe)

    def _hear(self, line: bytes) -> None:
        message = decode(line)
        if message is not None:
            self._on_message(message)

    def _keep(self, line: bytes) -> None:
        self._log.write(line)
        if text := line.decode(errors="replace").strip():
            self.last_words = text[:_QUOTED]


def _start(command: tuple[str, ...], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=environment,
        start_new_session=True,  # Ctrl+C in a terminal is for us, who pass it on
        preexec_fn=die_with_parent,
    )


def _pipe(file: IO[bytes] | None) -> int:
    assert file is not None
    return file.fileno()
