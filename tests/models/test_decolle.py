"""DECOLLE: traces by hand, spikes, exactness in chunks, who depends on whom, gaps, read-outs."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.networks.decolle import SMALL, Decolle, DecolleParameters, DecolleState, fire
from models.networks.decolle_layer import READOUT_STEP, START, WEIGHT_STEP
from models.neurons.decolle_lif import (
    LayerState,
    Rates,
    refractory_traces,
    spike,
    synapse_traces,
)

TINY = DecolleParameters(
    side=16,
    classes=3,
    channels=(4, 6, 6),
    kernels=(5, 3, 3),
    strides=(2, 1, 1),
    pools=(1, 2, 1),
    dropout=0.0,
    smooth_ms=5.0,
)


def counts(ticks: int, batch: int = 1, side: int = 16, seed: int = 1) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.poisson(torch.full((ticks, batch, 2, side, side), 0.1), generator=generator)


def make_network(sizes: DecolleParameters = TINY, seed: int = 0, dt_ms: float = 1.0) -> Decolle:
    """A network that fires, not yet finished."""
    torch.manual_seed(seed)
    network = Decolle(sizes)
    network.initialise(counts(60, 2, sizes.side, seed=7), dt_ms)
    return network


def make_finished(sizes: DecolleParameters = TINY, seed: int = 0) -> Decolle:
    network = make_network(sizes, seed)
    network.finish(1.0)
    return network


def stream(
    network: Decolle, x: torch.Tensor, lengths: list[int] | int
) -> tuple[list[torch.Tensor], DecolleState]:
    """Spikes of all layers of a stream that comes in chunks of these lengths, and its end."""
    plan, state, chunks = network.plan(1.0), None, []
    for chunk in x.split(lengths):
        spikes, state = network.stream(chunk, state, plan)
        chunks.append(spikes)
    assert state is not None
    return [torch.cat(parts) for parts in zip(*chunks, strict=True)], state


def tensors(state: DecolleState) -> list[torch.Tensor]:
    return [*(trace for layer in state.layers for trace in layer), state.readout]


def assert_same(a: DecolleState, b: DecolleState) -> None:
    for mine, other in zip(tensors(a), tensors(b), strict=True):
        assert torch.equal(mine, other)


# Neurons and traces.


def test_synapse_traces_by_hand() -> None:
    x = torch.tensor([[1.0], [0.0], [2.0], [0.0]])
    zero = torch.zeros(1)
    traces, q, p = synapse_traces(x, zero, zero, Rates(q=0.5, p=0.25, r=0.0, readout=1.0))
    # Q: 1/2, 1/4, 9/8, 9/16. P follows the Q of the step before: 0, 1/8, 5/32, 51/128.
    assert traces.flatten().tolist() == [0.0, 1 / 8, 5 / 32, 51 / 128]
    assert (q.item(), p.item()) == (9 / 16, 51 / 128)


def test_refractory_traces_by_hand() -> None:
    charge = torch.tensor([[0.3], [0.3], [0.3], [0.3], [-1.0]])
    traces, after = refractory_traces(charge, torch.zeros(1), 0.5)
    # Fires, is held down by 1/2, fires at 1/4 again, is held down by 5/8, then stays silent.
    expected = [0.0, 1 / 2, 1 / 4, 5 / 8, 5 / 16]
    assert traces.flatten().tolist() == pytest.approx(expected)
    assert after.item() == pytest.approx(5 / 32)


def test_the_threshold_belongs_to_the_spike() -> None:
    _, after = refractory_traces(torch.tensor([[0.0]]), torch.zeros(1), 0.5)
    assert after.item() == 0.5
    u = torch.tensor([-0.6, -0.4, 0.0, 0.4, 0.6], requires_grad=True)
    s = spike(u)
    assert s.tolist() == [0, 0, 1, 1, 1]
    s.sum().backward()
    assert u.grad is not None
    assert u.grad.tolist() == [0, 1, 1, 1, 0]


def test_traces_are_means_and_steps_take_powers() -> None:
    network = Decolle(TINY)
    one, five = network.rates(1.0), network.rates(5.0)
    assert five.p == pytest.approx(1 - 0.97**5)
    for name in ("q", "p", "r", "readout"):
        assert 1 - getattr(five, name) == pytest.approx((1 - getattr(one, name)) ** 5)
    ones, zero = torch.ones(2000, 1), torch.zeros(1)
    assert synapse_traces(ones, zero, zero, one)[2].item() == pytest.approx(1.0, rel=1e-4)


def test_silence_ends_in_no_denormal_number() -> None:
    network = make_finished()
    _, state = stream(network, torch.cat([counts(5)[:, 0], torch.zeros(4000, 2, 16, 16)]), 500)
    for trace in tensors(state):
        assert not bool(((trace != 0) & (trace.abs() < torch.finfo().tiny)).any())


# Sizes and start.


def test_the_full_size_is_that_of_the_paper() -> None:
    network = Decolle(DecolleParameters())
    assert sum(p.numel() for p in network.parameters()) == 1_210_816
    fixed = {name: b.numel() for name, b in network.named_buffers() if "readout" in name}
    assert sum(fixed.values()) == 630_817
    assert network.sizes.sides == (16, 16, 8)
    assert network.layer_names == ("conv1", "conv2", "conv3", "output")


def test_parameters_survive_as_plain_values() -> None:
    assert DecolleParameters(**asdict(SMALL)) == SMALL


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pools": (2, 2)}, "expected channels, kernels, strides and pools of each layer"),
        ({"strides": (1, 0, 1)}, "expected channels, kernels, strides and pools of each layer"),
        ({"channels": (), "kernels": (), "strides": (), "pools": ()}, "of each layer"),
        ({"kernels": (7, 4, 7)}, "expected odd kernels"),
        ({"side": 48}, "a side that divides 128"),
        ({"pools": (8, 8, 2)}, "not pooled away"),
        ({"alpha": 1.0}, "factors between 0 and 1"),
        ({"beta": 0.97}, "alpha not beta"),
        ({"deciding": 3}, "a deciding layer out of 3, got 3"),
        ({"dropout": 1.0}, "expected dropout from 0 to below 1"),
        ({"smooth_ms": -1.0}, "smooth_ms of at least 0"),
    ],
)
def test_parameters_that_do_not_fit_get_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(DecolleParameters(), **change)


def test_initialise_gives_every_channel_variance_one() -> None:
    network, again = make_network(dt_ms=5.0), make_network(dt_ms=5.0)
    for name, value in network.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name
    x, rates = counts(60, 2, seed=7) / 5.0, network.rates(5.0)
    for layer in network.layers():
        zero = torch.zeros_like(x[0])
        traces, _, _ = synapse_traces(x, zero, zero, rates)
        charge = layer.op(traces[30:].flatten(0, 1)) * layer.gain.view(-1, 1, 1)
        charge = (charge + layer.bias.view(-1, 1, 1)).transpose(0, 1).flatten(1)
        torch.testing.assert_close(charge.var(1), torch.ones(len(charge)), rtol=1e-3, atol=0)
        torch.testing.assert_close(charge.mean(1), torch.full((len(charge),), START))
        x = layer(x, None, rates)[0].detach()


def test_initialise_needs_events() -> None:
    with pytest.raises(ValueError, match="expected inputs that vary"):
        Decolle(TINY).initialise(torch.zeros(10, 1, 2, 16, 16))


def test_read_outs_are_drawn_by_the_seed_on_a_grid_and_not_learnt() -> None:
    a, b, c = Decolle(TINY), Decolle(TINY), Decolle(replace(TINY, seed=2))
    learnt = {name for name, _ in a.named_parameters()}
    for mine, same, other in zip(a.layers(), b.layers(), c.layers(), strict=True):
        assert torch.equal(mine.readout_weight, same.readout_weight)
        assert not torch.equal(mine.readout_weight, other.readout_weight)
        bound = TINY.readout / mine.readout_weight.shape[1] ** 0.5
        assert 0.9 * bound < mine.readout_weight.abs().max() <= bound + READOUT_STEP
        steps = mine.readout_weight / READOUT_STEP
        assert torch.equal(steps, steps.round())
    assert not any("readout" in name for name in learnt)


# Streaming.


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_chunks_give_bit_for_bit_what_single_ticks_give(lengths: list[int]) -> None:
    network, x = make_finished(), counts(sum(lengths))[:, 0]
    many, state = stream(network, x, lengths)
    ones, expected = stream(network, x, 1)
    for a, b in zip(many, ones, strict=True):
        assert torch.equal(a, b)
    assert_same(state, expected)


def test_chunks_of_the_small_size() -> None:
    network, x = make_finished(SMALL), counts(120, side=32)[:, 0]
    many, state = stream(network, x, 40)
    ones, expected = stream(network, x, 1)
    for a, b in zip(many, ones, strict=True):
        assert torch.equal(a, b)
    assert all(0.01 < s.mean() < 0.9 for s in many[:-1])
    assert_same(state, expected)


@pytest.mark.parametrize("dt_ms", [1.0, 5.0])
def test_streaming_is_the_same_arithmetic_as_training(dt_ms: float) -> None:
    # In double precision, since filter and convolution change places.
    network, x = make_finished().double(), counts(80).double()
    streamed, state = network.stream(x[:, 0], None, network.plan(dt_ms))
    trained, after = network(x, None, dt_ms)
    for a, b in zip(trained, streamed, strict=True):
        assert torch.equal(a[:, 0], b)
    for layer, mine, other in zip(network.layers(), after.layers, state.layers, strict=True):
        gain = layer.gain.view(-1, 1, 1)
        torch.testing.assert_close(layer.op(mine.p)[0] * gain, other.p)
        torch.testing.assert_close(layer.op(mine.q)[0] * gain, other.q)
        torch.testing.assert_close(mine.r[0], other.r)
    torch.testing.assert_close(after.readout[0], state.readout)


def test_forward_carries_its_state() -> None:
    network, x = make_network(), counts(30, 3)
    whole, end = network(x)
    first, state = network(x[:11])
    second, state = network(x[11:], state)
    for all_of_it, a, b in zip(whole, first, second, strict=True):
        assert torch.equal(all_of_it, torch.cat([a, b]))
    for mine, other in zip(tensors(state), tensors(end), strict=True):
        torch.testing.assert_close(mine, other)


def test_charge_means_the_same_in_longer_steps() -> None:
    network = make_finished()
    steady = torch.full((300, 1, 2, 16, 16), 0.25)
    _, fine = network(steady)
    _, coarse = network(steady[:60] * 5, None, 5.0)
    torch.testing.assert_close(coarse.layers[0].p, fine.layers[0].p, rtol=1e-2, atol=0)


def test_decay_is_a_stream_without_input_or_spike() -> None:
    network = make_finished()
    for layer in network.layers():
        layer.bias.data.fill_(-1e3)
    _, state = stream(network, counts(40)[:, 0], 40)
    state = DecolleState(
        tuple(LayerState(s.q, s.p, torch.rand_like(s.r)) for s in state.layers), state.readout
    )
    plan, silent = network.plan(1.0), torch.zeros(1, 2, 16, 16)
    expected, total = state, network.decay(state, 0.0, 1.0)
    for trace, kept in zip(tensors(state), tensors(total), strict=True):
        torch.testing.assert_close(kept, trace)
    for lost in range(1, 30):
        _, expected = network.stream(silent, expected, plan)
        later = network.decay(state, float(lost), 1.0)
        for a, b in zip(later.layers, expected.layers, strict=True):
            for mine, other in zip(a, b, strict=True):
                torch.testing.assert_close(mine, other, rtol=1e-4, atol=1e-7)
    assert all(float(t.abs().max()) < 1e-6 for t in tensors(network.decay(state, 3.6e6, 1.0)))


def test_finished_weights_lie_on_the_grid_and_load_again() -> None:
    network = make_finished()
    for layer in network.layers():
        steps = layer.op.weight.detach() / WEIGHT_STEP
        assert torch.equal(steps, steps.round())
    again = Decolle(TINY)
    again.finish(1.0)
    again.load_state_dict(network.state_dict())
    x = counts(40)[:, 0]
    for a, b in zip(stream(network, x, 40)[0], stream(again, x, 40)[0], strict=True):
        assert torch.equal(a, b)


# Decisions.


def test_only_the_highest_read_out_above_the_threshold_fires() -> None:
    readout = torch.tensor([[0.6, 0.9, 0.1], [0.5, 0.4, 0.3], [-2.0, -1.0, -3.0]])
    assert fire(readout, 0.5).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("deciding", [-1, 0, 1])
def test_the_deciding_layer_gives_the_output(deciding: int) -> None:
    sizes = replace(TINY, deciding=deciding, smooth_ms=0.0, threshold=0.0)
    network = make_finished(sizes)
    spikes, _, readouts = network(counts(40, 2), None, 1.0, True)
    assert spikes[-1].any()
    assert torch.equal(spikes[-1], fire(readouts[deciding], 0.0))
    streamed, _ = stream(network, counts(40, 2)[:, 0], 7)
    assert streamed[-1].sum(-1).max() == 1


def test_the_read_out_is_averaged_over_time() -> None:
    network = make_network()
    x = counts(20, 2)
    _, state, readouts = network(x, None, 2.0, True)
    keep, mean = torch.exp(torch.tensor(-2.0 / 5.0)), torch.zeros(2, 3)
    for now in readouts[-1].detach():
        mean = keep * mean + (1 - keep) * now
    torch.testing.assert_close(state.readout, mean)


# Who depends on whom.


def test_a_read_out_depends_on_the_weights_of_its_own_layer_alone() -> None:
    network = make_network()
    _, _, readouts = network(counts(40, 2), None, 1.0, True)
    for k, readout in enumerate(readouts):
        for j, layer in enumerate(network.layers()):
            own = [layer.op.weight, layer.bias]
            loss = readout.square().sum()
            gradients = torch.autograd.grad(loss, own, retain_graph=True, allow_unused=True)
            if j == k:
                assert all(g is not None and bool(g.any()) for g in gradients)
            else:
                assert gradients == (None, None)


def test_no_graph_goes_through_time() -> None:
    network, x = make_network(), counts(30, 2).requires_grad_()
    spikes, state = network(x[:20])
    assert not any(t.requires_grad for t in [*spikes, *tensors(state)])
    spikes, state, readouts = network(x[20:], state, 1.0, True)
    assert not any(t.requires_grad for t in [*spikes, *tensors(state)])
    assert all(y.requires_grad for y in readouts)
    for y in readouts:
        assert torch.autograd.grad(y.sum(), x, retain_graph=True, allow_unused=True) == (None,)


def test_the_gradient_of_a_step_is_that_of_the_step_by_itself() -> None:
    network, x = make_network(), counts(30, 2)
    _, _, readouts = network(x, None, 1.0, True)
    weights = [layer.op.weight for layer in network.layers()]
    within = torch.autograd.grad(sum(y[-1].square().sum() for y in readouts), weights)
    _, state = network(x[:-1])
    _, _, readouts = network(x[-1:], state, 1.0, True)
    alone = torch.autograd.grad(sum(y.square().sum() for y in readouts), weights)
    for a, b in zip(within, alone, strict=True):
        torch.testing.assert_close(a, b)


def test_the_gradient_is_error_times_slope_times_trace() -> None:
    network, x = make_network(), counts(30, 2)
    layer, rates = network.layers()[0], network.rates(1.0)
    _, before = network(x[:-1])
    _, after, readouts = network(x[-1:], before, 1.0, True)
    error = torch.randn(1, 2, 3)
    (gradient,) = torch.autograd.grad((readouts[0] * error).sum(), layer.op.weight)
    trace = torch.lerp(before.layers[0].p, before.layers[0].q, rates.p)
    torch.testing.assert_close(after.layers[0].p, trace)
    u = layer.op(trace) * layer.gain.view(-1, 1, 1) + layer.bias.view(-1, 1, 1)
    u = u - before.layers[0].r
    factor = (error[0] @ layer.readout_weight).view_as(u) * (u.abs() <= 0.5)
    factor = factor * layer.gain.view(-1, 1, 1)
    expected = torch.nn.grad.conv2d_weight(trace, gradient.shape, factor, 2, 2)
    torch.testing.assert_close(gradient, expected)


# Synapses.


@pytest.mark.parametrize("deciding", [-1, 0])
def test_fan_out_counts_nonzero_synapses(deciding: int) -> None:
    network = make_finished(replace(TINY, deciding=deciding))
    for layer in network.layers():
        layer.op.weight.data.fill_(0.5)
    network.layers()[0].op.weight.data[1:] = 0.0
    network.layers()[deciding].readout_weight.fill_(0.25)
    maps = network.fan_out((2, 16, 16))
    shapes = [(2, 16, 16), (4, 8, 8), (6, 4, 4), (6, 4, 4)]
    assert [len(m) for m in maps] == [torch.Size(s).numel() for s in shapes]
    first, second, third, last = (m.view(s) for m, s in zip(maps, shapes, strict=True))
    # Stride 2: position 8 is under the 5x5 kernels of rows and columns 3, 4, 5, one channel.
    assert first[1, 8, 8] == 9
    assert first[1, 0, 0] == 4
    read = 3 if deciding == 0 else 0
    assert second[0, 4, 4] == 9 * 6 + read
    assert third[0, 2, 2] == 9 * 6
    assert bool((last == 3 - read).all())
