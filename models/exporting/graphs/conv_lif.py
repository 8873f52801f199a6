"""The default network as a graph of the Neuromorphic Intermediate Representation.

    input -> gain -> conv1_synapses_0 -> conv1_lif -> conv2_synapses_0 ---------> conv2_lif -> ...
                                             \\-> conv2_delay_1 -> conv2_synapses_1 -/

There is one branch of synapses for every delay, since a convolution over channels that lie side by
side is the sum of the convolutions over each. Potentials are in thresholds, and what a node's bias
adds is the charge of one tick. A neuron is

    tau dv/dt = -v + R I,    R = tau / tick

so that a spike over a weight w, a current w for one tick, raises the membrane by w.

NIR cannot say three things, which stand in the metadata: neurons subtract the threshold at a spike,
where NIR's go to a fixed potential; they fire at the threshold, where NIR's fire above it; and the
gain follows the mean event rate, where the node has the one gain that belongs to the target rate.
Another program that reads nothing but the nodes thus runs a similar network, not the same one.
"""

from __future__ import annotations

import copy

import nir  # type: ignore[import-untyped]
import numpy as np
from torch import nn

from models.exporting.graphs.builder import (
    FIRES,
    GraphBuilder,
)
from models.networks.conv_lif import LAYERS, ConvLif, ConvLifParameters
from models.networks.projection import Projection
from models.neurons.lif import Lif
from models.spec import ModelSpec

RESET = "subtract the threshold"
GAIN = "target / (mean rate + floor), the rate in events per ms over the last tau_ms"

NOTES = (
    "NIR cannot say that neurons subtract the threshold at a spike and fire at it, not above it; "
    "this stands in the metadata of the LIF nodes.",
    "NIR cannot say that the gain follows the event rate: the node has the gain at the target "
    "rate, its metadata how it follows.",
    "A program that reads only the nodes runs a similar network, not the same one.",
)


def to_graph(network: ConvLif, spec: ModelSpec) -> nir.NIRGraph:
    """A finished network as a graph, for ticks of the length that the spec has."""
    tick_ms = spec.tick_us / 1000
    graph = GraphBuilder()
    last = graph.add_input(spec)
    last = graph.add("gain", gain_node(network.sizes, spec.input_shape), last)
    layers = zip(LAYERS, network.layers(), network.sizes.delays_ms, strict=True)
    for name, (projection, neuron), delays_ms in layers:
        last = graph.add_flat(last) if isinstance(projection.op, nn.Linear) else last
        branches = add_branches(graph, name, last, projection, delays_ms, tick_ms)
        node = lif_node(neuron, graph.shape(branches[0]), tick_ms)
        last = graph.add(f"{name}_lif", node, *branches)
    graph.add_output("output", last)
    return graph.graph(spec)


def gain_node(sizes: ConvLifParameters, shape: tuple[int, int, int]) -> nir.Scale:
    """The gain at the target rate, and in the metadata how it follows the rate."""
    gain = sizes.gain_target / (sizes.gain_target + sizes.gain_floor)
    metadata = {
        "gain": GAIN,
        "target": sizes.gain_target,
        "floor": sizes.gain_floor,
        "tau_ms": sizes.gain_ms,
    }
    return nir.Scale(np.full(shape, gain, np.float32), metadata=metadata)


def add_branches(
    graph: GraphBuilder,
    name: str,
    source: str,
    projection: Projection,
    delays_ms: tuple[int, ...],
    tick_ms: float,
) -> list[str]:
    """The synapses of a layer behind ``source``, one node for every delay; returns their names."""
    shape, branches = graph.shape(source), []
    weights = projection.op.weight.detach().unflatten(1, (len(delays_ms), -1)).unbind(1)
    # In double precision, so that the division by the tick gives back the very number.
    drive = projection.drive.detach().double().numpy() * tick_ms
    for index, (weight, delay_ms) in enumerate(zip(weights, delays_ms, strict=True)):
        arriving = source
        if delay_ms:
            delay = nir.Delay(np.full(shape, float(delay_ms)))
            arriving = graph.add(f"{name}_delay_{index}", delay, source)
        # The layer's drive comes once, not with every delay.
        bias = drive if index == 0 else np.zeros_like(drive)
        node = synapse_node(projection.op, weight.numpy(), bias, shape)
        branches.append(graph.add(f"{name}_synapses_{index}", node, arriving))
    return branches


def synapse_node(
    op: nn.Conv2d | nn.Linear, weight: np.ndarray, bias: np.ndarray, shape: tuple[int, ...]
) -> nir.Conv2d | nir.Affine:
    """Synapses of the given weights that are otherwise like ``op``."""
    if isinstance(op, nn.Linear):
        return nir.Affine(weight, bias)
    stride, padding, dilation = op.stride, op.padding, op.dilation
    return nir.Conv2d(shape[1:], weight, stride, padding, dilation, op.groups, bias)


def lif_node(neuron: Lif, shape: tuple[int, ...], tick_ms: float) -> nir.LIF:
    """A layer of neurons; in double precision, so that the logarithm of tau survives."""
    decay = copy.deepcopy(neuron).double().decay(1.0).detach().numpy()
    tau = np.broadcast_to(-1.0 / np.log(decay), shape).copy()
    return nir.LIF(
        tau=tau,
        r=tau / tick_ms,
        v_leak=np.zeros(shape),
        v_threshold=np.ones(shape),
        v_reset=np.zeros(shape),
        metadata={"reset": RESET, "fires": FIRES},
    )
