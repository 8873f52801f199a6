"""The address of an event server as people type it."""

from __future__ import annotations

import ipaddress

from app.sources.contract import NetworkSpec


def parse_address(text: str) -> NetworkSpec:
    """``127.0.0.1:7777`` or ``[::1]:7777``.

    Raises:
        ValueError: one sentence that says what is missing or wrong.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host:
        raise ValueError("Type an IP address and a port, such as 127.0.0.1:7777.")
    try:
        ip = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        raise ValueError(
            f"“{host}” is not an IP address; the name of a computer does not work here."
        ) from None
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise ValueError(f"The port must be a number from 1 to 65535, got “{port}”.")
    return NetworkSpec(str(ip), int(port))
