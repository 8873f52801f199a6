from __future__ import annotations

import pytest

from app.sources.address import check_address, named_source, parse_address
from app.sources.contract import (
    CameraSpec,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceError,
    SourceSpec,
)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("127.0.0.1:7777", NetworkSpec("127.0.0.1", 7777)),
        ("  10.0.0.5:1 ", NetworkSpec("10.0.0.5", 1)),
        ("[::1]:65535", NetworkSpec("::1", 65535)),
    ],
)
def test_good_addresses(text: str, spec: NetworkSpec) -> None:
    assert parse_address(text) == spec


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "expected an IP address and a port such as .*, got nothing"),
        ("127.0.0.1", "expected an IP address and a port such as .*, got '127.0.0.1'"),
        (":7777", "expected an IP address and a port such as .*, got ':7777'"),
        ("localhost:7777", "expected an IP address such as .*, got 'localhost'"),
        ("127.0.0.256:7777", "expected an IP address such as .*, got '127.0.0.256'"),
        ("127.0.0.1:", "expected a port within 1..65535, got ''"),
        ("127.0.0.1:0", "expected a port within 1..65535, got 0"),
        ("127.0.0.1:65536", "expected a port within 1..65535, got 65536"),
        ("127.0.0.1:٧٧", "expected a port within 1..65535, got '٧٧'"),
    ],
)
def test_bad_addresses_get_a_sentence(text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        parse_address(text)


@pytest.mark.parametrize(("given", "taken"), [("127.0.0.1", "127.0.0.1"), ("0:0::1", "::1")])
def test_ip_literals_are_taken(given: str, taken: str) -> None:
    assert check_address(given, 65535) == taken


@pytest.mark.parametrize("ip", ["localhost", "dv.example.org", "", "127.0.0", "127.0.0.1:7777"])
def test_names_are_refused(ip: str) -> None:
    with pytest.raises(SourceError, match="expected an IP address"):
        check_address(ip, 7777)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_ports_out_of_range_are_refused(port: int) -> None:
    with pytest.raises(SourceError, match=r"expected a port within 1\.\.65535"):
        check_address("127.0.0.1", port)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("camera", CameraSpec()),
        ("camera:00000499", CameraSpec("00000499")),
        ("network:127.0.0.1:7777", NetworkSpec("127.0.0.1", 7777)),
        ("performer", PerformerSpec()),
        ("performer:arm_roll", PerformerSpec("arm_roll")),
        ("a/recording.aedat4", FileSpec("a/recording.aedat4")),
    ],
)
def test_every_source_has_a_name(text: str, spec: SourceSpec) -> None:
    assert named_source(text) == spec


def test_a_network_without_an_address_gets_a_sentence() -> None:
    with pytest.raises(SourceError, match="expected an IP address and a port"):
        named_source("network")
