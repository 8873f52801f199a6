"""Spiking networks as graphs of the Neuromorphic Intermediate Representation (NIR), and back.

NIR (Pedersen et al., Nature Communications 15, 2024) is what simulators and neuromorphic chips
exchange: nodes for synapses, delays and neurons, and what flows along an edge is added up where
edges meet. Times are in ms, as NIR has them; a spike is a 1 for one tick. How each system becomes
nodes, and what these cannot say, stands in its module of ``models.exporting.graphs``. What NIR's
equations for continuous time leave open, a tick's arithmetic, stands in the nodes' metadata as
"in_ticks".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import nir  # type: ignore[import-untyped]
import torch

from models.exporting.graphs import conv_lif, decolle, eedn, slayer
from models.exporting.graphs.builder import difference
from models.graph.contents import graph_of
from models.graph.ours import read_ours
from models.networks.checkpoint import build_network
from models.spec import ModelError, ModelSpec


@dataclass(frozen=True, slots=True)
class Form:
    """How a system's networks become graphs; what its user should know."""

    write: Callable[[Any, ModelSpec], nir.NIRGraph]
    notes: tuple[str, ...]


FORMS = {
    "conv_lif": Form(conv_lif.to_graph, conv_lif.NOTES),
    "eedn": Form(eedn.to_graph, eedn.NOTES),
    "slayer": Form(slayer.to_graph, slayer.NOTES),
    "decolle": Form(decolle.to_graph, decolle.NOTES),
}


def to_nir(network: Any, spec: ModelSpec) -> nir.NIRGraph:
    """A finished network of a system in ``FORMS``, for ticks of the length that the spec has."""
    return FORMS[spec.system].write(network, spec)


def from_nir(graph: nir.NIRGraph) -> tuple[Any, ModelSpec]:
    """The network that ``to_nir`` made into this graph; it gives the same spikes.

    How the model was trained does not come back.

    Raises:
        ModelError: the graph is of another kind, or says what its system's network is not.
    """
    spec, weights = read_ours(graph_of(graph.to_dict()))
    try:
        network = build_network(spec)
        network.finish(spec.tick_us / 1000)
        network.load_state_dict({key: torch.from_numpy(array) for key, array in weights.items()})
        different = difference(graph, to_nir(network, spec))
    except (LookupError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise ModelError(f"expected a graph of the network {spec.system}: {error}") from error
    if different:
        raise ModelError(f"expected a graph of the network {spec.system}: {different}")
    return network, spec
