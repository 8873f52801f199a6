"""DECOLLE's network as a graph of the Neuromorphic Intermediate Representation.

    input -> rate -> conv1_synapses -> conv1_potential ---------> conv1_neurons -> conv1_pool
                                             conv1_refractory -/  |               -> conv1_spikes
                                                     \\-----------/
    ... -> flatten -> readout -> readout_mean -> decision -> output

Convolution and filter change places, as in ``Decolle.stream``. The traces Q and P of an input are
then the current and the membrane of a current-based leaky integrator, the gain of a channel is the
weight of its input current, and the refractory trace is a leaky integrator of the neuron's own
spikes, negative and fed back:

    tau_syn di/dt = -i + gain x,   tau_mem dp/dt = -p + i,   tau dr/dt = -r - s

Both meet at a threshold without memory, the negative of the channel's bias. Spikes are pooled as a
sum over one half, which is their maximum. Time constants are those of the factors alpha, beta and
gamma of a millisecond: tau = -1 / log(factor).

NIR cannot say that of all classes above the last threshold only the highest one fires; this and the
read-outs that other layers learn by stand in the metadata.
"""

from __future__ import annotations

from typing import Any

import nir  # type: ignore[import-untyped]

from models.exporting.graphs.builder import (
    PURPOSE,
    GraphBuilder,
    by_channel,
    convolution,
    everywhere,
    sum_pool,
    threshold_node,
)
from models.graph.systems.decolle import time_constant
from models.networks.decolle import Decolle, DecolleParameters
from models.networks.decolle_layer import Layer
from models.spec import ModelSpec

TRACES = (
    "i[t] = b i[t-1] + (1 - b) w_in x[t], v[t] = a v[t-1] + (1 - a) i[t-1], "
    "b = exp(-tick / tau_syn), a = exp(-tick / tau_mem)"
)
REFRACTORY = "v[t] = c v[t-1] + (1 - c) r x[t-1], c = exp(-tick / tau)"
MEAN = "v[t] = c v[t-1] + (1 - c) x[t], c = exp(-tick / tau)"
HIGHEST = "of the classes above the threshold only the highest one fires"
LEARNT_BY = "random values of the read-out that this layer learnt by; it gives no output"
NOTES = (
    "NIR cannot say that of the classes whose read-out is above the threshold only the highest one "
    "fires; this stands in the metadata of the node decision. A program that reads only the nodes "
    "may see several classes fire at once.",
    "NIR cannot say that neurons fire at the threshold, not above it; this stands in the metadata "
    "of the thresholds.",
    "NIR knows no ticks: that a membrane follows the current of the tick before stands in the "
    "metadata of the nodes. A program that solves their equations in another way runs a similar "
    "network, not the same one.",
    "The random read-outs that the other layers learnt by stand in the metadata of their neurons.",
)


def to_graph(network: Decolle, spec: ModelSpec) -> nir.NIRGraph:
    """A finished network as a graph, for ticks of the length that the spec has."""
    sizes, graph, ends = network.sizes, GraphBuilder(), []
    names, layers = network.layer_names[:-1], network.layers()
    deciding = range(len(layers))[sizes.deciding]
    last = graph.add_input(spec)
    per_ms = nir.Scale(everywhere(1000 / spec.tick_us, spec.input_shape))
    last = graph.add("rate", per_ms, last)
    for index, (name, layer) in enumerate(zip(names, layers, strict=True)):
        learnt_by = {} if index == deciding else readout_of(layer)
        last = add_layer(graph, name, last, layer, sizes, learnt_by)
        last = add_pool(graph, name, last, sizes.pools[index])
        ends.append(last)
    add_decision(graph, ends[deciding], layers[deciding], sizes)
    if ends[deciding] != last:
        graph.add_output(f"{names[-1]}_output", last)
    learning = {"dropout": sizes.dropout, "readout": sizes.readout, "seed": sizes.seed}
    return graph.graph(spec, learning={"purpose": PURPOSE, **learning})


def readout_of(layer: Layer) -> dict[str, Any]:
    """The read-out of a layer that does not decide, as metadata."""
    return {
        "readout": LEARNT_BY,
        "readout_weight": layer.readout_weight.numpy(),
        "readout_bias": layer.readout_bias.numpy(),
    }


def add_layer(
    graph: GraphBuilder, name: str, source: str, layer: Layer, sizes: DecolleParameters,
    learnt_by: dict[str, Any],
) -> str:  # fmt: skip
    """A layer but for its pool, behind ``source``; returns the name of the node that fires."""
    weight, op = layer.op.weight.detach().numpy(), layer.op
    node = convolution(weight, graph.shape(source), op.stride[0], int(op.padding[0]))
    last = graph.add(f"{name}_synapses", node, source)
    shape = graph.shape(last)
    potential = nir.CubaLI(
        tau_syn=everywhere(time_constant(sizes.beta), shape),
        tau_mem=everywhere(time_constant(sizes.alpha), shape),
        r=everywhere(1.0, shape),
        v_leak=everywhere(0.0, shape),
        w_in=by_channel(layer.gain.numpy(), shape),
        metadata={"in_ticks": TRACES},
    )
    last = graph.add(f"{name}_potential", potential, last)
    neurons = threshold_node(by_channel(-layer.bias.detach().numpy(), shape), **learnt_by)
    last = graph.add(f"{name}_neurons", neurons, last)
    refractory = leaky_node(time_constant(sizes.gamma), -1.0, shape, REFRACTORY)
    graph.feed_back(graph.add(f"{name}_refractory", refractory, last), last)
    return last


def add_pool(graph: GraphBuilder, name: str, source: str, size: int) -> str:
    """The maximum of the spikes of ``source`` over squares; returns the last node's name."""
    if size == 1:
        return source
    last = graph.add(f"{name}_pool", sum_pool(size, graph.shape(source)), source)
    return graph.add(f"{name}_spikes", nir.Threshold(everywhere(0.5, graph.shape(last))), last)


def add_decision(graph: GraphBuilder, source: str, layer: Layer, sizes: DecolleParameters) -> None:
    """The read-out of the spikes of ``source``, its mean and what it decides."""
    node = nir.Affine(layer.readout_weight.numpy(), layer.readout_bias.numpy())
    last = graph.add("readout", node, graph.add_flat(source))
    shape = graph.shape(last)
    if sizes.smooth_ms:
        node = leaky_node(sizes.smooth_ms, 1.0, shape, MEAN)
        last = graph.add("readout_mean", node, last)
    threshold = everywhere(sizes.threshold, shape)
    decision = nir.Threshold(threshold, metadata={"decides": HIGHEST})
    graph.add_output("output", graph.add("decision", decision, last))


def leaky_node(tau_ms: float, resistance: float, shape: tuple[int, ...], in_ticks: str) -> nir.LI:
    """Leaky integrators."""
    tau, r = everywhere(tau_ms, shape), everywhere(resistance, shape)
    return nir.LI(tau, r, everywhere(0.0, shape), metadata={"in_ticks": in_ticks})
