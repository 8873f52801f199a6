"""What a model file says of itself, read without torch, so that menus are there at once.

A file is a zip archive that ``torch.save`` wrote; its member ``data.pkl`` holds the description
and, of every tensor, the shape. Reading it builds plain values and nothing else: whatever asks for
other types is refused.
"""

from __future__ import annotations

import math
import pickle
import struct
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.ui.words import sentence

MOST_BYTES = 4_000_000
SYSTEM_NAMES = {
    "conv_lif": "convolutional LIF",
    "eedn": "Eedn",
    "slayer": "SLAYER",
    "decolle": "DECOLLE",
    "c3d": "C3D",
}
# What zip archives and pickles that are damaged, or are something else, have been seen to raise.
WRONG = (
    OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, RuntimeError,
    pickle.UnpicklingError, zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip
UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Name and description in words; a file that cannot be read goes by its own name."""

    path: Path
    name: str
    description: str = UNREADABLE

    @property
    def line(self) -> str:
        """Everything in one line."""
        return f"{self.name}: {self.description}"


def read_model_file(path: Path) -> ModelFile:
    """What is known about a model from its file alone."""
    try:
        content = _read(path)
        spec = content["spec"]
        name, system = str(spec["name"]), str(spec["system"])
        side = " × ".join(str(length) for length in spec["input_shape"][1:])
        # Not all that is stored was learnt, DECOLLE's random read-outs for example.
        stored = sum(math.prod(shape) for shape in content["weights"].values())
        numbers = int(spec["training"].get("parameters", stored))
    except WRONG:
        return ModelFile(path, path.stem)
    named = SYSTEM_NAMES.get(system, system)
    parts = [f"{numbers:,} parameters", side]
    if named.casefold() == name.casefold():
        return ModelFile(path, named, ", ".join(parts))
    return ModelFile(path, sentence(name), ", ".join([named, *parts]))


def _read(path: Path) -> Mapping[str, Any]:
    with zipfile.ZipFile(path) as archive:
        names = (info for info in archive.infolist() if info.filename.endswith("/data.pkl"))
        member = next(names, None)
        if member is None or member.file_size > MOST_BYTES:
            raise ValueError(f"expected one description of at most {MOST_BYTES} bytes")
        with archive.open(member) as file:
            content = _ShapeReader(file).load()
    if not isinstance(content, Mapping):
        raise ValueError(f"expected a mapping, got {type(content).__name__}")
    return content


class _ShapeReader(pickle.Unpickler):
    """Builds plain values; a tensor becomes its shape."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _shape_of
        if module == "torch" and name.endswith("Storage"):
            return None
        raise pickle.UnpicklingError(f"expected no {module}.{name} in a model file")

    def persistent_load(self, pid: Any) -> None:
        """The numbers themselves stay in the file."""


def _shape_of(storage: None, offset: int, shape: tuple[int, ...], *rest: Any) -> tuple[int, ...]:
    return shape
