"""``serve`` and a listener, both as the real program, over the loopback interface."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import numpy as np
import pytest

from tests.commands.conftest import Type, left_then_right, port_of, start
from tests.commands.test_record import read_all


def test_what_is_served_arrives(type_in: Type, recording: Path, tmp_path: Path) -> None:
    server = start("serve", recording, "--port", "0")
    assert server.stderr is not None
    port = port_of(server.stderr.readline())
    out = tmp_path / "heard.aedat4"
    heard = type_in("record", f"network:127.0.0.1:{port}", out, "--seconds", "2")
    assert heard.exit_code == 0, heard.output
    assert server.wait(20) == 0
    told = server.stderr.read()
    assert "1 listening." in told
    assert "Sent 16,000 events, dropped 0." in told
    assert np.array_equal(read_all(out), left_then_right())


def test_recognize_listens(type_in: Type, side_network: None, recording: Path) -> None:
    server = start("serve", recording, "--port", "0", "--loop")
    assert server.stderr is not None
    port = port_of(server.stderr.readline())
    result = type_in("recognize", "--network", f"127.0.0.1:{port}", "--json", "--seconds", "1.5")
    server.send_signal(signal.SIGINT)
    assert server.wait(20) == 130
    assert "Traceback" not in server.stderr.read()
    assert result.exit_code == 0, result.output
    *decisions, summary = [json.loads(line) for line in result.stdout.splitlines()]
    times = [decision["t_us"] for decision in decisions]
    assert times == sorted(times)
    assert summary["gesture"] == "left"
    assert summary["decisions"]["right"] > 0


def test_a_taken_port_is_one_sentence(type_in: Type, recording: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = type_in("serve", recording, "--port", port)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in result.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--port", "70000"], "70000"),
        (["--port", "0", "--ip", "localhost"], "IP address"),
        ([], "--port"),
    ],
)
def test_bad_addresses(type_in: Type, recording: Path, words: list[str], expected: str) -> None:
    result = type_in("serve", recording, *words)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


def test_nobody_there_is_one_sentence(type_in: Type, side_network: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = type_in("recognize", "--network", f"127.0.0.1:{port}", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
