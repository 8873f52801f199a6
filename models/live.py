"""A model file opened for the live path, without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.mirrored import looking_both_ways
from models.model_file import DEFAULT_CHECKPOINT, check_numbers, is_graph, is_old, load_model
from models.sizes import check_sizes
from models.spec import ModelError, ModelSpec, NetworkSession


def open_network(path: Path | None = None, *, whole: bool = False) -> NetworkSession:
    """A session of the model file or NIR graph at ``path``, or of the bundled default model.

    ``whole`` writes down the spikes of all layers and not only of the last two, and counts synaptic
    operations.

    Raises:
        ModelError: the file is missing, damaged, not a model of this program, or a graph that it
            cannot run.
    """
    path = path or DEFAULT_CHECKPOINT
    if is_graph(path):
        return _of_graph(path, whole)
    spec, weights = _read(path)
    return looking_both_ways(lambda: _session(spec, weights, whole))


def check_model(path: Path) -> None:
    """Find out whether a model can be used, without what only a session needs.

    Raises:
        ModelError: it cannot, as ``open_network`` says.
    """
    if is_graph(path):
        _of_graph(path, whole=False)
    elif not is_old(path):
        check_sizes(*load_model(path))


def _of_graph(path: Path, whole: bool) -> NetworkSession:
    """What this program exported is the network again; any other graph runs node by node."""
    from models.graph.ours import check_unchanged, is_ours, read_ours
    from models.graph.reading import check_finite, read_graph
    from models.graph.session import GraphSession

    graph = read_graph(path)
    check_finite(graph)
    if not is_ours(graph):
        return GraphSession(graph, path.stem, whole=whole)
    check_unchanged(graph)
    spec, weights = read_ours(graph)
    return looking_both_ways(lambda: _session(spec, weights, whole))


def _session(spec: ModelSpec, weights: dict[str, np.ndarray], whole: bool) -> NetworkSession:
    check_sizes(spec, weights)
    # These compile or load large libraries, so not before a network is needed.
    if spec.system == "c3d":
        from models.engine.clip import ClipSession

        return ClipSession(spec, weights)
    from models.engine.session import EngineSession

    try:
        return EngineSession(spec, weights, whole=whole)
    except ArithmeticError as error:
        raise ModelError(f"the model's numbers do not fit its system: {error}") from error


def _read(path: Path) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    if not is_old(path):
        return load_model(path)
    # Pickled by torch, which alone reads it safely.
    from models.networks.checkpoint import read_weights

    spec, tensors = read_weights(path)
    weights = {name: tensor.numpy() for name, tensor in tensors.items()}
    check_numbers(weights, str(path))
    return spec, weights
