"""SLAYER's network: sizes, gradients against differences, exactness in chunks, initial rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
import torch
from torch.nn import functional

from models.networks.slayer import (
    SMALL,
    WEIGHT_STEP,
    Slayer,
    SlayerParameters,
    SlayerState,
)
from models.networks.slayer_layers import SumPool
from models.neurons import slayer_gradient
from models.neurons.srm import alpha_kernel, causal_convolution

TINY = replace(SMALL, side=16, channels=(4, 6), hidden=20)
POOLED = replace(TINY, side=32, pool=2, tau_ref_ms=1.0)


def counts(steps: int, side: int, batch: int = 1, rate: float = 0.1, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.poisson(torch.full((steps, batch, 2, side, side), rate), generator=generator)


def make_network(sizes: SlayerParameters = TINY, seed: int = 0) -> Slayer:
    """A network that fires, ready to stream in ticks of 1 ms."""
    torch.manual_seed(seed)
    network = Slayer(sizes)
    network.fit_scale(counts(150, sizes.side, 2, seed=1), 1.0)
    network.finish(1.0)
    return network


def test_the_full_size_is_that_of_the_paper() -> None:
    network = Slayer(SlayerParameters())
    spikes, _ = network(torch.zeros(1, 1, 2, 128, 128))
    assert dict(zip(network.layer_names, [tuple(s.shape[2:]) for s in spikes], strict=True)) == {
        "pool0": (2, 32, 32),
        "conv1": (16, 32, 32),
        "pool1": (16, 16, 16),
        "conv2": (32, 16, 16),
        "pool2": (32, 8, 8),
        "hidden": (512,),
        "output": (11,),
    }
    weights = [p for name, p in network.named_parameters() if name.endswith("weight")]
    assert sum(w.numel() for w in weights) == 1_059_616
    delays = [tuple(p.shape) for name, p in network.named_parameters() if "delay" in name]
    assert delays == [(16,), (32,)]


def test_the_small_size_leaves_out_the_first_pool() -> None:
    network = Slayer(SMALL)
    spikes, _ = network(torch.zeros(2, 3, 2, 32, 32))
    assert network.layer_names == ("conv1", "pool1", "conv2", "pool2", "hidden", "output")
    assert [tuple(s.shape) for s in spikes[-2:]] == [(2, 3, 128), (2, 3, 11)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"side": 48}, "a side that divides 128"),
        ({"side": 8}, "a multiple of the pools' 16"),
        ({"delay_spread_ms": 61.0}, "delays spread over"),
        ({"hidden": 0}, "hidden to be positive"),
        ({"threshold": 0.0}, "threshold to be positive"),
        ({"tau_rho": -1.0}, "tau_rho to be positive"),
    ],
)
def test_impossible_parameters_get_a_sentence(change: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        SlayerParameters(**change)


def test_parameters_are_rebuilt_from_plain_values() -> None:
    assert SlayerParameters(**asdict(TINY)) == TINY


def test_a_pool_fires_for_a_single_event() -> None:
    network = Slayer(POOLED)
    x = torch.zeros(30, 1, 2, 32, 32)
    x[0, 0, 1, 5, 8] = 1
    pool, *_ = network(x)[0]
    fired = pool.sum(0).nonzero().tolist()
    assert fired == [[0, 1, 2, 4]]
    # eps is 0.945 of its peak 7 ms after the event.
    assert pool[:, 0, 1, 2, 4].nonzero()[0].item() == 7


def smooth_network(network: Slayer, x: torch.Tensor, delays: dict[str, torch.Tensor]) -> float:
    """The network with smooth spikes, direct convolution and delays between whole steps."""
    p = network.sizes
    width = p.tau_rho * p.threshold
    kernel = alpha_kernel(p.tau_s_ms, 1.0, len(x))
    for name, layer in network.synapses.items():
        charge = layer(x)
        if name in delays:
            charge = torch.stack(
                [shifted(charge[:, :, c], float(d)) for c, d in enumerate(delays[name])], 2
            )
        distance = (causal_convolution(charge, kernel) - p.threshold) / width
        tail = torch.exp(-distance.abs())
        x = p.scale_rho * torch.where(distance < 0, tail, 2 - tail)
    return float((x * torch.linspace(-1, 1, x.numel(), dtype=x.dtype).view_as(x)).sum())


def shifted(x: torch.Tensor, delay: float) -> torch.Tensor:
    """Delayed by a number of steps, shared out between the two whole steps next to it."""
    steps = int(delay)
    late = torch.cat([torch.zeros_like(x)[: steps + 1], x])
    return (1 - delay + steps) * late[1 : len(x) + 1] + (delay - steps) * late[: len(x)]


def test_gradients_agree_with_differences_of_the_smooth_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All weights and delays of all layers, in double precision, refractory responses aside."""
    torch.manual_seed(0)
    sizes = replace(
        TINY, side=4, channels=(3, 2), hidden=4, classes=3, tau_s_ms=3.0, refractory_scale=1e-30
    )
    network, x = Slayer(sizes).double(), counts(30, 4, 2, 0.3).double()
    delays = {name: torch.tensor(d) for name, d in (("pool1", [0, 3, 1]), ("pool2", [2, 0]))}
    for name, delay in delays.items():
        network.synapses[name].delay_ms.data.copy_(delay)
    delays = {name: d.double() for name, d in delays.items()}

    def smooth(u: torch.Tensor, threshold: float, most: int, out: torch.Tensor) -> torch.Tensor:
        distance = (u - threshold) / (sizes.tau_rho * threshold)
        tail = torch.exp(-distance.abs())
        return out.copy_(sizes.scale_rho * torch.where(distance < 0, tail, 2 - tail))

    monkeypatch.setattr(slayer_gradient, "fire", smooth)
    output = network(x)[0][-1]
    ramp = torch.linspace(-1, 1, output.numel(), dtype=x.dtype).view_as(output)
    energy = (output * ramp).sum()
    energy.backward()

    with torch.no_grad():
        assert float(energy) == pytest.approx(smooth_network(network, x, delays))
        for name, layer in network.synapses.items():
            if not isinstance(layer.op, SumPool):
                weight = layer.op.weight
                check(weight, weight.grad, lambda: smooth_network(network, x, delays), False)
            if name in delays:
                grad = layer.delay_ms.grad
                check(delays[name], grad, lambda: smooth_network(network, x, delays), True)


