"""A model file opened for the live path: without torch wherever the network spikes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.model_file import DEFAULT_CHECKPOINT, is_old, load_model
from models.spec import ModelSpec, NetworkSession


def open_network(path: Path | None = None, *, every_layer: bool = False) -> NetworkSession:
    """A session of the model file at ``path``, or of the bundled default model.

    ``every_layer`` writes down the spikes of all layers and not only of the last two.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    path = path or DEFAULT_CHECKPOINT
    spec, weights = _read(path)
    from models.engine.session import ENGINES, EngineSession  # compiles, so not before

    if spec.system in ENGINES:
        return EngineSession(spec, weights, every_layer=every_layer)
    from models.networks.torch_session import load_torch_session  # the clip network is dense

    return load_torch_session(path)


def _read(path: Path) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    if not is_old(path):
        return load_model(path)
    from models.networks.checkpoint import (
        read_weights,  # pickled by torch, which alone reads it safely
    )

    spec, tensors = read_weights(path)
    return spec, {name: tensor.numpy() for name, tensor in tensors.items()}
