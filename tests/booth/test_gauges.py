from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from app.booth.gauges import LOOKS_TOO_HIGH, MEMORY_EVERY_S, Gauges, temperature_c


class Machine:
    def __init__(self) -> None:
        self.used_mb = 100.0
        self.looks = 0
        self.gauges = Gauges(1500, self._measure, lambda: 41.5)
        self.now_s = 0.0

    def _measure(self) -> float:
        self.looks += 1
        return self.used_mb

    def pass_time(self, seconds: float) -> str | None:
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s += 0.5
            if (reason := self.gauges.look(self.now_s)) is not None:
                return reason
        return None


def test_memory_is_measured_now_and_then() -> None:
    machine = Machine()
    assert machine.pass_time(10 * MEMORY_EVERY_S) is None
    assert machine.looks == 10
    assert (machine.gauges.memory_mb, machine.gauges.temperature_c) == (100, 41.5)


def test_too_much_memory_for_a_moment_is_none_of_our_business() -> None:
    machine = Machine()
    for _ in range(5):
        machine.used_mb = 1600.4
        assert machine.pass_time((LOOKS_TOO_HIGH - 1) * MEMORY_EVERY_S) is None
        machine.used_mb = 1400.0
        assert machine.pass_time(MEMORY_EVERY_S) is None
    machine.used_mb = 1600.4
    reason = machine.pass_time(LOOKS_TOO_HIGH * MEMORY_EVERY_S)
    assert reason == "memory: 1600 MB in use, more than 1500 MB"


def test_another_run_begins_with_a_clean_slate() -> None:
    machine = Machine()
    machine.used_mb = 1600.0
    machine.pass_time((LOOKS_TOO_HIGH - 1) * MEMORY_EVERY_S)
    machine.gauges.begin_run()
    assert machine.pass_time((LOOKS_TOO_HIGH - 1) * MEMORY_EVERY_S) is None


def sensors(*values: float | None) -> list[SimpleNamespace]:
    return [SimpleNamespace(current=value) for value in values]


@pytest.mark.parametrize(
    ("found", "hottest"),
    [
        ({}, None),
        ({"nvme": sensors(60.0), "coretemp": sensors(41.0, 43.5, None)}, 43.5),
        ({"acpitz": sensors(30.0), "nvme": sensors(35.0)}, 35.0),
        ({"acpitz": sensors(None, 0.0)}, None),
    ],
)
def test_temperature(monkeypatch: pytest.MonkeyPatch, found: dict, hottest: float | None) -> None:
    monkeypatch.setattr(psutil, "sensors_temperatures", lambda: found, raising=False)
    assert temperature_c() == hottest


def test_a_machine_that_tells_no_temperature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_temperatures", raising=False)
    assert temperature_c() is None
