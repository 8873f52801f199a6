from __future__ import annotations

import pytest

from app.sources.contract import NetworkSpec
from app.ui.address import parse_address


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
        ("", "Type an IP address"),
        ("127.0.0.1", "Type an IP address"),
        (":7777", "Type an IP address"),
        ("localhost:7777", "“localhost” is not an IP address"),
        ("127.0.0.256:7777", "“127.0.0.256” is not an IP address"),
        ("127.0.0.1:", "The port must be a number"),
        ("127.0.0.1:0", "The port must be a number"),
        ("127.0.0.1:65536", "The port must be a number"),
        ("127.0.0.1:٧٧", "The port must be a number"),
    ],
)
def test_bad_addresses_get_a_sentence(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_address(text)
