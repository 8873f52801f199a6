"""What this program exported, read back as the very network: its description and its weights.

How each system becomes nodes stands in its module of ``models.exporting.graphs``. NIR's nodes alone
would be a similar network, not the same one; what they cannot say, the engine does as it always
does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from models.description import printable, spec_of
from models.graph.contents import CHECKSUM, Graph, checksum_of
from models.graph.systems.conv_lif import read_conv_lif
from models.graph.systems.decolle import read_decolle
from models.graph.systems.eedn import read_eedn
from models.graph.systems.slayer import read_slayer
from models.graph.systems.values import Parameters, Weights, classes_in, tick_ms_of
from models.spec import ModelError, ModelSpec

READ: Mapping[str, Callable[[Graph], tuple[Parameters, Weights]]] = {
    "conv_lif": read_conv_lif,
    "eedn": read_eedn,
    "slayer": read_slayer,
    "decolle": read_decolle,
}


def is_ours(graph: Graph) -> bool:
    """Whether a graph says that it is a network of one of the systems here."""
    return str(graph.metadata.get("system")) in READ


def check_unchanged(graph: Graph) -> None:
    """Refuse a network of ours that somebody changed: it would run as it was, or half so.

    Raises:
        ModelError: the checksum does not fit.
    """
    sealed = graph.metadata.get(CHECKSUM)
    if sealed is not None and str(sealed) != checksum_of(graph):
        raise ModelError("the graph was changed since this program wrote it: another checksum")


def read_ours(graph: Graph) -> tuple[ModelSpec, Weights]:
    """The description and all tensors of a network that this program exported.

    How it was trained does not come back.

    Raises:
        ModelError: the graph is of another kind.
    """
    system = str(graph.metadata.get("system"))
    if system not in READ:
        expected = " or ".join(READ)
        raise ModelError(f"expected a graph of system {expected}, got one of {printable(system)}")
    try:
        parameters, weights = READ[system](graph)
        return _spec(graph, parameters), weights
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        said = printable(str(error))
        raise ModelError(f"expected a graph of the network {system}: {said}") from error


def _spec(graph: Graph, parameters: Parameters) -> ModelSpec:
    metadata = graph.metadata
    return spec_of(
        {
            "name": str(metadata["name"]),
            "system": str(metadata["system"]),
            "classes": classes_in(graph),
            "input_shape": graph.nodes["input"]["shape"].tolist(),
            "tick_us": round(tick_ms_of(graph) * 1000),
            "parameters": parameters,
            "training": {},
            "min_count": int(metadata["min_count"]),
            "min_spikes": int(metadata.get("min_spikes", 1)),
            "mirror": json.loads(str(metadata.get("mirror", "[]"))),
            "counts_as": json.loads(str(metadata.get("counts_as", "[]"))),
            "calibration": json.loads(str(metadata.get("calibration", "[]"))),
        }
    )
