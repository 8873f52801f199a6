"""The default network: folding, exactness in chunks, the gain, the session around it."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.data.gestures import CLASSES
from models.networks.checkpoint import load_checkpoint, save_checkpoint
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.conv_lif_growth import grow
from models.networks.delay_line import LINE_ROOM, deliver, stream_arrivals
from models.networks.projection import WEIGHT_STEP
from models.networks.torch_session import TorchSession, load_torch_session
from models.spec import ModelError, ModelSpec, as_ticks
from models.training.recipe import DEFAULT_SIZES

SMALL = ConvLifParameters(side=16, channels=(4, 6, 8), hidden=10, population=2)

DELAYED = replace(SMALL, delays_ms=((0,), (0, 8), (0, 16), (0, 4, 24), (0,)))


def spec(sizes: ConvLifParameters = SMALL) -> ModelSpec:
    return ModelSpec("small", "conv_lif", CLASSES, (2, sizes.side, sizes.side), 1000, asdict(sizes))


def make_network(seed: int = 0, sizes: ConvLifParameters = SMALL) -> ConvLif:
    """A finished network that fires: normalised on random counts, then folded."""
    torch.manual_seed(seed)
    network = ConvLif(sizes)
    for projection, _ in network.layers():
        torch.nn.init.constant_(projection.norm.bias, 0.3)
    for _ in range(20):
        network(torch.poisson(torch.full((20, 4, 2, sizes.side, sizes.side), 0.3)), dt_ms=4.0)
    network.finish(4.0)
    return network


def counts(ticks: int, seed: int = 0, side: int = 16) -> np.ndarray:
    return np.random.default_rng(seed).poisson(0.1, (ticks, 2, side, side)).astype(np.uint8)


def test_folding_changes_nothing_at_the_same_step() -> None:
    torch.manual_seed(1)
    network = ConvLif(SMALL)
    x = torch.poisson(torch.full((30, 2, 2, 16, 16), 0.3))
    for _ in range(30):
        network(x, dt_ms=4.0)
    network.eval()
    for projection, _ in network.layers():
        value = torch.poisson(torch.full((5, projection.op.weight.shape[1], 8, 8), 0.5))
        value = value if projection.op.weight.dim() == 4 else value[..., 0, 0]
        before = projection(value, None, 4.0)
        projection.fold(4.0)
        torch.testing.assert_close(projection(value, None, 4.0), before, rtol=1e-4, atol=1e-4)


def test_finished_weights_lie_on_the_grid() -> None:
    for projection, _ in make_network().layers():
        steps = projection.op.weight.detach() / WEIGHT_STEP
        assert torch.equal(steps, steps.round())


@pytest.mark.parametrize("sizes", [SMALL, DELAYED, DEFAULT_SIZES], ids=["small", "delay", "full"])
@pytest.mark.parametrize("chunk", [2, 7, 40])
def test_chunks_give_bit_for_bit_what_single_ticks_give(
    chunk: int, sizes: ConvLifParameters
) -> None:
    network, x = make_network(sizes=sizes), counts(80, side=sizes.side)
    single, chunked = TorchSession(network, spec(sizes)), TorchSession(network, spec(sizes))
    ones = [single.run(as_ticks(x[t : t + 1])) for t in range(len(x))]
    many = [chunked.run(as_ticks(x[t : t + chunk])) for t in range(0, len(x), chunk)]
    for layer in range(5):
        a = np.concatenate([o.layers[layer].spikes for o in ones])
        b = np.concatenate([o.layers[layer].spikes for o in many])
        assert a.any()
        np.testing.assert_array_equal(a, b)
    for name in ("output", "synaptic_operations"):
        a = np.concatenate([getattr(o, name) for o in ones])
        np.testing.assert_array_equal(a, np.concatenate([getattr(o, name) for o in many]))


def test_streaming_is_the_same_arithmetic_as_training() -> None:
    network, x = make_network(), torch.from_numpy(counts(60)).float()
    trained, trained_state = network(x[:, None], None, 1.0)
    streamed, state = network.stream(x, None, network.plan(1.0))
    for a, b in zip(trained, streamed, strict=True):
        assert torch.equal(a[:, 0], b)
    for a, b in zip(trained_state.membranes, state.membranes, strict=True):
        assert torch.equal(a, b)


def test_gain_is_target_over_rate_plus_floor() -> None:
    sizes = ConvLifParameters(side=16, gain_ms=1e-6, gain_floor=10.0, gain_target=60.0)
    network = ConvLif(sizes)
    x = torch.zeros(2, 1, 2, 16, 16)
    x[0, 0, 0, 0, 0] = 20.0
    gain, rate = network.gain(x, None, 1.0)
    # With no memory the rate is the step's own count: 60 / (20 + 10), then 60 / (0 + 10).
    assert gain[:, 0].tolist() == pytest.approx([2.0, 6.0])
    assert rate.tolist() == pytest.approx([0.0])


def test_synaptic_operations_count_nonzero_synapses_of_each_event() -> None:
    network = make_network()
    for projection, _ in network.layers():
        projection.op.weight.data.fill_(0.0)
    weight = network.layers()[0][0].op.weight
    weight.data[1] = 0.5
    session = TorchSession(network, spec())
    x = np.zeros((1, 2, 16, 16), np.uint8)
    x[0, 1, 8, 8] = 3
    # Stride 2: position 8 is under the 5x5 kernels of rows and columns 3, 4, 5, one channel.
    first = session.run(as_ticks(x)).synaptic_operations[0]
    assert first == 3 * 9


def test_reset_and_skip() -> None:
    session = TorchSession(make_network(), spec())
    x = counts(40)
    fresh = session.run(as_ticks(x)).output
    assert not np.array_equal(session.run(as_ticks(x)).output, fresh), "state is carried"
    session.reset()
    np.testing.assert_array_equal(session.run(as_ticks(x)).output, fresh)
    session.skip(3_600_000_000)
    v = session._state.membranes
    assert all(float(m.abs().max()) < 1e-6 for m in v)


@pytest.mark.parametrize("shape", [(0, 2, 16, 16), (3, 2, 16), (3, 1, 16, 16), (3, 2, 8, 16)])
def test_wrong_shape_gets_a_sentence(shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match=r"expected (counts of shape|at least one tick of input)"):
        TorchSession(make_network(), spec()).run(as_ticks(np.zeros(shape, np.uint8)))


def test_checkpoint_round_trip(tmp_path: Path) -> None:
    network, path = make_network(), tmp_path / "m.safetensors"
    save_checkpoint(path, network, spec())
    again, its_spec = load_checkpoint(path)
    assert its_spec == spec()
    for a, b in zip(network.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    x = counts(50)
    expected = TorchSession(network, spec()).run(as_ticks(x)).output
    np.testing.assert_array_equal(load_torch_session(path).run(as_ticks(x)).output, expected)


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 broken"])
def test_unreadable_checkpoint_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged or not a model"):
        load_checkpoint(path)


def test_missing_foreign_and_hostile_checkpoints(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        load_checkpoint(tmp_path / "none.safetensors")
    torch.save({"weights": {}}, tmp_path / "foreign.safetensors")
    with pytest.raises(ModelError, match="not a Spikehand model"):
        load_checkpoint(tmp_path / "foreign.safetensors")
    torch.save({"format": 1, "spec": Path("x")}, tmp_path / "hostile.safetensors")
    with pytest.raises(ModelError, match="damaged or not a model"):
        load_checkpoint(tmp_path / "hostile.safetensors")


def test_delayed_synapses_deliver_when_their_time_has_come() -> None:
    x = torch.eye(5)[:, None, :2]  # channel 0 fires in step 0, channel 1 in step 1
    arrived, underway = deliver(x, None, (0, 2))
    assert arrived.tolist() == [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
    ]
    assert not underway.any()
    first, waiting = deliver(x[:1], None, (0, 2))
    rest, _ = deliver(x[1:], waiting, (0, 2))
    assert torch.equal(torch.cat([first, rest]), arrived)


def test_lost_time_brings_what_is_under_way_nearer() -> None:
    network = make_network(sizes=DELAYED)
    _, state = network.stream(torch.from_numpy(counts(30)).float(), None, network.plan(1.0))
    later = network.decay(state, 5.0, 1.0)
    for before, after in zip(state.underway, later.underway, strict=True):
        assert torch.equal(after[: max(len(before) - 5, 0)], before[5:])
        assert not after[max(len(before) - 5, 0) :].any()
    assert not any(line.any() for line in network.decay(state, 1000.0, 1.0).underway)


def test_the_delays_must_fit_the_layers() -> None:
    with pytest.raises(ValueError, match="delays of five layers"):
        ConvLifParameters(delays_ms=((0, 5), (0,), (0,), (0,), (0,)))


def test_a_spike_counts_once_for_every_delayed_synapse() -> None:
    once = make_network_of_ones(SMALL).fan_out((2, 16, 16))
    maps = make_network_of_ones(DELAYED).fan_out((2, 16, 16))
    for index, delays in enumerate(DELAYED.delays_ms):
        assert torch.equal(maps[index], once[index] * len(delays))


def make_network_of_ones(sizes: ConvLifParameters) -> ConvLif:
    network = make_network(sizes=sizes)
    for projection, _ in network.layers():
        projection.op.weight.data.fill_(WEIGHT_STEP)
    return network


def test_a_stream_delivers_the_same_beyond_the_room_of_its_delay_line() -> None:
    ticks = 3 * LINE_ROOM
    x = (torch.rand(ticks, 2, 3, generator=torch.Generator().manual_seed(4)) < 0.3).float()
    expected, _ = deliver(x[:, None], None, (0, 5, 9))
    arrived, underway = [], None
    for tick in x:
        now, underway = stream_arrivals(tick[None], underway, (0, 5, 9))
        arrived.append(now)
    assert torch.equal(torch.cat(arrived), expected)
    assert torch.equal(underway, x[-9:])


LONGER = replace(DELAYED, delays_ms=(*DELAYED.delays_ms[:3], (0, 4, 24, 30), (0, 5)))
WIDER = replace(LONGER, channels=tuple(n + 3 for n in LONGER.channels), hidden=LONGER.hidden + 5)


def folded(sizes: ConvLifParameters) -> ConvLif:
    network = make_network(sizes=sizes)
    for projection, _ in network.layers():
        projection.fold(1.0)
    return network


@pytest.mark.parametrize("sizes", [LONGER, WIDER], ids=["delays", "neurons and delays"])
def test_a_grown_network_does_what_it_did_before(sizes: ConvLifParameters) -> None:
    small = folded(DELAYED)
    large = grow(small, sizes)
    assert large.sizes == sizes
    x = torch.from_numpy(counts(60)).float()[:, None]
    for a, b in zip(small(x, None, 1.0)[0], large(x, None, 1.0)[0], strict=True):
        assert torch.equal(a, b[:, :, : a.shape[2]])
    assert small(x, None, 1.0)[0][-1].any()


def test_new_neurons_fire_and_what_they_reach_can_be_learnt() -> None:
    large = grow(folded(DELAYED), WIDER)
    spikes, _ = large(torch.from_numpy(counts(60)).float()[:, None], None, 1.0)
    assert all(s[:, :, old:].any() for s, old in zip(spikes, DELAYED.channels, strict=False))
    spikes[-1].sum().backward()
    new = large.projections[4].op.weight.grad[:, DELAYED.hidden : WIDER.hidden]
    assert new.abs().sum() > 0


@pytest.mark.parametrize(
    "sizes",
    [
        replace(DELAYED, hidden=DELAYED.hidden - 1),
        replace(DELAYED, population=DELAYED.population + 1),
        replace(DELAYED, delays_ms=((0,), (1,), (0,), (0,), (0,))),
    ],
    ids=["fewer", "another population", "other delays"],
)
def test_a_network_grows_by_neurons_and_delays_only(sizes: ConvLifParameters) -> None:
    with pytest.raises(ValueError, match="with more neurons or delays"):
        grow(folded(DELAYED), sizes)


def test_neurons_are_added_without_normalisation_only() -> None:
    with pytest.raises(ValueError, match="folded"):
        grow(ConvLif(DELAYED), WIDER)
