"""Trained networks on disk, read and written without torch: safetensors and nothing that can run.

One file holds the weights as arrays and, as metadata, the ``ModelSpec`` (class list and training
record included), the format's number, and a checksum each over all weights and over the spec: a
flipped bit changes what a network says without a word, so a file whose checksums do not fit is
refused. Older files have none over the spec, and still open.

Of a file only its head is read before anything in it is believed, and of that no more than a model
of this program has.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from models.atomic import replacing
from models.description import printable, spec_of
from models.spec import ModelError, ModelSpec

SUFFIX = ".safetensors"
FORMAT = "2"
MOST_BYTES = 1_000_000_000
# The head of a bundled model has 7 kB. What stands in it is read wherever models are listed.
MOST_HEAD_BYTES = 500_000
LENGTH_BYTES = 8
# What ``torch.save`` wrote, the format before, is a zip archive.
ZIP_MAGIC = b"PK"
# NIR graphs are HDF5 files; ``models.graph`` reads them.
GRAPH_MAGIC = b"\x89HDF"
GRAPH_SUFFIX = ".nir"
CHECKPOINTS = Path(__file__).parent / "checkpoints"
DEFAULT_CHECKPOINT = CHECKPOINTS / f"default{SUFFIX}"

Weights = Mapping[str, np.ndarray]

_OTHER_VALUES = (KeyError, TypeError, ValueError, AttributeError)
_NOT_A_MODEL = (OSError, SafetensorError, RecursionError, *_OTHER_VALUES)


def save_model(path: Path, spec: ModelSpec, weights: Weights) -> None:
    """Write a finished network; the file appears whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    arrays = {name: np.ascontiguousarray(array) for name, array in weights.items()}
    described = json.dumps(asdict(spec))
    metadata = {
        "format": FORMAT,
        "spec": described,
        "spec_checksum": _seal(described),
        "checksum": checksum(arrays),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as partial:
        partial.write_bytes(save(arrays, metadata))


def load_model(path: Path) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    """Read a finished network's description and weights.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    metadata, _ = _head(path)
    spec, weights = _spec(path, metadata), _weights(path)
    if metadata.get("checksum") != checksum(weights):
        raise ModelError(f"the model file {path} is damaged: its checksum does not fit its weights")
    check_numbers(weights, str(path))
    return spec, weights


def load_spec(path: Path) -> tuple[ModelSpec, int]:
    """Read a model's description, and how many numbers its file holds, without the numbers.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    metadata, numbers = _head(path)
    return _spec(path, metadata), numbers


def check_numbers(weights: Weights, name: str) -> None:
    """Refuse weights of which some are no numbers.

    Raises:
        ModelError: so it is.
    """
    for tensor, array in weights.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            where = printable(tensor)
            raise ModelError(f"the model file {name} holds weights that are no numbers, in {where}")


def is_old(path: Path) -> bool:
    """Whether ``torch.save`` wrote the file; one that cannot be read is not."""
    return _begins_with(path, ZIP_MAGIC)


def is_graph(path: Path) -> bool:
    """Whether the file is a graph of the Neuromorphic Intermediate Representation, or named so."""
    return path.suffix.lower() == GRAPH_SUFFIX or _begins_with(path, GRAPH_MAGIC)


def _begins_with(path: Path, magic: bytes) -> bool:
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with open(path, "rb") as file:
            return file.read(len(magic)) == magic
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


def _head(path: Path) -> tuple[dict[str, str], int]:
    """The metadata, and how many numbers there are by what the head says of them."""
    if is_graph(path) and path.exists():
        raise ModelError(
            f"expected a model file of this program, got the NIR graph {path}, which can only be "
            "run: recognize, evaluate and the window take it"
        )
    try:
        size = path.stat().st_size
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "not an ordinary file"
            raise ModelError(f"expected a model file, but {path} is {kind}")
        if size > MOST_BYTES:
            raise ModelError(f"expected a model file of at most {MOST_BYTES} bytes, got {path}")
        with open(path, "rb") as file:
            length = int.from_bytes(file.read(LENGTH_BYTES), "little")
            if length > min(size, MOST_HEAD_BYTES):
                raise ValueError(f"a head of {length} bytes")
            head = json.loads(file.read(length))
        metadata = head.pop("__metadata__", {})
        numbers = sum(_numbers(each["shape"]) for each in head.values())
        end = max((each["data_offsets"][1] for each in head.values()), default=0)
        if LENGTH_BYTES + length + end != size:
            raise ValueError(f"{size} bytes")
        return {str(key): str(value) for key, value in metadata.items()}, numbers
    except FileNotFoundError as error:
        raise ModelError(f"expected a model file, but {path} does not exist") from error
    except _NOT_A_MODEL as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error


def _numbers(shape: list[int]) -> int:
    if not all(type(length) is int and length >= 0 for length in shape):
        raise ValueError(f"a shape of {shape}")
    return math.prod(shape)


def _weights(path: Path) -> dict[str, np.ndarray]:
    try:
        with safe_open(path, "numpy") as file:
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except _NOT_A_MODEL as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error


def _seal(described: str) -> str:
    return hashlib.sha256(described.encode()).hexdigest()


def _spec(path: Path, metadata: Mapping[str, str]) -> ModelSpec:
    if metadata.get("format") != FORMAT:
        raise ModelError(f"{path} is not a Spikehand model of format {FORMAT}")
    described = metadata.get("spec", "")
    try:
        if metadata.get("spec_checksum", _seal(described)) != _seal(described):
            raise ModelError(
                f"the model file {path} is damaged: its checksum does not fit its description"
            )
        return spec_of(json.loads(described))
    except (*_OTHER_VALUES, RecursionError) as error:
        said = printable(str(error))
        raise ModelError(f"the model {path} does not fit this program: {said}") from error
