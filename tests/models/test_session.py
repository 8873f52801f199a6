"""The session around networks of every system: chunks, gaps, layers, operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import pytest
import torch

from models.data.gestures import CLASSES
from models.networks.c3d import C3d
from models.networks.decolle import Decolle
from models.networks.eedn import Eedn
from models.networks.slayer import Slayer
from models.networks.streaming import EXACT, StreamingNetwork, operation_count
from models.networks.torch_session import TorchSession
from models.spec import ModelSpec, as_ticks
from tests.models.test_conv_lif import make_network as make_conv_lif
from tests.models.tiny_systems import SIZES

RATE = 0.1


def random_counts(steps: int, side: int, batch: int, rate: float = RATE) -> torch.Tensor:
    return torch.poisson(torch.full((steps, batch, 2, side, side), rate))


def make_eedn() -> Eedn:
    network = Eedn(SIZES["eedn"])
    for _ in range(10):
        network(random_counts(10, 16, 4), None, 5.0)
    return network


def make_slayer() -> Slayer:
    network = Slayer(SIZES["slayer"])
    network.fit_scale(random_counts(150, 16, 2), 1.0)
    return network


def make_decolle() -> Decolle:
    network = Decolle(SIZES["decolle"])
    network.initialise(random_counts(60, 16, 2), 1.0)
    return network


def make_c3d() -> C3d:
    network = C3d(SIZES["c3d"])
    network.clip(random_counts(16, 32, 4).permute(1, 2, 0, 3, 4))
    network.clip.dense[-1].bias.data[-1] = -1.0  # "no gesture" does not win
    return network


MAKERS: dict[str, Callable[[], StreamingNetwork]] = {
    "conv_lif": lambda: make_conv_lif(sizes=SIZES["conv_lif"]),
    "eedn": make_eedn,
    "slayer": make_slayer,
    "decolle": make_decolle,
    "c3d": make_c3d,
}


def make(system: str) -> tuple[StreamingNetwork, ModelSpec]:
    """A finished network of a system, and its spec."""
    torch.manual_seed(0)
    network = MAKERS[system]()
    network.finish(1.0)
    sizes = network.sizes
    shape = (2, sizes.side, sizes.side)
    return network, ModelSpec(system, system, CLASSES, shape, 1000, asdict(sizes))


def events(spec: ModelSpec, ticks: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(RATE, (ticks, *spec.input_shape)).astype(np.uint8)


@pytest.mark.parametrize("chunk", [3, 40])
@pytest.mark.parametrize("system", MAKERS)
def test_chunks_give_bit_for_bit_what_single_ticks_give(system: str, chunk: int) -> None:
    network, spec = make(system)
    x = events(spec, 200)
    single, chunked = TorchSession(network, spec), TorchSession(network, spec)
    ones = [single.run(as_ticks(x[t : t + 1])) for t in range(len(x))]
    many = [chunked.run(as_ticks(x[t : t + chunk])) for t in range(0, len(x), chunk)]
    assert [layer.name for layer in many[0].layers] == list(network.layer_names)
    assert many[0].layers[-1].name == "output"
    for index in range(len(network.layer_names)):
        a = np.concatenate([o.layers[index].spikes for o in ones])
        assert a.any()
        np.testing.assert_array_equal(a, np.concatenate([o.layers[index].spikes for o in many]))
    for name in ("output", "synaptic_operations"):
        a = np.concatenate([getattr(o, name) for o in ones])
        assert a.any()
        np.testing.assert_array_equal(a, np.concatenate([getattr(o, name) for o in many]))


@pytest.mark.parametrize("system", MAKERS)
def test_reset_and_skip(system: str) -> None:
    network, spec = make(system)
    session, x = TorchSession(network, spec), events(spec, 180)
    session.skip(5000)  # before the first tick there is nothing to let decay
    fresh = session.run(as_ticks(x)).output
    assert not np.array_equal(session.run(as_ticks(x)).output, fresh), "state is carried"
    session.skip(3_600_000_000)
    after_hours = session.run(as_ticks(x)).output
    session.reset()
    np.testing.assert_array_equal(session.run(as_ticks(x)).output, fresh)
    if system != "conv_lif":  # its mean event rate begins at a typical one, not at none
        np.testing.assert_array_equal(after_hours, fresh)


def test_c3d_spreads_a_clip_over_the_ticks_of_a_frame() -> None:
    network, spec = make("c3d")
    assert isinstance(network, C3d)
    output = TorchSession(network, spec).run(as_ticks(events(spec, 20)))
    assert set(output.synaptic_operations.tolist()) == {network.dense_operations(1.0)}
    per_frame = int(output.synaptic_operations[:10].sum())
    assert per_frame == pytest.approx(network.multiply_accumulates(), abs=5)
    assert network.dense_operations(5.0) == pytest.approx(5 * network.dense_operations(1.0), abs=3)


def test_many_operations_are_counted_exactly() -> None:
    class Busy:
        def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
            return [torch.full((2000,), 6273.0)]

    count = operation_count(Busy(), (2, 40, 25), 1.0)
    ones = torch.ones(3, 2000)
    assert EXACT < 2000 * 6273
    assert count(ones, [ones]).tolist() == [2000 * 6273] * 3


def test_a_network_that_counts_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a network that counts operations, got object"):
        operation_count(object(), (2, 8, 8), 1.0)
