from __future__ import annotations

from pathlib import Path

import pytest

from app.pipeline.systems import system_at
from tests.recognition.streams import CountingNetwork


def test_a_loaded_network_has_run_once_and_is_as_new(monkeypatch: pytest.MonkeyPatch) -> None:
    network = CountingNetwork()
    monkeypatch.setattr("models.live.open_network", lambda path, **words: network)
    assert system_at(Path("some.safetensors")).load() is network
    assert network.calls == [("run", 1), ("reset", 0)]
