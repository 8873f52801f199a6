"""A model file opened for the live path, without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.mirrored import looking_both_ways
from models.model_file import DEFAULT_CHECKPOINT, is_old, load_model
from models.sizes import check_sizes
from models.spec import ModelSpec, NetworkSession


def open_network(path: Path | None = None, *, whole: bool = False) -> NetworkSession:
    """A session of the model file at ``path``, or of the bundled default model.

    ``whole`` writes down the spikes of all layers and not only of the last two, and counts synaptic
    operations.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    spec, weights = _read(path or DEFAULT_CHECKPOINT)
    return looking_both_ways(lambda: _session(spec, weights, whole))


def _session(spec: ModelSpec, weights: dict[str, np.ndarray], whole: bool) -> NetworkSession:
    check_sizes(spec, weights)
    # These compile or load large libraries, so not before a network is needed.
    if spec.system == "c3d":
        from models.engine.clip import ClipSession

        return ClipSession(spec, weights)
    from models.engine.session import EngineSession

    return EngineSession(spec, weights, whole=whole)


def _read(path: Path) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    if not is_old(path):
        return load_model(path)
    # Pickled by torch, which alone reads it safely.
    from models.networks.checkpoint import read_weights

    spec, tensors = read_weights(path)
    return spec, {name: tensor.numpy() for name, tensor in tensors.items()}
