"""SLAYER's network out of the graph that ``models.exporting.graphs.slayer`` makes."""

from __future__ import annotations

import numpy as np

from models.graph.contents import Graph
from models.graph.systems.values import (
    Parameters,
    Weights,
    first,
    of_channels,
    one_of_pair,
    side_of,
)

LAYERS = ("conv1", "conv2", "hidden", "output")
LEARNING = ("tau_rho", "scale_rho", "delay_spread_ms", "delay_limit_ms")


def read_slayer(graph: Graph) -> tuple[Parameters, Weights]:
    """Parameters and all tensors of the network in a graph."""
    nodes, learning = graph.nodes, graph.metadata["learning"]
    weights: Weights = {"scaled": np.array(bool(learning["is_scaled"]))}
    for name in LAYERS:
        weights[f"synapses.{name}.op.weight"] = nodes[f"{name}_synapses"]["weight"]
    for name in ("pool1", "pool2"):
        delay = of_channels(nodes[f"{name}_delay"]["delay"])
        weights[f"synapses.{name}.delay_ms"] = delay.astype(np.float32)
    refractory, pool = nodes["conv1_refractory"], nodes.get("pool0_synapses")
    widths = {name: len(nodes[f"{name}_synapses"]["weight"]) for name in LAYERS}
    parameters = {
        "side": side_of(graph),
        "pool": 1 if pool is None else one_of_pair(pool["kernel_size"]),
        "channels": (widths["conv1"], widths["conv2"]),
        "hidden": widths["hidden"],
        "classes": widths["output"],
        "threshold": first(nodes["conv1_spikes"]["threshold"]),
        "tau_s_ms": first(nodes["conv1_potential"]["tau_mem"]),
        "tau_ref_ms": first(refractory["tau_mem"]),
        "refractory_scale": -first(refractory["r"]),
        **{name: float(learning[name]) for name in LEARNING},
    }
    return parameters, weights
