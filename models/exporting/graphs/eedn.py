"""Eedn's network as a graph of the Neuromorphic Intermediate Representation.

    input -> copies -> delays -> traces -> cascade -> conv1_synapses -> conv1 -> ... -> output
             (K L 2, H, W): K stages, L levels, 2 polarities

The cascade is one row of nodes: a convolution of 1 x 1 copies each polarity to every stage and
level, behind which each copy has the delay and time constant of its stage and the threshold of its
level. A trace is a leaky integrator

    tau du/dt = -u + R n,   R = tau / tick

in which n events of a tick leave what they leave in ``models.networks.temporal_cascade``. Layers
are convolutions and thresholds without memory. Sums there are whole numbers, so a threshold that is
one half lower fires above it just when ours fires at it.

NIR's type check takes the second axis of a convolution's weights for its input's channels and thus
refuses groups, so synapses outside of a group are written as 0 and the number of groups stands in
the metadata. Since a network of this kind hands its channels on interleaved, one of each group in
turn, so are the kernels.

NIR cannot say that traces are bounded; the bound stands in the metadata of the traces.
"""

from __future__ import annotations

import nir  # type: ignore[import-untyped]
import numpy as np
import torch

from models.exporting.graphs.builder import (
    GraphBuilder,
    by_channel,
    convolution,
    threshold_node,
)
from models.networks.eedn import Eedn
from models.networks.temporal_cascade import POLARITIES, TemporalCascade
from models.networks.trinary_layer import TrinaryLayer
from models.spec import ModelSpec

IN_TICKS = (
    "u[t] = min(a u[t-1] + (1 - a) r n[t], most), a = exp(-tick / tau), n at most 255 events of a "
    "pixel in a tick"
)
WHOLE_TICKS = "x[t - round(delay / tick)]"
GROUPS = "inputs and outputs fall into so many groups; synapses between these are 0 for good"
POPULATION = "so many neurons in a row belong to each class"
NOTES = (
    "NIR cannot say that the traces of the events are bounded; the bound stands in the metadata of "
    "the node traces. A program that reads only the nodes remembers the many events of a near "
    "person for longer, and so runs a similar network, not the same one.",
    "NIR cannot say that the cascade's neurons fire at their level, not above it; this stands in "
    "the metadata of the node cascade.",
    "All behind the cascade is in the nodes. Groups of a convolution are written as synapses of 0.",
    "NIR knows no ticks: that traces are taken at their ends and delays are whole ticks stands in "
    "the metadata of the nodes.",
)


def to_graph(network: Eedn, spec: ModelSpec) -> nir.NIRGraph:
    """A finished network as a graph, for ticks of the length that the spec has."""
    graph = GraphBuilder()
    last = add_cascade(graph, graph.add_input(spec), network.cascade, spec.tick_us / 1000)
    for name, layer in zip(network.layer_names[1:], network.layers(), strict=True):
        node = synapse_node(layer, graph.shape(last))
        last = graph.add(f"{name}_synapses", node, last)
        threshold = interleaved(layer.threshold, layer.sizes.mixed).numpy()
        node = nir.Threshold(by_channel(threshold, graph.shape(last)) - 0.5)
        last = graph.add(f"{name}_spikes", node, last)
    population = {"population": network.sizes.population, "classes": POPULATION}
    graph.add_output("output", graph.add_flat(last), **population)
    return graph.graph(spec)


def add_cascade(graph: GraphBuilder, source: str, cascade: TemporalCascade, tick_ms: float) -> str:
    """The temporal filter cascade behind the events; returns the name of the node that fires."""
    stages, levels = len(cascade.delays_ms), len(cascade.levels)
    copies = np.tile(np.eye(POLARITIES, dtype=np.float32), (stages * levels, 1))
    node = convolution(copies[:, :, None, None], graph.shape(source), 1, 0)
    last = graph.add("copies", node, source)
    shape = graph.shape(last)

    def by_stage(values: tuple[float, ...]) -> np.ndarray:
        return by_channel(np.repeat(values, levels * POLARITIES), shape)

    delay = nir.Delay(by_stage(cascade.delays_ms), metadata={"in_ticks": WHOLE_TICKS})
    last = graph.add("delays", delay, last)
    tau = by_stage(cascade.taus_ms)
    metadata = {"in_ticks": IN_TICKS, "most": cascade.most}
    node = nir.LI(tau=tau, r=tau / tick_ms, v_leak=np.zeros(shape), metadata=metadata)
    last = graph.add("traces", node, last)
    level = np.tile(np.repeat(cascade.levels, POLARITIES), stages)
    return graph.add("cascade", threshold_node(by_channel(level, shape)), last)


def synapse_node(layer: TrinaryLayer, shape: tuple[int, ...]) -> nir.Conv2d:
    """The synapses of a layer on maps (C, H, W), its outputs in the order that it hands on."""
    s = layer.sizes
    weight = interleaved(without_groups(layer.weight, s.groups), s.mixed)
    node = convolution(weight.to(torch.float32).numpy(), shape, s.stride, s.padding)
    node.metadata = {"groups": s.groups, "synapses": GROUPS}
    return node


def interleaved(values: torch.Tensor, groups: int) -> torch.Tensor:
    """Values by channel (G * C, ...), group by group -> one of each group in turn."""
    return values.unflatten(0, (groups, -1)).transpose(0, 1).flatten(0, 1)


def without_groups(weight: torch.Tensor, groups: int) -> torch.Tensor:
    """Synapses (C', C / groups, K, K) -> (C', C, K, K), 0 between the groups."""
    blocks = weight.unflatten(0, (groups, -1))
    whole = blocks.new_zeros((*blocks.shape[:2], groups, *blocks.shape[2:]))
    each = torch.arange(groups)
    whole[each, :, each] = blocks
    return whole.flatten(2, 3).flatten(0, 1)
