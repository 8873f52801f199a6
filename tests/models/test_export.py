"""Other programs' forms of a model: what is written says the same as the network."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import nir
import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from models.data.gestures import CLASSES
from models.exporting import export
from models.exporting.export import c3d_to_onnx, export_model, spiking_to_nir
from models.exporting.graphs.builder import GraphBuilder
from models.exporting.nir_graph import from_nir, to_nir
from models.networks.c3d import SMALL as C3D_SMALL
from models.networks.c3d import C3d
from models.networks.conv_lif import LAYERS, ConvLif, ConvLifParameters
from models.networks.torch_session import TorchSession
from models.spec import ModelError, ModelSpec, as_ticks
from tests.models.test_conv_lif import DELAYED, counts, make_network, spec

C3D = replace(C3D_SMALL, channels=((2,), (3,), (4, 4), (4, 4), (6, 6)), hidden=(8, 8))
C3D_SPEC = ModelSpec("clips", "c3d", CLASSES, (2, 32, 32), 1000, asdict(C3D))
# A mean rate that never moves from its target: the gain is 1/2, as the graph's node has it.
STEADY = replace(DELAYED, gain_ms=1e12, gain_floor=60.0, gain_target=60.0)


def make_c3d() -> C3d:
    torch.manual_seed(0)
    network = C3d(C3D)
    network.clip(torch.poisson(torch.full((4, 2, 16, 32, 32), 0.5)))
    network.finish(1.0)
    return network


def assert_equal(a: Any, b: Any) -> None:
    """Two graphs as dictionaries, whose numbers are equal to the last bit."""
    if isinstance(a, dict):
        assert isinstance(b, dict)
        assert a.keys() == b.keys()
        for key in a:
            assert_equal(a[key], b[key])
    else:
        assert np.array_equal(a, b)


def written_and_read(graph: nir.NIRGraph, tmp_path: Path) -> nir.NIRGraph:
    nir.write(tmp_path / "m.nir", graph)
    return nir.read(tmp_path / "m.nir")


@pytest.mark.parametrize(
    "sizes",
    [ConvLifParameters(side=16, channels=(2, 3, 4)), DELAYED, replace(DELAYED, stem=(7, 4))],
    ids=["immediate", "delays", "stem"],
)
def test_nir_read_back_is_equal_and_gives_equal_spikes(
    sizes: ConvLifParameters, tmp_path: Path
) -> None:
    network = make_network(sizes=sizes)
    graph = to_nir(network, spec(sizes))
    again = written_and_read(graph, tmp_path)
    assert_equal(again.to_dict(), graph.to_dict())
    rebuilt, its_spec = from_nir(again)
    assert its_spec == spec(sizes)
    for name, value in network.state_dict().items():
        assert torch.equal(rebuilt.state_dict()[name], value), name
    x = counts(120)
    expected = TorchSession(network, spec(sizes)).run(as_ticks(x))
    output = TorchSession(rebuilt, its_spec).run(as_ticks(x))
    for a, b in zip(expected.layers, output.layers, strict=True):
        assert a.spikes.any()
        np.testing.assert_array_equal(a.spikes, b.spikes)


def test_drives_and_time_constants_survive_other_ticks_than_1_ms() -> None:
    network, its_spec = make_network(sizes=DELAYED), replace(spec(DELAYED), tick_us=2300)
    graph = to_nir(network, its_spec)
    np.testing.assert_allclose(graph.nodes["conv1_lif"].r, graph.nodes["conv1_lif"].tau / 2.3)
    rebuilt, spec_read = from_nir(graph)
    assert spec_read == its_spec
    for name, value in network.state_dict().items():
        assert torch.equal(rebuilt.state_dict()[name], value), name


def run_node(node: Any, x: torch.Tensor, tick_ms: float) -> torch.Tensor:
    """What NIR's definition says of a node, for a whole sequence (T, ...) of ticks."""
    if isinstance(node, nir.Scale):
        return x * torch.from_numpy(node.scale).double()
    if isinstance(node, nir.Flatten):
        return x.flatten(1)
    if isinstance(node, nir.Delay):
        ticks = round(float(node.delay.flat[0]) / tick_ms)
        return torch.cat([torch.zeros_like(x[:ticks]), x])[: len(x)]
    if isinstance(node, nir.LIF):
        return run_lif(node, x, tick_ms)
    weight, bias = torch.from_numpy(node.weight).double(), torch.from_numpy(node.bias).double()
    if isinstance(node, nir.Affine):
        return x @ weight.T + bias
    return nn.functional.conv2d(x, weight, bias, tuple(node.stride), tuple(node.padding))


def run_lif(node: nir.LIF, x: torch.Tensor, tick_ms: float) -> torch.Tensor:
    """Pulses of current at the beginning of each tick, and the reset of the metadata."""
    assert node.metadata == {
        "reset": "subtract the threshold",
        "fires": "at or above the threshold",
    }
    tau, r = torch.from_numpy(node.tau), torch.from_numpy(node.r)
    v, spikes = torch.zeros_like(x[0]), []
    for current in x:
        v = v * torch.exp(-tick_ms / tau) + r * current * (tick_ms / tau)
        fired = (v >= torch.from_numpy(node.v_threshold)).double()
        v = v - fired * torch.from_numpy(node.v_threshold)
        spikes.append(fired)
    return torch.stack(spikes)


