"""Sources as people name them; an event server by IP literal and port, never by a name."""

from __future__ import annotations

import ipaddress
import os
import sys
from urllib.parse import unquote_to_bytes, urlsplit

from app.sources.contract import (
    CameraSpec,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceError,
    SourceSpec,
)

EXAMPLE = "127.0.0.1:7777"


def check_address(ip: str, port: int) -> str:
    """The IP address as dv-processing takes it.

    Raises:
        SourceError: ``ip`` is no IP literal, or the port not within 1..65535.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError as error:
        raise SourceError(f"expected an IP address such as 127.0.0.1, got {ip!r}") from error
    if not 1 <= port <= 65535:
        raise SourceError(f"expected a port within 1..65535, got {port}")
    return str(address)


def path_of_url(url: str) -> str:
    """The path in a ``file://`` URL, as file managers hand it over; it need not be UTF-8."""
    path = urlsplit(url).path
    if sys.platform == "win32":
        from urllib.request import url2pathname

        return url2pathname(path)
    return os.fsdecode(unquote_to_bytes(path))


def parse_address(text: str) -> NetworkSpec:
    """``127.0.0.1:7777`` or ``[::1]:7777``, as people type it.

    Raises:
        SourceError: one sentence that says what is missing or wrong.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host:
        got = f"got {text!r}" if text.strip() else "got nothing"
        raise SourceError(f"expected an IP address and a port such as {EXAMPLE}, {got}")
    if not (port.isascii() and port.isdigit()):
        raise SourceError(f"expected a port within 1..65535, got {port!r}")
    return NetworkSpec(check_address(host.strip("[]"), int(port)), int(port))


def named_source(text: str) -> SourceSpec:
    """A source in one word: ``camera[:SERIAL]``, ``network:IP:PORT``, ``performer[:GESTURE]``
    or a path.

    Raises:
        SourceError: the address is malformed.
    """
    kind, _, rest = text.partition(":")
    if kind == "camera":
        return CameraSpec(rest or None)
    if kind == "network":
        return parse_address(rest)
    if kind == "performer":
        return PerformerSpec(rest or None)
    return FileSpec(text)