def check(at: torch.Tensor, grad: torch.Tensor, energy: Callable[[], float], ahead: bool) -> None:
    """``grad`` against differences, central ones or, at a kink, ones of second order ahead."""
    h = 1e-5
    assert grad.abs().max() > 1e-4
    for index in range(0, at.numel(), at.numel() // 20 + 1):
        flat, values = at.view(-1), []
        before = float(flat[index])
        for moved in (0.0, h, 2 * h) if ahead else (-h, h):
            flat[index] = before + moved
            values.append(energy())
        flat[index] = before
        rise = 4 * values[1] - 3 * values[0] - values[2] if ahead else values[1] - values[0]
        expected = rise / (2 * h)
        assert float(grad.view(-1)[index]) == pytest.approx(expected, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("sizes", [TINY, POOLED, SMALL], ids=["tiny", "pooled", "small"])
@pytest.mark.parametrize("chunk", [2, 7, 40])
def test_chunks_give_bit_for_bit_what_single_ticks_give(
    chunk: int, sizes: SlayerParameters
) -> None:
    network, x = make_network(sizes), counts(160, sizes.side)[:, 0]
    plan = network.plan(1.0)
    runs = []
    for length in (1, chunk):
        state, parts = None, []
        for part in x.split(length):
            spikes, state = network.stream(part, state, plan)
            parts.append(spikes)
        runs.append(([torch.cat(layer) for layer in zip(*parts, strict=True)], state))
    (ones, end), (many, end_many) = runs
    for a, b in zip(ones, many, strict=True):
        assert a.any()
        assert torch.equal(a, b)
    for a, b in zip(tensors(end), tensors(end_many), strict=True):
        assert torch.equal(a, b)


def tensors(state: SlayerState) -> list[torch.Tensor]:
    return [*(t for pair in state.filters for t in pair), *state.underway]


def test_streaming_is_the_same_arithmetic_as_training() -> None:
    network, x = make_network(), counts(60, 16)
    trained, trained_state = network(x)
    streamed, state = network.stream(x[:, 0], None, network.plan(1.0))
    assert trained[-1].requires_grad
    for a, b in zip(trained, streamed, strict=True):
        assert torch.equal(a[:, 0], b)
    for a, b in zip(tensors(trained_state), tensors(state), strict=True):
        assert torch.equal(a, b)


def test_sums_of_spikes_are_exact() -> None:
    network = make_network(SMALL)
    with torch.no_grad():
        spikes, _ = network(counts(150, 32))
        for source, layer in zip(spikes, network.layers()[1:], strict=False):
            assert source.any()
            single = layer(source)
            assert torch.equal(single.double(), layer.double()(source.double()))


def test_finished_weights_lie_on_the_grid_and_load_into_a_fresh_network() -> None:
    network = make_network()
    for name, p in network.named_parameters():
        if name.endswith("weight"):
            assert torch.equal(p / WEIGHT_STEP, (p / WEIGHT_STEP).round())
    fresh = Slayer(TINY)
    fresh.finish(1.0)
    fresh.load_state_dict(network.state_dict())
    assert fresh.is_scaled
    assert not fresh.training
    x = counts(50, 16)[:, 0]
    for a, b in zip(
        network.stream(x, None, network.plan(1.0))[0],
        fresh.stream(x, None, fresh.plan(1.0))[0],
        strict=True,
    ):
        assert torch.equal(a, b)


def test_scaling_makes_every_layer_fire_and_is_deterministic() -> None:
    x = counts(60, 32, 2, 0.05, seed=3)
    networks = []
    for _ in range(2):
        torch.manual_seed(5)
        networks.append(Slayer(SMALL))
        networks[-1].fit_scale(x, 5.0)
    for a, b in zip(networks[0].parameters(), networks[1].parameters(), strict=True):
        assert torch.equal(a, b)
    with torch.no_grad():
        spikes, _ = networks[0](x, None, 5.0)
    for layer in spikes:
        silent = (
            layer.sum((0, 1)).flatten(1).sum(1) if layer.dim() > 3 else layer.sum((0, 1))
        ) == 0
        assert silent.float().mean() < 0.2
        assert 0.5 < 1000 * layer.mean() / 5.0 < 100


def test_nothing_can_be_scaled_without_events() -> None:
    with pytest.raises(ValueError, match="reach every layer"):
        Slayer(TINY).fit_scale(torch.zeros(5, 1, 2, 16, 16), 1.0)


def test_decay_is_what_silent_ticks_do() -> None:
    network = make_network()
    for op in (network.synapses["conv1"].op, network.synapses["conv2"].op):
        op.weight.data.mul_(0.01)  # too weak to fire
    plan, x = network.plan(1.0), counts(20, 16)[:, 0]
    spikes, state = network.stream(x, None, plan)
    assert not any(s.any() for s in spikes)
    assert any(s.potential.any() for s in state.filters)
    _, later = network.stream(torch.zeros(7, 2, 16, 16), state, plan)
    decayed = network.decay(state, 7.0, 1.0)
    for a, b in zip(tensors(later), tensors(decayed), strict=True):
        torch.testing.assert_close(a, b)
    far = network.decay(state, 1000.0, 1.0)
    assert all(float(t.abs().max()) < 1e-6 for t in tensors(far) if t.numel())


def test_lost_time_brings_what_is_under_way_nearer() -> None:
    network = make_network()
    _, state = network.stream(counts(60, 16)[:, 0], None, network.plan(1.0))
    later = network.decay(state, 5.0, 1.0)
    assert any(line.any() for line in state.underway)
    for before, after in zip(state.underway, later.underway, strict=True):
        assert after.shape == before.shape
        assert torch.equal(after[: max(len(before) - 5, 0)], before[5:])
        assert not after[max(len(before) - 5, 0) :].any()


def test_the_state_that_goes_in_is_not_changed() -> None:
    network, x = make_network(), counts(60, 16)[:, 0]
    plan = network.plan(1.0)
    _, state = network.stream(x, None, plan)
    first, _ = network.stream(x, state, plan)
    again, _ = network.stream(x, state, plan)
    fresh, _ = network.stream(x, None, plan)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(first, fresh, strict=True))


def test_fan_out_counts_the_synapses_that_an_input_reaches() -> None:
    network = make_network(POOLED)
    network.synapses["conv1"].op.weight.data.fill_(1.0)[0] = 0.0
    network.synapses["hidden"].op.weight.data[3] = 0.0
    maps = network.fan_out((2, 32, 32))
    assert [len(m) for m in maps] == [2048, 512, 1024, 256, 384, 96, 20]
    assert set(maps[0].tolist()) == {1.0}
    conv = maps[1].view(2, 16, 16)
    # Three channels are left; a corner is under 3 x 3 of the 5 x 5 kernels, the middle under all.
    assert conv[0, 0, 0] == 3 * 9
    assert conv[1, 8, 8] == 3 * 25
    op = network.synapses["conv2"].op
    x = torch.zeros(1, 4, 8, 8, requires_grad=True)
    reached = functional.conv2d(x, (op.weight != 0).float(), padding=1).sum()
    assert torch.equal(maps[3], torch.autograd.grad(reached, x)[0].flatten())
    assert torch.equal(maps[5], (network.synapses["hidden"].op.weight != 0).sum(0).float())


def test_it_trains_on_through_a_carried_state() -> None:
    torch.manual_seed(0)
    network, x = Slayer(TINY), counts(60, 16, 2)
    network.fit_scale(x, 1.0)
    whole, _ = network(x)
    first, state = network(x[:25])
    rest, _ = network(x[25:], state)
    assert torch.equal(torch.cat([first[-1], rest[-1]]), whole[-1])
    rest[-1].sum().backward()
    assert all(p.grad is not None and p.grad.any() for p in network.parameters())
