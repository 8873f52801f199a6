"""NIR graphs of other programs at work, against spikes computed by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import nir
import numpy as np
import pytest

from models.data.gestures import CLASSES
from models.graph.contents import graph_of
from models.graph.session import GraphSession
from models.live import open_network
from models.spec import ModelError, TickEvents, TickOutput, as_ticks

ONE, ZERO = np.ones(2), np.zeros(2)
# From the cells of both polarities of a 2 x 2 input, flattened, to two neurons.
WEIGHT = np.zeros((2, 8), np.float32)
WEIGHT[0, 0], WEIGHT[1, 7] = 1.0, 1.0
FLAT = np.array([2, 2, 2])


def graph(*nodes: Any, edges: list[tuple[str, str]] | None = None, **metadata: Any) -> Any:
    """Nodes n0, n1, ... one behind the other, from an input of 2 x 2 to two classes."""
    named = {f"n{i}": node for i, node in enumerate(nodes)}
    named = {"input": nir.Input(FLAT), **named, "output": nir.Output(np.array([2]))}
    names = list(named)
    chain = list(pairwise(names))
    return nir.NIRGraph(named, edges or chain, metadata, type_check=False)


def session(of: Any, **options: bool) -> GraphSession:
    return GraphSession(graph_of(of.to_dict()), "mine", **options)


def flat() -> Any:
    return nir.Flatten({"input": FLAT}, 0)


def ticks(*cells: int | None, side: int = 2) -> TickEvents:
    """One event a tick at a cell of (2, side, side), or none."""
    counts = np.zeros((len(cells), 2, side, side), np.uint8)
    for tick, cell in enumerate(cells):
        if cell is not None:
            counts[tick].flat[cell] = 1
    return as_ticks(counts)


def spikes(of: Any, *cells: int | None) -> list[list[int]]:
    found: list[list[int]] = session(of).run(ticks(*cells)).output.tolist()
    return found


def lif(tau: float = 10.0, r: float = 10.0, threshold: float = 1.5, **other: Any) -> nir.LIF:
    return nir.LIF(tau * ONE, r * ONE, ZERO, threshold * ONE, ZERO, **other)


def test_a_leaky_neuron_by_hand() -> None:
    # tau 10 ticks, R 10: v = 0.9 v + x. 1, 1.9 (fires, to 0), 1, 0.9, 1.81 (fires).
    found = spikes(graph(flat(), nir.Linear(WEIGHT), lif()), 0, 0, 0, None, 0)
    assert found == [[0, 0], [1, 0], [0, 0], [0, 0], [1, 0]]


def test_neurons_fire_above_the_threshold_unless_the_metadata_says_at_it() -> None:
    without = graph(flat(), nir.Linear(WEIGHT), nir.IF(ONE, 2 * ONE, ZERO))
    assert spikes(without, 0, 0, 0) == [[0, 0], [0, 0], [1, 0]]
    at = graph(
        flat(),
        nir.Linear(WEIGHT),
        nir.IF(ONE, 2 * ONE, ZERO, metadata={"fires": "at or above the threshold"}),
    )
    assert spikes(at, 0, 0, 0) == [[0, 0], [1, 0], [0, 0]]


def test_what_a_reset_leaves() -> None:
    strong = 2.5 * WEIGHT
    to = graph(flat(), nir.Linear(strong), nir.IF(ONE, ONE, 0.75 * ONE))
    # 2.5 fires, then 0.75 stays below.
    assert spikes(to, 0, None, None) == [[1, 0], [0, 0], [0, 0]]
    metadata = {"reset": "subtract the threshold"}
    subtracting = graph(flat(), nir.Linear(strong), nir.IF(ONE, ONE, ZERO, metadata=metadata))
    # 2.5 fires and leaves 1.5, which fires and leaves 0.5.
    assert spikes(subtracting, 0, None, None) == [[1, 0], [1, 0], [0, 0]]


def test_a_current_based_neuron_by_hand() -> None:
    node = nir.CubaLIF(2 * ONE, 4 * ONE, 4 * ONE, ZERO, 0.9 * ONE, ZERO, w_in=2 * ONE)
    # i = 0.5 i + x, v = 0.75 v + i: i 1, .5, .25; v 1 (fires), .5, .625.
    assert spikes(graph(flat(), nir.Linear(WEIGHT), node), 7, None, None, 7) == [
        [0, 1], [0, 0], [0, 0], [0, 1],
    ]  # fmt: skip


def test_a_delay_and_a_bias() -> None:
    delayed = graph(
        flat(), nir.Affine(WEIGHT, np.array([0.0, 0.4])), nir.Delay(np.array([2.0, 0.0])),
        nir.IF(ONE, 0.9 * ONE, ZERO),
    )  # fmt: skip
    # The first arrives two ticks later, the second adds up 0.4, 0.8, 1.2.
    assert spikes(delayed, 0, None, None, None) == [[0, 0], [0, 0], [1, 1], [0, 0]]


def test_feedback_brings_what_was_said_a_tick_before() -> None:
    nodes = {
        "input": nir.Input(FLAT),
        "flat": flat(),
        "in": nir.Linear(WEIGHT),
        "lif": nir.IF(ONE, 0.5 * ONE, ZERO),
        "rec": nir.Linear(np.array([[0, 0], [1.0, 0]])),
        "output": nir.Output(np.array([2])),
    }
    edges = [
        ("input", "flat"), ("flat", "in"), ("in", "lif"), ("lif", "rec"), ("rec", "lif"),
        ("lif", "output"),
    ]  # fmt: skip
    ring = nir.NIRGraph(nodes, edges, {}, type_check=False)
    assert spikes(ring, 0, None, None) == [[1, 0], [0, 1], [0, 0]]


def test_a_graph_inside_a_graph() -> None:
    inner = nir.NIRGraph(
        {
            "input": nir.Input(np.array([2])),
            "lif": nir.IF(ONE, 0.5 * ONE, ZERO),
            "w": nir.Linear(np.array([[0, 0], [1.0, 0]])),
            "output": nir.Output(np.array([2])),
        },
        [("input", "lif"), ("lif", "w"), ("w", "lif"), ("lif", "output")],
        {},
    )
    assert spikes(graph(flat(), nir.Linear(WEIGHT), inner), 0, None, None) == [
        [1, 0], [0, 1], [0, 0],
    ]  # fmt: skip


def test_convolutions_and_pools_are_those_of_torch() -> None:
    import torch
    from torch.nn import functional

    rng = np.random.default_rng(3)
    weight, bias = rng.normal(size=(6, 1, 3, 2)), rng.normal(size=6)
    conv = nir.Conv2d((9, 9), weight, (2, 1), (1, 2), (1, 2), 2, bias)
    pooled = nir.AvgPool2d(np.array([2, 3]), np.array([1, 2]), np.array([1, 0]))
    same = nir.Conv2d(None, rng.normal(size=(4, 6, 3, 4)), 1, "same", 1, 1, np.zeros(4))
    x = torch.from_numpy(rng.integers(0, 3, (2, 9, 9)).astype(float))
    first = torch.from_numpy(weight), torch.from_numpy(bias)
    y = functional.conv2d(x[None], *first, (2, 1), (1, 2), (1, 2), 2)
    y = functional.avg_pool2d(y, (2, 3), (1, 2), (1, 0))
    y = functional.conv2d(y, torch.from_numpy(same.weight), padding="same")
    expected = functional.avg_pool2d(y, 2, divisor_override=1)[0].numpy()

    from models.graph import shapes
    from models.graph.contents import Node

    value, shape = x.numpy(), (2, 9, 9)
    summed = nir.SumPool2d(np.array([2, 2]), np.array([2, 2]), np.array([0, 0]))
    for node, make in (
        (conv, shapes.convolution),
        (pooled, lambda n, s: shapes.pool(n, s, mean=True)),
        (same, shapes.convolution),
        (summed, lambda n, s: shapes.pool(n, s, mean=False)),
    ):
        values = {k: v for k, v in node.to_dict().items() if k not in ("type", "metadata")}
        step = make(Node(type(node).__name__, values, {}), shape)
        value, shape = step.say(value), step.shape
    np.testing.assert_allclose(value, expected, atol=1e-6)
    assert shape == expected.shape


def test_of_values_the_highest_class_fires_if_it_is_above_0() -> None:
    leaky = graph(flat(), nir.Linear(WEIGHT), nir.LI(2 * ONE, ONE, ZERO))
    run = session(leaky).run(ticks(None, 0, 7, 7, None))
    assert run.output.tolist() == [[0, 0], [1, 0], [0, 1], [0, 1], [0, 1]]
    assert run.layers[-1].name == "output"


@pytest.mark.parametrize(
    ("times", "r", "metadata", "factor"),
    [
        (10.0, 1.0, {}, 0.1),  # in ticks, as Sinabs
        (0.01, 1.0, {}, 0.1),  # in seconds, as Norse
        (1e-3, 10.0, {}, 0.1),  # snnTorch, beta 0.9: dt 1e-4 is tau / R
        (2e-4, 1.0, {}, 0.5),  # SpikingJelly, tau 2 with decaying input
        (0.02, 1.0, {"dt": 0.005}, 0.25),
        (10.0, 1.0, {"tick_ms": 2.0}, 0.2),
    ],
)
def test_the_clock_that_a_library_counts_by(
    times: float, r: float, metadata: dict[str, float], factor: float
) -> None:
    one_way = graph(
        flat(), nir.Linear(WEIGHT), nir.LI(times * ONE, r * ONE, ZERO),
        nir.LIF(times * ONE, r * ONE, ZERO, 99 * ONE, ZERO), **metadata,
    )  # fmt: skip
    leaky = session(one_way)._plan.stops[3].made.memory
    first = leaky.say(np.array([1.0, 0]))[0]
    assert first == pytest.approx(factor * r)
    assert leaky.say(np.zeros(2))[0] == pytest.approx(first * (1 - factor))


def assert_alike(a: TickOutput, b: list[TickOutput]) -> None:
    np.testing.assert_array_equal(a.output, np.concatenate([part.output for part in b]))
    for index, layer in enumerate(a.layers):
        parts = [part.layers[index].spikes for part in b]
        np.testing.assert_array_equal(layer.spikes, np.concatenate(parts))


def whole_network() -> Any:
    rng = np.random.default_rng(5)
    shape = np.array([3, 4, 4])
    nodes = {
        "input": nir.Input(np.array([2, 8, 8])),
        "conv": nir.Conv2d((8, 8), rng.normal(size=(3, 2, 3, 3)), 2, 1, 1, 1, np.zeros(3)),
        "lif": nir.LIF(*(np.full(shape, v) for v in (8.0, 8.0, 0.0, 1.0, 0.0))),
        "delay": nir.Delay(np.full(shape, 3.0)),
        "flat": nir.Flatten({"input": shape}, 0),
        "affine": nir.Affine(rng.normal(size=(11, 48)), np.zeros(11)),
        "out": nir.CubaLIF(*(np.full(11, v) for v in (3.0, 9.0, 3.0, 0.0, 0.5, 0.0))),
        "rec": nir.Linear(0.3 * rng.normal(size=(11, 11))),
        "output": nir.Output(np.array([11])),
    }
    edges = [
        ("input", "conv"), ("conv", "lif"), ("lif", "delay"), ("delay", "flat"),
        ("flat", "affine"), ("affine", "out"), ("out", "rec"), ("rec", "out"), ("out", "output"),
    ]  # fmt: skip
    return nir.NIRGraph(nodes, edges, {})


def test_a_file_runs_in_chunks_as_tick_by_tick_and_anew_after_a_reset(tmp_path: Path) -> None:
    nir.write(tmp_path / "net.nir", whole_network())
    network = open_network(tmp_path / "net.nir", whole=True)
    assert network.spec.classes == CLASSES
    assert (network.spec.name, network.spec.system, network.spec.tick_us) == ("net", "nir", 1000)
    x = np.random.default_rng(0).poisson(0.2, (60, 2, 8, 8)).astype(np.uint8)
    once = network.run(as_ticks(x))
    assert once.output.any()
    assert [layer.name for layer in once.layers] == ["lif", "out"]
    assert once.synaptic_operations is not None
    assert once.synaptic_operations.all()
    network.reset()
    assert_alike(once, [network.run(as_ticks(x[t : t + 1])) for t in range(60)])
    network.skip(10_000_000)
    rested, fresh = network.run(as_ticks(x)), open_network(tmp_path / "net.nir").run(as_ticks(x))
    np.testing.assert_array_equal(rested.output, fresh.output)


def test_rest_is_what_silence_does() -> None:
    of = graph(flat(), nir.Linear(WEIGHT), nir.CubaLI(3 * ONE, 7 * ONE, ONE, ZERO, 3 * ONE))
    one, other = session(of), session(of)
    for each in (one, other):
        each.run(ticks(0, 7, 0))
    one.skip(20_000)
    other.run(ticks(*[None] * 20))
    a, b = (each._plan.stops[3].made.memory.say(np.zeros(2)) for each in (one, other))
    np.testing.assert_allclose(a, b)
    assert a.all()


@pytest.mark.parametrize(
    "shape", [[2, 6, 6], [1, 2, 6, 6], [1, 6, 6], [6, 6], [72], [36], [1, 72]], ids=str
)
def test_any_input_of_a_square_is_taken(shape: list[int]) -> None:
    size, side = int(np.prod(shape)), 6
    nodes = {
        "input": nir.Input(np.array(shape)),
        "w": nir.Linear(np.ones((2, size), np.float32)),
        "if": nir.IF(ONE, 2.5 * ONE, ZERO),
        "output": nir.Output(np.array([2])),
    }
    edges = [("input", "w"), ("w", "if"), ("if", "output")]
    network = session(nir.NIRGraph(nodes, edges, {}, type_check=False))
    assert network.spec.input_shape == (2, side, side)
    assert network.spec.classes == ("class 0", "class 1")
    found = network.run(ticks(0, side * side, 3, side=side)).output
    assert found.tolist() == [[0, 0], [0, 0], [1, 1]]


class Resonator(nir.LIF):
    """A node that NIR does not have."""


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        ([flat(), nir.Linear(WEIGHT), Resonator(ONE, ONE, ONE, ONE, ONE)],
         "cannot run the node 'n2' of the type Resonator, only Input, Output"),
        ([nir.Conv1d(4, np.ones((2, 2, 1)), 1, 0, 1, 1, ZERO)],
         "cannot run the node 'n0' of the type Conv1d, only"),
        ([flat(), nir.Linear(WEIGHT[:, :5])], "'n1' of the type Linear: its weights"),
        ([flat(), nir.Linear(WEIGHT), lif(tau=0.0)], "its tau must be above 0"),
        ([flat(), nir.Linear(WEIGHT), nir.IF(np.ones(3), np.ones(3), np.ones(3))],
         "'n2' of the type IF: its r"),
        ([flat(), nir.Linear(WEIGHT), nir.Delay(np.array([1.0, 1e9]))], "too long to keep"),
        ([flat(), nir.Linear(WEIGHT), nir.Delay(np.array([-1.0, 1.0]))], "less than nothing"),
        ([nir.SumPool2d(np.array([5, 5]), ONE.astype(int), ZERO.astype(int))], "does not fit the"),
        ([flat(), nir.Linear(np.ones((2, 8)) * 1j)], "expected numbers"),
    ],
)  # fmt: skip
def test_what_cannot_run_gets_a_sentence(nodes: list[Any], sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        session(graph(*nodes))


@pytest.mark.parametrize("node", [np.array(0), np.zeros(3), "LIF", {}, {"type": "NIRGraph"}])
def test_what_is_no_node_gets_a_sentence(node: Any) -> None:
    values = graph(flat(), nir.Linear(WEIGHT)).to_dict()
    values["nodes"]["n1"] = node
    with pytest.raises(ModelError, match=r"expected a NIR graph of nodes and edges|n1"):
        graph_of(values)


@pytest.mark.parametrize("dt", ["soon", np.zeros(3), np.nan, -1.0])
def test_a_clock_that_is_none_is_no_clock(dt: Any) -> None:
    of = graph(flat(), nir.Linear(WEIGHT), lif(), dt=dt)
    try:
        assert session(of).run(ticks(0, 0)).output.tolist() == [[0, 0], [1, 0]]
    except ModelError as error:
        assert "cannot tell how long a tick of the graph is" in str(error)  # noqa: PT017


def test_names_of_layers_and_classes_are_fit_for_a_terminal() -> None:
    of = graph(flat(), nir.Linear(WEIGHT), classes='["\\u001b[2J", "b"]')
    of.nodes["\x1b[31mlif"] = lif()
    of.edges = [*of.edges[:-1], ("n1", "\x1b[31mlif"), ("\x1b[31mlif", "output")]
    network = session(of)
    names = [*network.spec.classes, *(layer.name for layer in network.run(ticks(0)).layers)]
    assert len(names) == 3
    assert all(name.isprintable() for name in names)


def test_ends_and_edges_that_nothing_can_run() -> None:
    plain = graph(flat(), nir.Linear(WEIGHT))
    lost = nir.NIRGraph(plain.nodes, [*plain.edges[:-1], ("n1", "n1")], {}, type_check=False)
    with pytest.raises(ModelError, match="expected a way from the input"):
        session(lost)
    with pytest.raises(ModelError, match="expected edges between the nodes"):
        session(nir.NIRGraph(plain.nodes, [("input", "x")], {}, type_check=False))
    for shape in ([2, 3, 4], [], [0], [-8], [7], [2, 0, 0], [2, 9999, 9999]):
        odd = {**plain.nodes, "input": nir.Input(np.array(shape))}
        with pytest.raises(ModelError, match="on a square of at most 512 x 512, got the shape"):
            session(nir.NIRGraph(odd, plain.edges, {}, type_check=False))
    endless = {**plain.nodes, "input": nir.Input(np.array([np.inf]))}
    with pytest.raises(ModelError, match="expected an Input node with a shape"):
        session(nir.NIRGraph(endless, plain.edges, {}, type_check=False))
    many = graph(flat(), nir.Linear(np.ones((2000, 8))))
    with pytest.raises(ModelError, match="at most 1000 classes, got 2000"):
        session(many)
    huge = graph(nir.Conv2d((512, 512), np.ones((64, 2, 9, 9)), 1, 4, 1, 1, np.zeros(64)))
    huge.nodes["input"] = nir.Input(np.array([2, 512, 512]))
    with pytest.raises(ModelError, match="multiplications or"):
        session(huge)
