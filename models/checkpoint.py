"""Trained networks on disk: one file with the weights, the class list and how to build the network.

A file is read with ``weights_only=True``, so it cannot run code of its own.
"""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from models.spec import MIN_COUNT, ModelError, ModelSpec
from models.systems import Network, system_of

FORMAT = 1
DEFAULT_CHECKPOINT = Path(__file__).parent / "checkpoints" / "default.pt"


def build_network(spec: ModelSpec) -> Network:
    """The untrained network that a spec describes.

    Raises:
        ModelError: the system is unknown, or the spec does not fit it or itself.
    """
    system = system_of(spec.system)
    try:
        network = system.build(spec.parameters)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"the model's parameters do not fit its system: {error}") from error
    sizes = network.sizes
    built = ((2, sizes.side, sizes.side), sizes.classes)
    if built != (spec.input_shape, len(spec.classes)):
        raise ModelError(
            f"expected input and number of classes of the network's {built}, got "
            f"{(spec.input_shape, len(spec.classes))}"
        )
    return network


def save_checkpoint(path: Path, network: Network, spec: ModelSpec) -> None:
    """Write a finished network; the file appears whole or not at all."""
    partial = path.with_suffix(".partial")
    content = {
        "format": FORMAT,
        "spec": {**asdict(spec), "classes": list(spec.classes)},
        "weights": network.state_dict(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(content, partial)
    os.replace(partial, path)


def load_checkpoint(path: Path) -> tuple[Network, ModelSpec]:
    """Read a finished network, ready to stream.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    content = _read(path)
    if not isinstance(content, Mapping) or content.get("format") != FORMAT:
        raise ModelError(f"{path} is not a Spikehand model of format {FORMAT}")
    try:
        spec = _spec(content["spec"])
        network = build_network(spec)
        network.finish(1.0)
        network.load_state_dict(content["weights"])
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise ModelError(f"the model {path} does not fit this program: {error}") from error
    return network.eval(), spec


def _read(path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelError(f"expected a model file, but {path} does not exist") from error
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error
    except (pickle.UnpicklingError, zipfile.BadZipFile) as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error


def _spec(values: Mapping[str, Any]) -> ModelSpec:
    return ModelSpec(
        name=str(values["name"]),
        system=str(values["system"]),
        classes=tuple(values["classes"]),
        input_shape=tuple(values["input_shape"]),
        tick_us=int(values["tick_us"]),
        parameters=dict(values["parameters"]),
        training=dict(values["training"]),
        calibration=tuple((x, y) for x, y in values.get("calibration", ())),
        min_count=int(values.get("min_count", MIN_COUNT)),
    )
