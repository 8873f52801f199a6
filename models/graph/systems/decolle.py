"""DECOLLE's network out of the graph that ``models.exporting.graphs.decolle`` makes."""

from __future__ import annotations

import math

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


def read_decolle(graph: Graph) -> tuple[Parameters, Weights]:
    """Parameters and all tensors of the network in a graph."""
    nodes, learning = graph.nodes, graph.metadata["learning"]
    names = [f"conv{place + 1}" for place in range(sum(n.endswith("_potential") for n in nodes))]
    weights: Weights = {}
    for place, name in enumerate(names):
        weights |= _decolle_layer(graph, name, f"stack.{place}")
    synapses = [nodes[f"{name}_synapses"] for name in names]
    pools = [nodes.get(f"{name}_pool") for name in names]
    mean, potential = nodes.get("readout_mean"), nodes["conv1_potential"]
    parameters = {
        "side": side_of(graph),
        "classes": len(nodes["readout"]["weight"]),
        "channels": tuple(len(node["weight"]) for node in synapses),
        "kernels": tuple(node["weight"].shape[-1] for node in synapses),
        "strides": tuple(one_of_pair(node["stride"]) for node in synapses),
        "pools": tuple(1 if pool is None else one_of_pair(pool["kernel_size"]) for pool in pools),
        "alpha": factor_of(first(potential["tau_mem"])),
        "beta": factor_of(first(potential["tau_syn"])),
        "gamma": factor_of(first(nodes["conv1_refractory"]["tau"])),
        "dropout": float(learning["dropout"]),
        "readout": float(learning["readout"]),
        "deciding": _deciding(graph, names),
        "threshold": first(nodes["decision"]["threshold"]),
        "smooth_ms": 0.0 if mean is None else first(mean["tau"]),
        "seed": int(learning["seed"]),
    }
    return parameters, weights


def _decolle_layer(graph: Graph, name: str, prefix: str) -> Weights:
    neurons, readout = graph.nodes[f"{name}_neurons"], graph.nodes["readout"]
    own = neurons.metadata  # of a layer that does not decide
    weight, bias = (own.get(f"readout_{part}", readout[part]) for part in ("weight", "bias"))
    values = {
        "op.weight": graph.nodes[f"{name}_synapses"]["weight"],
        "gain": of_channels(graph.nodes[f"{name}_potential"]["w_in"]),
        "bias": -of_channels(neurons["threshold"]),
        "readout_weight": weight,
        "readout_bias": bias,
    }
    return {f"{prefix}.{key}": np.asarray(part, np.float32) for key, part in values.items()}


def _deciding(graph: Graph, names: list[str]) -> int:
    """The place of the layer that is read out, -1 for the last one."""
    (before,) = graph.sources("readout")
    if before == "flatten":
        (before,) = graph.sources(before)
    name = before.removesuffix("_spikes").removesuffix("_neurons")
    return -1 if name == names[-1] else names.index(name)


def time_constant(factor: float) -> float:
    """The time constant in ms of what decays by ``factor`` in a millisecond."""
    return -1.0 / math.log(factor)


def factor_of(tau_ms: float) -> float:
    """The inverse of ``time_constant``: of the factors next to it the one of exactly this time.

    Several may be, since a logarithm can cost a digit; one with up to 15 digits, as people write
    them, goes first.
    """
    near = math.exp(-1.0 / tau_ms)
    written = float(f"{near:.15g}")
    factors = (written, near, math.nextafter(near, 0.0), math.nextafter(near, 1.0))
    return next((each for each in factors if time_constant(each) == tau_ms), near)
