"""SLAYER's network as a graph of the Neuromorphic Intermediate Representation.

    -> conv1_synapses -> conv1_potential ---------> conv1_spikes -> pool1_synapses -> pool1_weight
                               conv1_refractory -/  |               -> pool1_delay -> ...
                                       \\-----------/

The spike response model is one with NIR's equations: a current-based leaky integrator whose two
time constants are equal answers a spike with an alpha function, and the refractory response is such
an integrator of the neuron's own spikes, negative and fed back. So the potential is the sum of both
at a threshold without memory, and no neuron is reset, whereas NIR's CubaLIF would be. With

    tau di/dt = -i + w_in s,   tau dv/dt = -v + R i,   w_in = e tau / tick

a spike over a weight w, a 1 for a tick that acts as a pulse at its beginning, raises the potential
to w R one tau later: R is 1 for the synapses. The refractory integrators take the threshold into
w_in, so that their R is the negative refractory scale. Delays are those of the axons, and of each
channel; they come behind the sums of a pool, as in ``models.networks.slayer``.

Learning needs a few values more; they stand in the graph's metadata.
"""

from __future__ import annotations

import math

import nir  # type: ignore[import-untyped]
from torch import nn

from models.exporting.graphs.builder import (
    PURPOSE,
    GraphBuilder,
    by_channel,
    convolution,
    everywhere,
    sum_pool,
    threshold_node,
)
from models.networks.slayer import Slayer, SlayerParameters
from models.networks.slayer_layers import Synapses
from models.spec import ModelSpec

IN_TICKS = (
    "v[t] = a (v[t-1] + r i[t-1] tick / tau), i[t] = a i[t-1] + w_in x[t] tick / tau, "
    "a = exp(-tick / tau)"
)
WHOLE_TICKS = "x[t - floor(delay / tick)]"
SPIKES = "1, or in ticks of several ms the whole thresholds in the potential, at most so many"
LEARNING = ("tau_rho", "scale_rho", "delay_spread_ms", "delay_limit_ms")
NOTES = (
    "The nodes hold the whole network: a neuron is two current-based integrators, one of them fed "
    "back, and a threshold without memory. A program that reads them needs to know feedback, and "
    "integrators whose two time constants are equal.",
    "NIR cannot say that neurons fire at the threshold, not above it; this stands in the metadata "
    "of the thresholds.",
    "NIR knows no ticks: that spikes are pulses at their beginning and delays whole ticks, rounded "
    "down, stands in the metadata of the nodes. A program that solves their equations in another "
    "way runs a similar network, not the same one.",
)


def to_graph(network: Slayer, spec: ModelSpec) -> nir.NIRGraph:
    """A finished network as a graph, for ticks of the length that the spec has."""
    tick_ms, sizes = spec.tick_us / 1000, network.sizes
    graph = GraphBuilder()
    last = graph.add_input(spec)
    for name, layer in zip(network.layer_names, network.layers(), strict=True):
        last = add_synapses(graph, name, last, layer)
        last = add_neurons(graph, name, last, sizes, tick_ms)
    graph.add_output("output", last)
    learning = {name: getattr(sizes, name) for name in LEARNING}
    learning["is_scaled"] = network.is_scaled
    return graph.graph(spec, learning={"purpose": PURPOSE, **learning})


def add_synapses(graph: GraphBuilder, name: str, source: str, layer: Synapses) -> str:
    """The synapses of a layer and the delays in front of them; returns the last node's name."""
    op, synapses = layer.op, f"{name}_synapses"
    if isinstance(op, nn.Linear):
        return graph.add(synapses, nir.Linear(op.weight.detach().numpy()), graph.add_flat(source))
    shape = graph.shape(source)
    if isinstance(op, nn.Conv2d):
        weight = op.weight.detach().numpy()
        node = convolution(weight, shape, op.stride[0], int(op.padding[0]))
        return graph.add(synapses, node, source)
    last = graph.add(synapses, sum_pool(op.size, shape), source)
    shape = graph.shape(last)
    last = graph.add(f"{name}_weight", nir.Scale(everywhere(op.weight, shape)), last)
    if layer.delay_ms is None:
        return last
    delay = by_channel(layer.delay_ms.detach().numpy(), shape)
    node = nir.Delay(delay, metadata={"in_ticks": WHOLE_TICKS})
    return graph.add(f"{name}_delay", node, last)


def add_neurons(
    graph: GraphBuilder, name: str, source: str, sizes: SlayerParameters, tick_ms: float
) -> str:
    """A layer of neurons behind its synapses; returns the name of the node that fires."""
    shape, theta = graph.shape(source), sizes.threshold
    potential = alpha_node(shape, sizes.tau_s_ms, 1.0, 1.0, tick_ms)
    refractory = alpha_node(shape, sizes.tau_ref_ms, theta, -sizes.refractory_scale, tick_ms)
    graph.add(f"{name}_potential", potential, source)
    most = max(1, round(tick_ms))
    node = threshold_node(everywhere(theta, shape), in_ticks=SPIKES, most=most)
    spikes = graph.add(f"{name}_spikes", node, f"{name}_potential")
    graph.feed_back(graph.add(f"{name}_refractory", refractory, spikes), spikes)
    return spikes


def alpha_node(
    shape: tuple[int, ...], tau_ms: float, weight: float, resistance: float, tick_ms: float
) -> nir.CubaLI:
    """Integrators that answer a spike with an alpha function of height weight x resistance."""
    tau = everywhere(tau_ms, shape)
    return nir.CubaLI(
        tau_syn=tau,
        tau_mem=tau.copy(),
        r=everywhere(resistance, shape),
        v_leak=everywhere(0.0, shape),
        w_in=tau * (weight * math.e / tick_ms),
        metadata={"in_ticks": IN_TICKS},
    )
