"""Trained networks on disk, read and written without torch: safetensors and nothing that can run.

One file holds the weights as arrays and, as metadata, the ``ModelSpec`` (class list and training
record included), the format's number and a checksum over all weights: a flipped bit changes what a
network says without a word, so a file whose checksum does not fit is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from models.spec import MIN_COUNT, ModelError, ModelSpec

SUFFIX = ".safetensors"
FORMAT = "2"
MOST_BYTES = 1_000_000_000
# What ``torch.save`` wrote, the format before, is a zip archive.
ZIP_MAGIC = b"PK"
CHECKPOINTS = Path(__file__).parent / "checkpoints"
DEFAULT_CHECKPOINT = CHECKPOINTS / f"default{SUFFIX}"

Weights = Mapping[str, np.ndarray]


def save_model(path: Path, spec: ModelSpec, weights: Weights) -> None:
    """Write a finished network; the file appears whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    arrays = {name: np.ascontiguousarray(array) for name, array in weights.items()}
    metadata = {
        "format": FORMAT,
        "spec": json.dumps(asdict(spec)),
        "checksum": checksum(arrays),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with open(handle, "wb") as file:
            file.write(save(arrays, metadata))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(partial, 0o644)
        os.replace(partial, path)
    except BaseException:
        os.unlink(partial)
        raise


def load_model(path: Path) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    """Read a finished network's description and weights.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    metadata, weights, _ = _read(path, with_weights=True)
    spec = _spec(path, metadata)
    if metadata.get("checksum") != checksum(weights):
        raise ModelError(f"the model file {path} is damaged: its checksum does not fit its weights")
    for name, array in weights.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelError(f"the model file {path} holds weights that are no numbers, in {name}")
    return spec, weights


def load_spec(path: Path) -> tuple[ModelSpec, int]:
    """Read a model's description, and how many numbers its file holds, without the numbers.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    metadata, _, numbers = _read(path, with_weights=False)
    return _spec(path, metadata), numbers


def is_old(path: Path) -> bool:
    """Whether ``torch.save`` wrote the file; one that cannot be read is not."""
    try:
        with open(path, "rb") as file:
            return file.read(len(ZIP_MAGIC)) == ZIP_MAGIC
    except OSError:
        return False


def checksum(weights: Weights) -> str:
    """SHA-256 over names, types, shapes and bytes of all arrays, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        array = weights[name]
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _read(path: Path, *, with_weights: bool) -> tuple[Any, dict[str, np.ndarray], int]:
    """Metadata, weights or none of them, and the number of numbers in all."""
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MOST_BYTES:
            raise ModelError(f"expected a model file of at most {MOST_BYTES} bytes, got {path}")
        with safe_open(path, "numpy") as file:
            names = list(file.keys())
            shapes = [file.get_slice(name).get_shape() for name in names]
            weights = {name: file.get_tensor(name) for name in names} if with_weights else {}
            numbers = sum(int(np.prod(shape)) for shape in shapes)
            return file.metadata() or {}, weights, numbers
    except FileNotFoundError as error:
        raise ModelError(f"expected a model file, but {path} does not exist") from error
    except (OSError, SafetensorError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error


def _spec(path: Path, metadata: Mapping[str, str]) -> ModelSpec:
    if metadata.get("format") != FORMAT:
        raise ModelError(f"{path} is not a Spikehand model of format {FORMAT}")
    try:
        return spec_of(json.loads(metadata["spec"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"the model {path} does not fit this program: {error}") from error


def spec_of(values: Mapping[str, Any]) -> ModelSpec:
    """A description from plain values, lists as good as tuples.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: something is missing or of another kind.
        ModelError: the values contradict each other.
    """
    return ModelSpec(
        name=str(values["name"]),
        system=str(values["system"]),
        classes=tuple(map(str, values["classes"])),
        input_shape=_three(values["input_shape"]),
        tick_us=int(values["tick_us"]),
        parameters=_frozen(dict(values["parameters"])),
        training=_frozen(dict(values["training"])),
        calibration=tuple((float(x), float(y)) for x, y in values.get("calibration", ())),
        min_count=int(values.get("min_count", MIN_COUNT)),
        mirror=tuple(map(int, values.get("mirror", ()))),
    )


def _three(values: Any) -> tuple[int, int, int]:
    polarities, height, width = map(int, values)
    return polarities, height, width


def _frozen(value: Any) -> Any:
    """Lists, which is what JSON makes of tuples, made tuples again."""
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
