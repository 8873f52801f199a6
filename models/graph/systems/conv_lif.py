"""The default network out of the graph that ``models.exporting.graphs.conv_lif`` makes."""

from __future__ import annotations

import numpy as np

from models.graph.contents import Graph
from models.graph.systems.values import (
    Parameters,
    Weights,
    classes_in,
    first,
    one_of_pair,
    side_of,
    tick_ms_of,
)

LAYERS = ("conv1", "conv2", "conv3", "hidden", "output")


def read_conv_lif(graph: Graph) -> tuple[Parameters, Weights]:
    """Parameters and all tensors of the network in a graph."""
    nodes, tick_ms, classes = graph.nodes, tick_ms_of(graph), len(classes_in(graph))
    weights: Weights = {}
    delays, widths = [], []
    for place, name in enumerate(LAYERS):
        count = sum(key.startswith(f"{name}_synapses_") for key in nodes)
        branches = [nodes[f"{name}_synapses_{index}"] for index in range(max(1, count))]
        weight = np.concatenate([np.asarray(branch["weight"]) for branch in branches], 1)
        widths.append(len(weight))
        lines = [nodes.get(f"{name}_delay_{index}") for index in range(count)]
        delays.append(tuple(0 if node is None else round(first(node["delay"])) for node in lines))
        tau = nodes[f"{name}_lif"]["tau"].reshape(len(weight), -1)[:, 0]
        weights[f"projections.{place}.op.weight"] = weight.astype(np.float32)
        weights[f"projections.{place}.drive"] = (branches[0]["bias"] / tick_ms).astype(np.float32)
        weights[f"neurons.{place}.log_tau"] = np.log(tau).astype(np.float32)
    gain, stem = nodes["gain"].metadata, nodes["conv1_synapses_0"]
    parameters = {
        "side": side_of(graph),
        "stem": (stem["weight"].shape[-1], one_of_pair(stem["stride"])),
        "channels": tuple(widths[:3]),
        "hidden": widths[3],
        "classes": classes,
        "population": widths[4] // classes,
        "gain_ms": float(gain["tau_ms"]),
        "gain_floor": float(gain["floor"]),
        "gain_target": float(gain["target"]),
        "delays_ms": tuple(delays),
    }
    return parameters, weights
