"""What is measured now and then: memory of the tree, temperature of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil

MEMORY_EVERY_S, TEMPERATURE_EVERY_S = 5.0, 30.0
# One look may fall into a moment in which a source is opened anew beside the old one.
LOOKS_TOO_HIGH = 3
PROCESSOR_SENSORS = ("coretemp", "k10temp", "zenpower", "cpu_thermal", "soc_thermal")


class Gauges:
    """``memory_mb`` and ``temperature_c`` hold what was measured last, none before."""

    def __init__(
        self,
        most_mb: float,
        measure_mb: Callable[[], float],
        measure_c: Callable[[], float | None] | None = None,
    ) -> None:
        self.memory_mb: float | None = None
        self.temperature_c: float | None = None
        self._most_mb = most_mb
        self._measure_mb, self._measure_c = measure_mb, measure_c or temperature_c
        self._memory_s = self._temperature_s = float("-inf")
        self._too_high = 0

    def begin_run(self) -> None:
        """Another kiosk has been started."""
        self._too_high = 0

    def look(self, now_s: float) -> str | None:
        """Measure what is due; why the kiosk must be restarted, or none."""
        if now_s - self._temperature_s >= TEMPERATURE_EVERY_S:
            self._temperature_s = now_s
            self.temperature_c = self._measure_c()
        if now_s - self._memory_s < MEMORY_EVERY_S:
            return None
        self._memory_s = now_s
        self.memory_mb = used_mb = self._measure_mb()
        self._too_high = self._too_high + 1 if used_mb > self._most_mb else 0
        if self._too_high < LOOKS_TOO_HIGH:
            return None
        return f"memory: {used_mb:.0f} MB in use, more than {self._most_mb:.0f} MB"


def temperature_c() -> float | None:
    """The hottest place of the processor in degrees Celsius, or of what else tells one, or none."""
    found: dict[str, list[Any]] = {}
    try:
        found = getattr(psutil, "sensors_temperatures", dict)()
    except (OSError, ValueError):  # a driver that answers nonsense
        return None
    chips = [found[name] for name in PROCESSOR_SENSORS if name in found] or list(found.values())
    values = [float(sensor.current) for sensors in chips for sensor in sensors if sensor.current]
    return max(values, default=None)
