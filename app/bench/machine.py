"""Which machine figures come from, and what else it was doing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil

CPUINFO = Path("/proc/cpuinfo")
LIBRARIES = (
    "numpy", "numba", "torch", "onnxruntime", "dv-processing", "PySide6-Essentials",
    "snntorch", "spikingjelly", "norse", "sinabs", "faery", "aedat", "expelliarmus",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Machine:
    """``load`` is how many processes wanted a core in the last minute, before anything began."""

    cpu: str
    cores: int
    memory_gb: float
    load: float
    system: str
    python: str
    libraries: dict[str, str]

    def __str__(self) -> str:
        """For below a table or a chart."""
        return f"{self.cpu}, {self.cores} cores, load {self.load:.1f} at the start, {self.system}"


def this_machine() -> Machine:
    return Machine(
        _cpu_name(),
        os.cpu_count() or 1,
        round(psutil.virtual_memory().total / 1e9, 1),
        round(psutil.getloadavg()[0], 2),
        f"{platform.system()} {platform.machine()}",
        platform.python_version(),
        {name: version for name in LIBRARIES if (version := _version(name))},
    )


def _cpu_name() -> str:
    if CPUINFO.exists():
        for line in CPUINFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