def test_the_nodes_alone_are_the_network_but_for_gain_and_reset() -> None:
    network, x = make_network(sizes=STEADY), counts(100)
    graph = to_nir(network, spec(STEADY))
    flowing = {"input": torch.from_numpy(x).double()}
    for name, node in graph.nodes.items():
        arriving = [flowing[a] for a, b in graph.edges if b == name]
        if name not in ("input", "output"):
            flowing[name] = run_node(node, sum(arriving[1:], arriving[0]), 1.0)
    expected = TorchSession(network, spec(STEADY)).run(as_ticks(x)).layers
    for name, layer in zip(LAYERS, expected, strict=True):
        assert layer.spikes.any()
        spikes = flowing[f"{name}_lif"].flatten(1).numpy()
        np.testing.assert_array_equal(spikes, layer.spikes, name)


def test_the_graph_in_nirs_own_terms() -> None:
    network = make_network(sizes=DELAYED)
    graph = to_nir(network, spec(DELAYED))
    nodes, sizes = graph.nodes, network.sizes
    neurons = nodes["conv2_lif"]
    tau = network.layers()[1][1].log_tau.exp().detach().numpy()
    np.testing.assert_allclose(neurons.tau[:, 0, 0], tau, rtol=1e-6)
    np.testing.assert_allclose(neurons.r, neurons.tau)  # ticks of 1 ms
    assert neurons.tau.shape == (6, 4, 4)
    assert (nodes["hidden_delay_2"].delay == 24.0).all()
    assert ("conv3_lif", "flatten") in graph.edges
    assert ("flatten", "hidden_delay_2") in graph.edges
    assert ("hidden_delay_2", "hidden_synapses_2") in graph.edges
    assert ("hidden_synapses_2", "hidden_lif") in graph.edges
    np.testing.assert_allclose(nodes["gain"].scale, 60 / 72)
    assert nodes["gain"].metadata["tau_ms"] == sizes.gain_ms
    assert json.loads(graph.metadata["classes"]) == list(CLASSES)


def test_graphs_of_others_get_a_sentence() -> None:
    foreign = nir.NIRGraph.from_list(nir.Scale(np.ones(3)))
    with pytest.raises(ModelError, match=r"of system conv_lif or .*, got one of None"):
        from_nir(foreign)
    graph = to_nir(make_network(), spec())
    graph.nodes["hidden_lif"].metadata["reset"] = "to zero"
    with pytest.raises(ModelError, match="network conv_lif: hidden_lif is another one"):
        from_nir(graph)
    graph = to_nir(make_network(), spec())
    del graph.nodes["conv3_synapses_0"]
    with pytest.raises(ModelError, match="conv3_synapses_0"):
        from_nir(graph)


def test_a_node_is_not_replaced_by_another() -> None:
    graph = GraphBuilder()
    graph.add("a", nir.Scale(np.ones(3)))
    with pytest.raises(ValueError, match="'a' again"):
        graph.add("a", nir.Scale(np.ones(3)))


def test_onnx_gives_the_scores_of_any_number_of_clips() -> None:
    network = make_c3d()
    written = c3d_to_onnx(network, C3D_SPEC)
    session = onnxruntime.InferenceSession(written.content, providers=["CPUExecutionProvider"])
    for clips in (1, 3):
        x = np.random.default_rng(clips).poisson(0.7, (clips, 2, 16, 32, 32)).astype(np.float32)
        (scores,) = session.run(["scores"], {"counts": x})
        with torch.inference_mode():
            expected = network.clip(torch.from_numpy(x)).numpy()
        assert scores.shape == (clips, 12)
        np.testing.assert_allclose(scores, expected, rtol=1e-4, atol=1e-5)
    properties = {
        p.key: p.value for p in onnx.load_model_from_string(written.content).metadata_props
    }
    assert properties["frame_ms"] == "40"
    assert json.loads(properties["scores"]) == [*CLASSES, "no gesture"]
    assert "(N, 2, 16, 32, 32) of frames of 40 ms" in written.notes[0]


def test_what_is_not_the_same_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ONNX_TOLERANCE", -1.0)
    with pytest.raises(RuntimeError, match="scores differ"):
        c3d_to_onnx(make_c3d(), C3D_SPEC)

    def other(graph: nir.NIRGraph) -> tuple[ConvLif, ModelSpec]:
        network, its_spec = from_nir(graph)
        network.projections[2].drive.data[0] += 1e-6
        return network, its_spec

    monkeypatch.setattr("models.exporting.nir_graph.from_nir", other)
    with pytest.raises(RuntimeError, match="is another one"):
        spiking_to_nir(make_network(), spec())


def test_a_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "load_checkpoint", lambda path: (make_c3d(), C3D_SPEC))
    out = tmp_path / "new" / "m.onnx"
    export_model(tmp_path / "m.safetensors", "onnx", out)
    onnx.checker.check_model(onnx.load(out))
    assert [path.name for path in out.parent.iterdir()] == ["m.onnx"]


@pytest.mark.parametrize(
    ("form", "system", "wanted"), [("onnx", "conv_lif", "c3d"), ("nir", "c3d", "conv_lif or .*")]
)
def test_a_form_that_a_system_does_not_have_gets_a_sentence(
    form: str, system: str, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    its_spec = replace(spec(), system=system)
    monkeypatch.setattr(export, "load_checkpoint", lambda path: (make_network(), its_spec))
    with pytest.raises(ModelError, match=f"system {wanted} for {form}, got one of {system}"):
        export_model(tmp_path / "m.safetensors", form, tmp_path / "out")
    assert not (tmp_path / "out").exists()
