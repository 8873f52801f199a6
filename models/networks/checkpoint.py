"""Trained networks as torch modules: from and to model files, see ``models.model_file``.

Files of format 1, which ``torch.save`` wrote, still open: with ``weights_only=True``, so they
cannot run code of their own.
"""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path

import torch

from models.model_file import is_old, load_model, save_model, spec_of
from models.networks.catalogue import Network, family_of
from models.spec import ModelError, ModelSpec

OLD_FORMAT = 1


def build_network(spec: ModelSpec) -> Network:
    """The untrained network that a spec describes.

    Raises:
        ModelError: the system is unknown, or the spec does not fit it or itself.
    """
    family = family_of(spec.system)
    try:
        network = family.build(spec.parameters)
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
    save_model(path, spec, {name: value.numpy() for name, value in network.state_dict().items()})


def load_checkpoint(path: Path) -> tuple[Network, ModelSpec]:
    """Read a finished network, ready to stream.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    spec, weights = read_weights(path)
    try:
        network = build_network(spec)
        network.finish(1.0)
        network.load_state_dict(weights)
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise ModelError(f"the model {path} does not fit this program: {error}") from error
    return network.eval(), spec


def read_weights(path: Path) -> tuple[ModelSpec, dict[str, torch.Tensor]]:
    """A model file's description and tensors, of either format.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    if is_old(path):
        return _read_old(path)
    spec, weights = load_model(path)
    return spec, {name: torch.from_numpy(array) for name, array in weights.items()}


def _read_old(path: Path) -> tuple[ModelSpec, dict[str, torch.Tensor]]:
    try:
        with open(path, "rb") as file:  # by its name alone, torch takes some files for others
            content = torch.load(file, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error
    except (pickle.UnpicklingError, zipfile.BadZipFile) as error:
        raise ModelError(f"the model file {path} is damaged or not a model") from error
    if not isinstance(content, Mapping) or content.get("format") != OLD_FORMAT:
        raise ModelError(f"{path} is not a Spikehand model of format {OLD_FORMAT}")
    try:
        return spec_of(content["spec"]), dict(content["weights"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"the model {path} does not fit this program: {error}") from error
