"""NIR: every spiking system's networks as graphs and back, and what the nodes alone say."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import nir
import numpy as np
import pytest
import torch

from models.exporting.export import export_model
from models.exporting.graphs.decolle import HIGHEST
from models.exporting.graphs.eedn import without_groups
from models.exporting.nir_graph import FORMS, from_nir, to_nir
from models.graph.systems.eedn import with_groups
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.checkpoint import load_checkpoint, save_checkpoint
from models.networks.torch_session import TorchSession
from models.spec import ModelError, ModelSpec, as_ticks
from tests.models import test_conv_lif, test_decolle, test_eedn, test_slayer
from tests.models.nir_nodes import GraphRun
from tests.models.test_conv_lif import counts
from tests.models.test_export import assert_equal, written_and_read

SHIPPED = sorted(DEFAULT_CHECKPOINT.parent.glob("*.safetensors"))
DECOLLE = replace(test_decolle.TINY, alpha=math.exp(-1 / 33), threshold=-0.1)
SPREAD = replace(test_slayer.TINY, delay_spread_ms=30.0, tau_s_ms=7.3, refractory_scale=1.7)
MAKE: dict[str, Callable[..., Any]] = {
    "conv_lif": lambda sizes: test_conv_lif.make_network(sizes=sizes),
    "eedn": test_eedn.make_network,
    "slayer": test_slayer.make_network,
    "decolle": test_decolle.make_finished,
}
CASES = {
    "conv_lif": ("conv_lif", test_conv_lif.DELAYED),
    "eedn": ("eedn", test_eedn.TINY),
    "eedn of one level": ("eedn", replace(test_eedn.TINY, levels=(1.5,), delays_ms=(2, 3, 10))),
    "slayer": ("slayer", SPREAD),
    "slayer with a pool": ("slayer", test_slayer.POOLED),
    "decolle": ("decolle", DECOLLE),
    "decolle read out early": ("decolle", replace(DECOLLE, deciding=1, smooth_ms=0.0)),
}


def made(case: str) -> tuple[Any, ModelSpec]:
    """A finished network that fires, and its spec."""
    system, sizes = CASES[case]
    classes = tuple(f"class {i}" for i in range(sizes.classes))
    spec = ModelSpec("tiny", system, classes, (2, sizes.side, sizes.side), 1000, asdict(sizes))
    return MAKE[system](sizes), spec


def assert_equal_spikes(a: Any, b: Any, spec: ModelSpec, ticks: int = 120) -> None:
    x = counts(ticks, side=spec.input_shape[1])
    ours, others = (TorchSession(network, spec).run(as_ticks(x)).layers for network in (a, b))
    for mine, other in zip(ours, others, strict=True):
        np.testing.assert_array_equal(mine.spikes, other.spikes, mine.name)


@pytest.mark.parametrize("case", CASES)
def test_what_is_read_back_is_equal_and_gives_equal_spikes(case: str, tmp_path: Path) -> None:
    network, spec = made(case)
    graph = to_nir(network, spec)
    again = written_and_read(graph, tmp_path)
    assert_equal(again.to_dict(), graph.to_dict())
    rebuilt, its_spec = from_nir(again)
    assert its_spec == spec
    assert rebuilt.state_dict().keys() == network.state_dict().keys()
    for name, value in network.state_dict().items():
        assert torch.equal(rebuilt.state_dict()[name], value), name
    layers = TorchSession(network, spec).run(as_ticks(counts(300, side=spec.input_shape[1]))).layers
    assert all(layer.spikes.any() for layer in layers)
    assert_equal_spikes(network, rebuilt, spec, 300)


@pytest.mark.parametrize("case", CASES)
def test_a_model_file_of_every_system_is_exported(case: str, tmp_path: Path) -> None:
    network, spec = made(case)
    save_checkpoint(tmp_path / "m.safetensors", network, spec)
    notes = export_model(tmp_path / "m.safetensors", "nir", tmp_path / "m.nir")
    assert notes[:-1] == FORMS[spec.system].notes
    assert "for ticks of 1 ms" in notes[-1]
    rebuilt, its_spec = from_nir(nir.read(tmp_path / "m.nir"))
    assert its_spec == spec
    assert_equal_spikes(network, rebuilt, spec, 20)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_models_survive_the_way_through_nir(path: Path, tmp_path: Path) -> None:
    network, spec = load_checkpoint(path)
    if spec.system not in FORMS:
        pytest.skip(f"{spec.system} does not spike")
    export_model(path, "nir", tmp_path / "m.nir")
    rebuilt, spec_read = from_nir(nir.read(tmp_path / "m.nir"))
    # A model file may leave out what has a default.
    whole = asdict(network.sizes)
    assert spec_read == replace(spec, parameters=whole, training={})
    assert_equal_spikes(network, rebuilt, spec, 150)


@pytest.mark.parametrize("tick_us", [500, 2300])
@pytest.mark.parametrize("case", ["eedn", "slayer", "decolle"])
def test_other_ticks_than_1_ms_survive(case: str, tick_us: int) -> None:
    network, spec = made(case)
    spec = replace(spec, tick_us=tick_us)
    rebuilt, its_spec = from_nir(to_nir(network, spec))
    assert its_spec == spec
    assert_equal_spikes(network, rebuilt, spec, 60)


@pytest.mark.parametrize("case", ["eedn", "slayer", "slayer with a pool", "decolle"])
def test_the_nodes_and_their_arithmetic_in_ticks_are_the_network(case: str) -> None:
    network, spec = made(case)
    x = counts(250, side=spec.input_shape[1])
    said = GraphRun(to_nir(network, spec), 1.0).run(x)
    layers = TorchSession(network, spec).run(as_ticks(x)).layers
    # Of DECOLLE's output the nodes say not all, see below.
    for layer in layers[:-1] if case == "decolle" else layers:
        names = (f"{layer.name}_spikes", f"{layer.name}_neurons", layer.name)
        node = next(name for name in names if name in said)
        assert layer.spikes.any()
        np.testing.assert_array_equal(said[node], layer.spikes, node)


def test_of_the_classes_above_the_threshold_the_highest_fires() -> None:
    network, spec = made("decolle")
    graph = to_nir(network, spec)
    assert graph.nodes["decision"].metadata["decides"] == HIGHEST
    x = counts(250, side=spec.input_shape[1])
    said = GraphRun(graph, 1.0).run(x)
    highest = np.eye(3)[said["readout_mean"].argmax(1)] * said["output"]
    np.testing.assert_array_equal(
        highest, TorchSession(network, spec).run(as_ticks(x)).layers[-1].spikes
    )
    assert (said["output"].sum(1) > 1).any()


def test_the_graphs_in_nirs_own_terms() -> None:
    network, spec = made("slayer")
    graph = to_nir(network, spec)
    potential, refractory = graph.nodes["hidden_potential"], graph.nodes["hidden_refractory"]
    np.testing.assert_allclose(potential.tau_syn, 7.3)
    np.testing.assert_allclose(potential.tau_mem, 7.3)
    np.testing.assert_allclose(potential.r * potential.w_in, 7.3 * math.e)  # ticks of 1 ms
    np.testing.assert_allclose(refractory.r, -1.7)
    delays = network.layers()[1].delay_ms.detach().numpy()
    np.testing.assert_allclose(graph.nodes["pool1_delay"].delay[:, 3, 2], delays)
    assert ("hidden_spikes", "hidden_refractory") in graph.edges
    assert ("hidden_refractory", "hidden_spikes") in graph.edges

    network, spec = made("decolle")
    nodes = to_nir(network, spec).nodes
    np.testing.assert_allclose(nodes["conv1_potential"].tau_mem, 33.0)
    np.testing.assert_allclose(nodes["conv1_potential"].tau_syn, -1 / math.log(0.92))
    np.testing.assert_allclose(nodes["readout_mean"].tau, 5.0)
    bias = network.layers()[2].bias.detach().numpy()
    np.testing.assert_array_equal(nodes["conv3_neurons"].threshold[:, 1, 1], -bias)

    network, spec = made("eedn")
    nodes = to_nir(network, spec).nodes
    assert nodes["delays"].delay[:, 0, 0].tolist() == [0] * 4 + [3] * 4 + [10] * 4
    assert nodes["traces"].tau[:, 0, 0].tolist() == [5] * 4 + [10] * 4 + [20] * 4
    assert nodes["cascade"].threshold[:, 0, 0].tolist() == [0.5, 0.5, 2, 2] * 3
    assert np.unique(nodes["conv3_synapses"].weight).tolist() == [-1, 0, 1]
    assert int(nodes["output"].metadata["population"]) == 16


def test_groups_are_written_as_synapses_of_0() -> None:
    weight = torch.randint(-1, 2, (12, 2, 3, 3))
    whole = without_groups(weight, 4)
    assert whole.shape == (12, 8, 3, 3)
    np.testing.assert_array_equal(with_groups(whole.numpy(), 4), weight.numpy())
    x = torch.rand(1, 8, 5, 5)
    grouped = torch.nn.functional.conv2d(x, weight.float(), groups=4)
    torch.testing.assert_close(torch.nn.functional.conv2d(x, whole.float()), grouped)


@pytest.mark.parametrize(
    ("case", "node", "field"),
    [
        ("eedn", "traces", "tau"),
        ("eedn", "conv2_synapses", "weight"),
        ("eedn", "conv2_spikes", "threshold"),
        ("slayer", "hidden_potential", "tau_syn"),
        ("slayer", "output_refractory", "r"),
        ("slayer", "pool2_delay", "delay"),
        ("decolle", "conv2_potential", "w_in"),
        ("decolle", "conv3_refractory", "tau"),
        ("decolle", "decision", "threshold"),
    ],
)
def test_one_neuron_unlike_the_others_is_another_network(case: str, node: str, field: str) -> None:
    graph = to_nir(*made(case))
    getattr(graph.nodes[node], field).flat[-1] += 0.25
    with pytest.raises(ModelError, match=f"the network {case}: {node} is another one"):
        from_nir(graph)


@pytest.mark.parametrize("case", ["eedn", "slayer", "decolle"])
def test_graphs_of_others_get_a_sentence(case: str) -> None:
    foreign = nir.NIRGraph.from_list(nir.Scale(np.ones(3)))
    foreign.metadata["system"] = case
    with pytest.raises(ModelError, match=f"expected a graph of the network {case}: "):
        from_nir(foreign)
    graph = to_nir(*made(case))
    graph.edges.pop()
    with pytest.raises(ModelError, match="the edges are others"):
        from_nir(graph)
    graph = to_nir(*made(case))
    del graph.nodes["conv1_synapses"]
    with pytest.raises(ModelError, match="conv1_synapses"):
        from_nir(graph)
    graph = to_nir(*made(case))
    graph.metadata["comment"] = graph.nodes["conv1_synapses"].metadata["comment"] = "of others"
    from_nir(graph)
