"""Which versions the program runs on, read without importing any of it."""

from __future__ import annotations

import platform
from importlib import metadata

from app import __version__
from app.ui.logic.language import translate

LIBRARIES = (
    "numpy", "numba", "torch", "dv-processing", "onnxruntime", "PySide6-Essentials", "pyqtgraph",
)  # fmt: skip


def versions() -> list[tuple[str, str]]:
    """(name, version) of the program, its libraries and the system."""
    found = [("Spikehand", __version__), ("Python", platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, translate("window", "not installed")))
    return [*found, (translate("window", "System"), platform.platform(terse=True))]
