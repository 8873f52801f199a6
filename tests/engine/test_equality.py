"""The engine fires spike for spike as the reference does, whatever the network and the stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.conv_lif import decays
from models.engine.session import ENGINES, EngineSession
from models.model_file import CHECKPOINTS, load_model
from models.networks.catalogue import Network
from models.networks.checkpoint import load_checkpoint
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.decolle import Decolle, DecolleParameters
from models.networks.eedn import Eedn, EednParameters
from models.networks.slayer import Slayer, SlayerParameters
from models.networks.torch_session import TorchSession
from models.neurons.lif import Lif
from models.spec import ModelError, ModelSpec, TickEvents, TickOutput, as_ticks

BUNDLED = sorted(path for path in CHECKPOINTS.glob("*.safetensors") if path.stem != "c3d")


def both(network: Network, spec: ModelSpec) -> tuple[TorchSession, EngineSession]:
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    return TorchSession(network, spec), EngineSession(spec, weights, whole=True)


def assert_same(expected: TickOutput, got: TickOutput) -> None:
    for ours, theirs in zip(expected.layers, got.layers, strict=True):
        assert ours.name == theirs.name
        np.testing.assert_array_equal(theirs.spikes, ours.spikes, err_msg=ours.name)
    np.testing.assert_array_equal(got.output, expected.output)
    np.testing.assert_array_equal(got.synaptic_operations, expected.synaptic_operations)


def blob(side: int, ticks: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Counts (T, 2, side, side) of a cloud of events that goes round."""
    counts = np.zeros((ticks, 2, side, side), np.float32)
    phase = rng.uniform(0, 2 * np.pi) + np.arange(ticks) / 40
    for tick, events in enumerate(rng.poisson(rate, ticks)):
        centre = side * (0.5 + 0.3 * np.array([np.sin(phase[tick]), np.cos(phase[tick])]))
        y, x = np.clip(rng.normal(centre[:, None], side / 8, (2, events)), 0, side - 1).astype(int)
        np.add.at(counts[tick], (rng.integers(0, 2, events), y, x), 1)
    return counts


def play(network: Network, spec: ModelSpec, pieces: Iterator[tuple[str, object]]) -> int:
    """Let both run, skip and reset alike; the number of spikes, for there must be some."""
    reference, engine = both(network, spec)
    spikes = 0
    for what, value in pieces:
        if what == "run":
            expected, got = (
                reference.run(as_ticks(value)),
                engine.run(as_ticks(value)),
            )  # type: ignore[arg-type]
            assert_same(expected, got)
            spikes += int(expected.layers[0].spikes.sum())
        elif what == "skip":
            reference.skip(value)  # type: ignore[arg-type]
            engine.skip(value)  # type: ignore[arg-type]
        else:
            reference.reset()
            engine.reset()
    return spikes


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_models(path: Path) -> None:
    network, spec = load_checkpoint(path)
    rng, side = np.random.default_rng(5), spec.input_shape[1]

    def pieces() -> Iterator[tuple[str, object]]:
        for number in range(24):
            rate = float(rng.choice([0.0, 20.0, 105.0, 400.0]))
            yield "run", blob(side, int(rng.integers(1, 60)), rate, rng)
            if number % 8 == 7:
                yield "skip", int(rng.choice([1_000, 1_500, 250_000, 2_000_000]))
            if number == 18:
                yield "reset", None

    assert play(network, spec, pieces()) > 0


def make_conv_lif(draw: st.DrawFn) -> Network:
    kernel = draw(st.sampled_from([1, 3, 5, 7]))
    delays = [tuple(sorted({0, *draw(st.lists(st.integers(1, 9), max_size=2))})) for _ in "1234"]
    sizes = ConvLifParameters(
        side=draw(st.sampled_from([8, 16])),
        stem=(kernel, draw(st.integers(1, 2))),
        channels=tuple(draw(st.integers(1, 5)) for _ in "123"),
        hidden=draw(st.integers(1, 9)),
        classes=3,
        population=draw(st.integers(1, 3)),
        gain_floor=draw(st.floats(0.5, 20)),
        delays_ms=((0,), *delays),
    )
    network = ConvLif(sizes)
    network.finish(1.0)
    for projection, _ in network.layers():
        projection.op.weight.data.mul_(3)
        projection.drive.data.normal_(0, 0.02)
        projection.quantise()
    return network


def make_eedn(draw: st.DrawFn) -> Network:
    groups = draw(st.sampled_from([1, 2]))
    sizes = EednParameters(
        side=8,
        classes=2,
        delays_ms=(0, draw(st.integers(1, 12))),
        taus_ms=(5.0, draw(st.floats(2.0, 30.0))),
        levels=(0.5, 1.5),
        most=4.0,
        layers=((8, 3, 2, 2), (8, 1, 1, groups), (8, 2, 2, groups)),
        output_groups=draw(st.sampled_from([1, 2])),
        population=4,
    )
    network = Eedn(sizes)
    network.finish(1.0)
    for layer in network.layers():
        layer.threshold.copy_(torch.randint(-1, 3, layer.threshold.shape))
    return network


