"""A watched neuron tells what it does, and the network does what it does unwatched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.data.gestures import MIRRORED
from models.engine.session import EngineSession
from models.live import open_network
from models.mirrored import MirroredSession
from models.model_file import CHECKPOINTS, load_model, save_model
from models.probe import Neuron, NeuronTrace, Watchable
from models.spec import LayerSpikes, TickEvents, TickOutput, as_ticks

BUNDLED = [CHECKPOINTS / f"{name}.safetensors" for name in ("small", "slayer", "decolle", "eedn")]


def cloud(side: int, ticks: int = 90) -> TickEvents:
    """Events round a place that moves."""
    rng = np.random.default_rng(4)
    counts = np.zeros((ticks, 2, side, side), np.float32)
    for tick in range(ticks):
        at = side * (0.5 + 0.3 * np.array([np.sin(tick / 12), np.cos(tick / 12)]))
        y, x = np.clip(rng.normal(at[:, None], side / 9, (2, 120)), 0, side - 1).astype(int)
        np.add.at(counts[tick], (rng.integers(0, 2, 120), y, x), 1)
    return as_ticks(counts)


def busiest(layer: LayerSpikes) -> Neuron:
    """The neuron that changes most often between firing and not."""
    return Neuron(
        layer.name, int(np.abs(np.diff(layer.spikes.astype(int), axis=0)).sum(0).argmax())
    )


def spikes_of(output: TickOutput, neuron: Neuron) -> np.ndarray:
    (layer,) = (each for each in output.layers if each.name == neuron.layer)
    return layer.spikes[:, neuron.index]


def watched(session: Watchable, ticks: TickEvents) -> NeuronTrace:
    session.run(ticks)
    assert session.trace is not None
    assert len(session.trace) == len(ticks)
    return session.trace


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_spikes_of_every_layer(path: Path) -> None:
    spec, weights = load_model(path)
    ticks = cloud(spec.input_shape[1], 400)  # DECOLLE's output takes its time
    session = EngineSession(spec, weights, whole=True)
    expected = session.run(ticks)
    for layer in expected.layers:
        neuron = busiest(layer)
        session.reset()
        session.watch(neuron)
        trace = watched(session, ticks)
        np.testing.assert_array_equal(trace.spikes, spikes_of(expected, neuron), err_msg=layer.name)
        assert trace.spikes.any()
    session.reset()
    got = session.run(ticks)
    for one, other in zip(expected.layers, got.layers, strict=True):
        np.testing.assert_array_equal(one.spikes, other.spikes)
    np.testing.assert_array_equal(got.synaptic_operations, expected.synaptic_operations)


def lif(trace: NeuronTrace, session: EngineSession) -> None:
    decay = float(session._engine.layers[0].decay[0])
    before = np.concatenate([[0.0], trace.v[:-1]])
    np.testing.assert_allclose(before * decay + trace.charge - trace.spikes, trace.v, atol=1e-6)


def fires_above_threshold(trace: NeuronTrace, session: EngineSession) -> None:
    np.testing.assert_array_equal(trace.spikes, trace.v >= trace.threshold)


@pytest.mark.parametrize(
    ("name", "law"),
    [("small", lif), *((name, fires_above_threshold) for name in ("slayer", "decolle", "eedn"))],
)
def test_the_membrane_obeys_its_law(name: str, law: object) -> None:
    spec, weights = load_model(CHECKPOINTS / f"{name}.safetensors")
    session = EngineSession(spec, weights, whole=True)
    ticks = cloud(spec.input_shape[1])
    first = session.run(ticks).layers[0]
    neuron = busiest(first) if name != "small" else Neuron(first.name, 0)  # channel 0, place 0
    session.reset()
    session.watch(neuron)
    trace = watched(session, ticks)
    law(trace, session)
    assert np.isfinite(trace.charge).all()


def test_slayers_refractory_time_follows_its_spikes() -> None:
    spec, weights = load_model(CHECKPOINTS / "slayer.safetensors")
    session = EngineSession(spec, weights)
    ticks = cloud(spec.input_shape[1])
    session.watch(busiest(session.run(ticks).layers[0]))
    trace = watched(session, ticks)
    (first, *_) = np.flatnonzero(trace.spikes)
    assert trace.resting[first + 1]


def test_a_neuron_that_is_not_there_is_not_noted() -> None:
    session = open_network(BUNDLED[0])
    assert isinstance(session, Watchable)
    ticks = cloud(session.spec.input_shape[1], 3)
    for neuron in (Neuron("output", 10**6), Neuron("output", -1), Neuron("nowhere", 0), None):
        session.watch(neuron)
        session.run(ticks)
        assert session.trace is None


def test_what_does_not_spike_cannot_be_watched() -> None:
    assert not isinstance(open_network(CHECKPOINTS / "c3d.safetensors"), Watchable)


def test_both_looks_of_a_network_that_looks_twice(tmp_path: Path) -> None:
    spec, weights = load_model(BUNDLED[0])
    save_model(tmp_path / "twice.safetensors", replace(spec, mirror=MIRRORED), weights)
    session = open_network(tmp_path / "twice.safetensors")
    assert isinstance(session, MirroredSession)
    ticks = cloud(spec.input_shape[1])
    expected = session.run(ticks)
    for layer in expected.layers:
        half = layer.spikes.shape[1] // 2
        for index in (busiest(layer).index, int(layer.spikes[:, half:].sum(0).argmax()) + half):
            session.reset()
            session.watch(Neuron(layer.name, index))
            trace = watched(session, ticks)
            np.testing.assert_array_equal(trace.spikes, layer.spikes[:, index])
    session.watch(None)
    session.run(ticks)
    assert session.trace is None
