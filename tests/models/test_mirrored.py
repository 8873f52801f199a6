"""A network that looks both ways says the same of a mirrored stream, but for left and right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.data.gestures import CLASSES, MIRRORED
from models.live import open_network
from models.mirrored import MirroredSession, looking_both_ways, mirrored
from models.model_file import CHECKPOINTS, load_model, save_model
from models.networks.torch_session import load_torch_session
from models.spec import ModelError, ModelSpec, NetworkSession, TickEvents, as_ticks

SMALL = CHECKPOINTS / "small.safetensors"


def counts(ticks: int, side: int, seed: int = 3) -> np.ndarray:
    """A cloud of events that swings on one side, (T, 2, side, side)."""
    rng = np.random.default_rng(seed)
    x = np.zeros((ticks, 2, side, side), np.float32)
    for tick in range(ticks):
        at = side * np.array([0.4, 0.25 + 0.15 * np.sin(tick / 60)])
        y, column = np.clip(rng.normal(at[:, None], side / 10, (2, 90)), 0, side - 1).astype(int)
        np.add.at(x[tick], (rng.integers(0, 2, 90), y, column), 1)
    return x


@pytest.fixture
def one_way(tmp_path: Path) -> Path:
    """The small model as one that looks once."""
    return with_mirror(tmp_path / "once.safetensors", ())


@pytest.fixture
def both_ways(tmp_path: Path) -> Path:
    """The small model as one that looks both ways."""
    return with_mirror(tmp_path / "twice.safetensors", MIRRORED)


def with_mirror(path: Path, mirror: tuple[int, ...]) -> Path:
    spec, weights = load_model(SMALL)
    save_model(path, replace(spec, mirror=mirror), weights)
    return path


def test_places_in_a_mirror() -> None:
    # Row 1 of 2, column 0 of 5, ON: 2 (5 + 0) + 1; in a mirror column 4.
    ticks = TickEvents(np.array([0, 1, 2]), np.array([11, 4], np.int32), (2, 2, 5))
    there = mirrored(ticks)
    assert there.places.tolist() == [19, 4]
    assert there.places.dtype == np.int32
    assert there.starts is ticks.starts
    assert mirrored(there).places.tolist() == [11, 4]


def test_places_are_those_of_mirrored_counts() -> None:
    x = counts(5, 16)
    np.testing.assert_array_equal(mirrored(as_ticks(x)).counts(), x[..., ::-1])


def test_what_it_says_of_a_mirrored_stream(both_ways: Path) -> None:
    x = counts(400, 64)
    here = open_network(both_ways).run(as_ticks(x)).output
    there = open_network(both_ways).run(as_ticks(x[..., ::-1])).output
    np.testing.assert_array_equal(there, here[:, list(MIRRORED)])
    assert here.sum() > 0


def test_it_adds_what_two_looks_say(one_way: Path, both_ways: Path) -> None:
    x = counts(300, 64)
    one = open_network(one_way).run(as_ticks(x)).output
    other = open_network(one_way).run(as_ticks(x[..., ::-1])).output
    got = open_network(both_ways).run(as_ticks(x))
    np.testing.assert_array_equal(got.output, one + other[:, list(MIRRORED)])
    spikes = got.layers[-1].spikes.reshape(len(x), len(CLASSES), -1)
    np.testing.assert_array_equal(spikes.sum(2), got.output)


def test_the_engine_equals_torch_and_chunks_equal_single_ticks(both_ways: Path) -> None:
    x = counts(250, 64)
    live, reference = open_network(both_ways, whole=True), load_torch_session(both_ways)
    single = open_network(both_ways)
    for session in (live, reference, single):
        session.run(as_ticks(x[:50]))
        session.skip(7_000)
    got, expected = live.run(as_ticks(x[50:])), reference.run(as_ticks(x[50:]))
    for ours, theirs in zip(got.layers, expected.layers, strict=True):
        assert ours.name == theirs.name
        np.testing.assert_array_equal(ours.spikes, theirs.spikes)
    np.testing.assert_array_equal(got.synaptic_operations, expected.synaptic_operations)
    one_by_one = np.concatenate([single.run(as_ticks(tick[None])).output for tick in x[50:]])
    np.testing.assert_array_equal(one_by_one, got.output)
    live.reset()
    np.testing.assert_array_equal(
        live.run(as_ticks(x)).output, open_network(both_ways).run(as_ticks(x)).output
    )


def test_a_model_without_a_mirror_looks_once(one_way: Path) -> None:
    assert not isinstance(open_network(one_way), MirroredSession)
    made: list[NetworkSession] = []

    def make() -> NetworkSession:
        made.append(open_network(one_way))
        return made[-1]

    assert looking_both_ways(make) is made[0]
    assert len(made) == 1


def test_a_model_file_keeps_how_it_looks_and_decides(tmp_path: Path) -> None:
    spec, weights = load_model(SMALL)
    wanted = replace(spec, mirror=MIRRORED, min_spikes=3)
    save_model(tmp_path / "m.safetensors", wanted, weights)
    assert load_model(tmp_path / "m.safetensors")[0] == wanted
    with pytest.raises(ModelError, match="min_spikes of at least 1, got 0"):
        replace(spec, min_spikes=0)


@pytest.mark.parametrize("mirror", [(0, 1), (1, 2, 0), (0, 0, 0), (0, 1, 3)])
def test_a_mirror_pairs_all_classes(mirror: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match="a mirror that pairs 3 classes"):
        ModelSpec("m", "conv_lif", ("a", "b", "c"), (2, 8, 8), mirror=mirror)
