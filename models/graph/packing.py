"""Values on their way from the process that reads a file: nothing in them can run."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

STRUCTURE = "structure"


def packed(values: Mapping[str, Any]) -> bytes:
    """Values as one file of ``numpy.savez``: arrays, and how they lie in each other."""
    arrays: list[np.ndarray] = []

    def place(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {"mapping": {key: place(part) for key, part in value.items()}}
        if isinstance(value, np.ndarray):
            arrays.append(value)
            return {"array": len(arrays) - 1}
        return {"text": value}

    structure = json.dumps(place(values)).encode()
    content = io.BytesIO()
    named = {f"array{index}": array for index, array in enumerate(arrays)}
    np.savez(content, **{STRUCTURE: np.frombuffer(structure, np.uint8)}, **named)  # type: ignore[arg-type]
    return content.getvalue()


def unpacked(content: bytes) -> Any:
    """The inverse of ``packed``.

    Raises:
        ValueError, KeyError, OSError: it is none.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:

        def found(value: Any) -> Any:
            if "mapping" in value:
                return {key: found(part) for key, part in value["mapping"].items()}
            return arrays[f"array{value['array']}"] if "array" in value else value["text"]

        return found(json.loads(arrays[STRUCTURE].tobytes()))
