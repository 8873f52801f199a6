"""Eedn's network out of the graph that ``models.exporting.graphs.eedn`` makes."""

from __future__ import annotations

import numpy as np

from models.graph.contents import Graph
from models.graph.systems.values import (
    Parameters,
    Weights,
    classes_in,
    of_channels,
    one_of_pair,
    side_of,
)

POLARITIES = 2


def read_eedn(graph: Graph) -> tuple[Parameters, Weights]:
    """Parameters and all tensors of the network in a graph."""
    nodes, classes = graph.nodes, len(classes_in(graph))
    depth = sum(name.startswith("conv") and name.endswith("_spikes") for name in nodes)
    names = [*(f"conv{place}" for place in range(1, depth + 1)), "output"]
    synapses = [nodes[f"{name}_synapses"] for name in names]
    groups = [int(node.metadata["groups"]) for node in synapses]
    weights: Weights = {}
    for place, (name, node) in enumerate(zip(names, synapses, strict=True)):
        following = groups[place + 1] if place < depth else groups[place]
        mixed = groups[place] if following > 1 else 1
        # Taking one of each C channels in turn undoes taking one of each group in turn.
        back = len(node["weight"]) // mixed
        weight = with_groups(_interleaved(node["weight"], back), groups[place])
        threshold = _interleaved(of_channels(nodes[f"{name}_spikes"]["threshold"]) + 0.5, back)
        weights[f"stack.{place}.weight"] = weight.astype(np.int8)
        weights[f"stack.{place}.threshold"] = threshold.astype(np.int32)
    parameters = {
        "side": side_of(graph),
        "classes": classes,
        **_cascade(graph),
        "layers": tuple(
            (len(node["weight"]), node["weight"].shape[-1], one_of_pair(node["stride"]), group)
            for node, group in zip(synapses[:-1], groups[:-1], strict=True)
        ),
        "output_groups": groups[-1],
        "population": len(synapses[-1]["weight"]) // classes,
    }
    return parameters, weights


def _cascade(graph: Graph) -> Parameters:
    traces = graph.nodes["traces"]
    delays, taus = of_channels(graph.nodes["delays"]["delay"]), of_channels(traces["tau"])
    each = len(delays) // len(np.unique(delays))
    levels = of_channels(graph.nodes["cascade"]["threshold"])[:each:POLARITIES]
    return {
        "delays_ms": tuple(round(float(delay)) for delay in delays[::each]),
        "taus_ms": tuple(float(tau) for tau in taus[::each]),
        "levels": tuple(float(level) for level in levels),
        "most": float(traces.metadata["most"]),
    }


def _interleaved(values: np.ndarray, groups: int) -> np.ndarray:
    """Values by channel (G * C, ...), group by group -> one of each group in turn."""
    apart = values.reshape(groups, -1, *values.shape[1:])
    return apart.swapaxes(0, 1).reshape(values.shape)


def with_groups(weight: np.ndarray, groups: int) -> np.ndarray:
    """Synapses (C', C, K, K), 0 between the groups -> (C', C / groups, K, K)."""
    outputs, inputs, *kernel = weight.shape
    blocks = weight.reshape(groups, outputs // groups, groups, inputs // groups, *kernel)
    each = np.arange(groups)
    return blocks[each, :, each].reshape(outputs, inputs // groups, *kernel)
