"""Looks, with a plain socket, whether an event server is at an address.

dv-processing's NetworkReader waits for ever on a peer that accepts and then says nothing. An event
server sends its header at once, with ``IOHE`` at byte 8.
"""

from __future__ import annotations

import select
import socket
import time

from app.sources.address import check_address
from app.sources.contract import SourceError

_MARK = b"IOHE"
_MARK_AT = 8
_GREETING_BYTES = _MARK_AT + len(_MARK)
PATIENCE_S = 1.5


class ServerProbe:
    """One attempt to hear a server's greeting; never blocks longer than it is asked to.

    Raises:
        SourceError: the address is malformed.
    """

    def __init__(self, ip: str, port: int) -> None:
        self._ip = check_address(ip, port)
        self._port = port
        self._heard = b""
        self._deadline_s = time.monotonic() + PATIENCE_S
        family = socket.AF_INET6 if ":" in self._ip else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.connect_ex((self._ip, port))

    def poll(self, timeout_s: float) -> bool:
        """Whether the server has greeted by now; the probe has hung up then.

        Raises:
            SourceError: nobody is there, or somebody who is not an event server.
        """
        readable, _, _ = select.select([self._socket], [], [], timeout_s)
        if readable:
            self._receive()
        elif time.monotonic() > self._deadline_s:
            self._refuse("does not answer")
        if len(self._heard) < _GREETING_BYTES:
            return False
        if self._heard[_MARK_AT:_GREETING_BYTES] != _MARK:
            self._refuse("is not an event server")
        self.close()
        return True

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> None:
        try:
            piece = self._socket.recv(_GREETING_BYTES - len(self._heard))
        except BlockingIOError:
            return
        except OSError as error:
            self._refuse(f"cannot be reached: {error.strerror}")
        if not piece:
            self._refuse("hung up before it said anything")
        self._heard += piece

    def _refuse(self, reason: str) -> None:
        self.close()
        raise SourceError(f"the event server {self._ip}:{self._port} {reason}")
