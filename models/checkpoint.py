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

from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.spec import ModelError, ModelSpec

FORMAT = 1
DEFAULT_CHECKPOINT = Path(__file__).parent / "checkpoints" / "default.pt"


def build_network(spec: ModelSpec) -> ConvLif:
    """The untrained network that a spec describes.

    Raises:
        ModelError: the system is unknown or its parameters do not fit.
    """
    if spec.system != "conv_lif":
        raise ModelError(f"expected a model of system conv_lif, got {spec.system!r}")
    try:
        return ConvLif(ConvLifParameters(**{k: _frozen(v) for k, v in spec.parameters.items()}))
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"the model's parameters do not fit its system: {error}") from error


def _frozen(value: Any) -> Any:
    """Lists, which is what tuples may come back as, made tuples again."""
    return tuple(_frozen(part) for part in value) if isinstance(value, (list, tuple)) else value


def save_checkpoint(path: Path, network: ConvLif, spec: ModelSpec) -> None:
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


def load_checkpoint(path: Path) -> tuple[ConvLif, ModelSpec]:
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
    except (KeyError, TypeError, AttributeError, RuntimeError) as error:
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
        calibration=_frozen(values.get("calibration", ())),
    )