def make_slayer(draw: st.DrawFn) -> Network:
    pool = draw(st.sampled_from([1, 2]))
    sizes = SlayerParameters(
        side=8 * pool,
        pool=pool,
        channels=(draw(st.integers(1, 4)), draw(st.integers(1, 4))),
        hidden=draw(st.integers(1, 8)),
        classes=3,
        tau_s_ms=draw(st.floats(2.0, 20.0)),
        tau_ref_ms=draw(st.floats(1.0, 8.0)),
        delay_spread_ms=draw(st.floats(0.0, 9.0)),
    )
    network = Slayer(sizes)
    network.finish(1.0)
    return network


def make_decolle(draw: st.DrawFn) -> Network:
    sizes = DecolleParameters(
        side=draw(st.sampled_from([8, 16])),
        classes=3,
        channels=(draw(st.integers(1, 4)), 3),
        kernels=(draw(st.sampled_from([1, 3, 5])), 3),
        strides=(draw(st.integers(1, 2)), 1),
        pools=(draw(st.integers(1, 3)), 1),
        deciding=draw(st.sampled_from([-1, 0])),
        threshold=0.1,
        smooth_ms=draw(st.sampled_from([0.0, 5.0])),
    )
    network = Decolle(sizes)
    for layer in network.layers():
        layer.gain.uniform_(0.5, 4.0)
        layer.bias.data.uniform_(-0.3, 0.1)
    network.finish(1.0)
    return network


MAKERS = {
    "conv_lif": make_conv_lif,
    "eedn": make_eedn,
    "slayer": make_slayer,
    "decolle": make_decolle,
}


@pytest.mark.parametrize("system", ENGINES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_network_on_any_stream(system: str, data: st.DataObject) -> None:
    torch.manual_seed(data.draw(st.integers(0, 99), "weights"))
    network = data.draw(st.composite(lambda draw: MAKERS[system](draw))(), "network").eval()
    sizes = network.sizes
    parameters = {name: getattr(sizes, name) for name in sizes.__dataclass_fields__}
    classes = tuple(f"class {n}" for n in range(sizes.classes))
    spec = ModelSpec("any", system, classes, (2, sizes.side, sizes.side), parameters=parameters)
    rng = np.random.default_rng(data.draw(st.integers(0, 99), "stream"))

    def pieces() -> Iterator[tuple[str, object]]:
        for _ in range(6):
            ticks = data.draw(st.integers(1, 30), "ticks")
            yield "run", blob(sizes.side, ticks, float(rng.choice([0, 3, 12, 60])), rng)
            if data.draw(st.booleans(), "gap"):
                yield "skip", data.draw(st.integers(0, 40_000), "lost us")
            if data.draw(st.integers(0, 5), "reset") == 0:
                yield "reset", None

    play(network, spec, pieces())


def test_the_first_spikes_by_hand() -> None:
    """One neuron of tau 665 ms behind a synapse of 1/2.

    Membrane 0.500, 0.999, 0.998, then 1.496 and a spike, then 0.496 leaks and two events come.
    """
    sizes = ConvLifParameters(side=8, stem=(1, 1), channels=(1, 1, 1), hidden=1, classes=2)
    network = ConvLif(sizes)
    network.finish(1.0)
    projection, neuron = network.layers()[0]
    projection.op.weight.data.fill_(0.5)
    neuron.log_tau.data.fill_(6.5)
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    parameters = {name: getattr(sizes, name) for name in sizes.__dataclass_fields__}
    parameters["gain_target"], parameters["gain_floor"] = 1.0, 0.0
    parameters["gain_ms"] = 1e9  # a rate that stays at its target: a gain of 1
    spec = ModelSpec("one", "conv_lif", ("a", "b"), (2, 8, 8), parameters=parameters)
    session = EngineSession(spec, weights, whole=True)
    counts = np.zeros((5, 2, 8, 8), np.float32)
    counts[:, 0, 3, 4] = [1, 1, 0, 1, 2]
    fired = session.run(as_ticks(counts)).layers[0].spikes
    ticks, places = fired.nonzero()
    assert ticks.tolist() == [3, 4]
    assert places.tolist() == [3 * 8 + 4] * 2


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_live_view_gets_the_last_two_layers(path: Path) -> None:
    spec, weights = load_model(path)
    x = blob(spec.input_shape[1], 40, 100.0, np.random.default_rng(2))
    whole = EngineSession(spec, weights, whole=True).run(as_ticks(x))
    watched = EngineSession(spec, weights).run(as_ticks(x))
    assert watched.synaptic_operations is None
    assert_same(replace(whole, layers=whole.layers[-2:], synaptic_operations=None), watched)


def test_weights_that_do_not_fit_get_a_sentence() -> None:
    network, spec = load_checkpoint(BUNDLED[0])
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    del weights[next(iter(weights))]
    with pytest.raises(ModelError, match="do not fit its system"):
        EngineSession(spec, weights)
    with pytest.raises(ModelError, match="expected at least one tick of input"):
        both(network, spec)[1].run(TickEvents.silence((2, 3, 3)))


@pytest.mark.parametrize("ms", [0.25, 1.0, 7.0])
def test_membranes_leak_by_the_very_same_factor(ms: float) -> None:
    # Factors that differ by the last bit show in one tick of ten thousand, if at all.
    neurons = Lif(20_001, (1.0, 600.0))
    there = decays(neurons.log_tau.detach().numpy(), ms)
    np.testing.assert_array_equal(there, neurons.decay(ms).detach().numpy())
