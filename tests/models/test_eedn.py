"""Eedn: the cascade by hand, cores, finishing, exactness in chunks, synaptic operations."""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.learning.eedn_lesson import EednLesson, EednLossParameters
from models.networks.eedn import SMALL, Eedn, EednParameters
from models.networks.temporal_cascade import CascadeState, TemporalCascade
from models.networks.trinary_layer import LayerSizes, TrinaryLayer

TINY = EednParameters(
    side=16,
    classes=3,
    delays_ms=(0, 3, 10),
    taus_ms=(5.0, 10.0, 20.0),
    layers=((24, 3, 2, 2), (24, 1, 1, 1), (48, 2, 2, 2), (48, 1, 1, 3)),
    output_groups=8,
    population=16,
)
ONE = TemporalCascade((0,), (10.0,), (0.5, 1.5), 2.0)


def make_network(sizes: EednParameters = TINY, finished: bool = True) -> Eedn:
    """A network normalised on random counts."""
    torch.manual_seed(0)
    network = Eedn(sizes)
    for _ in range(20):
        network(torch.poisson(torch.full((10, 4, 2, sizes.side, sizes.side), 0.2)), None, 5.0)
    if finished:
        network.finish(5.0)
    return network.eval()


def counts(ticks: int, side: int = 16, seed: int = 0) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    return torch.poisson(torch.full((ticks, 2, side, side), 0.05), generator=random)


def pixel(values: list[float]) -> torch.Tensor:
    """Counts (T, 1, 2, 1, 1) of ON events of one pixel."""
    x = torch.zeros(len(values), 1, 2, 1, 1)
    x[:, 0, 1, 0, 0] = torch.tensor(values)
    return x


def test_traces_leak_and_are_bounded() -> None:
    spikes, state = ONE.run(pixel([1, 0, 5, 0]), None, ONE.steps(1.0))
    a = math.exp(-0.1)
    charge = (1 - a) * 10
    # charge, then a charge, then 5 more of it, which is over the bound of 2, then 2 a.
    assert float(state.traces[0, 0, 1]) == pytest.approx(2 * a)
    assert charge > 0.5
    assert charge < 1.5
    assert spikes.shape == (4, 1, 4, 1, 1)
    low, high = spikes[:, 0, 1, 0, 0], spikes[:, 0, 3, 0, 0]
    assert low.tolist() == [1, 1, 1, 1]
    assert high.tolist() == [0, 0, 1, 1]
    assert not spikes[:, 0, ::2].any(), "the other polarity"


def test_one_event_becomes_a_pulse_of_known_length_after_each_delay() -> None:
    cascade = TemporalCascade((0, 4, 30), (10.0, 10.0, 20.0), (0.5,), 4.0)
    spikes, _ = cascade.run(pixel([1] + [0] * 59), None, cascade.steps(1.0))
    pulses = spikes[:, 0, 1::2, 0, 0]
    # tau log(m / level) after the first: 6.4 and 13.4 steps.
    for stage, (start, end) in enumerate([(0, 7), (4, 11), (30, 44)]):
        assert torch.nonzero(pulses[:, stage]).flatten().tolist() == list(range(start, end))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([2, 5, 10]))
def test_long_steps_have_the_mean_traces_of_short_ones(seed: int, step: int) -> None:
    cascade = TemporalCascade((0, 20), (15.0, 40.0), (0.5,), 1e6)
    random = torch.Generator().manual_seed(seed)
    fine = torch.poisson(torch.full((100, 1, 2, 40, 40), 0.1), generator=random)
    coarse = fine.unflatten(0, (-1, step)).sum(1)
    _, (_, a) = cascade.run(fine, None, cascade.steps(1.0))
    _, (_, b) = cascade.run(coarse, None, cascade.steps(float(step)))
    torch.testing.assert_close(a.mean((0, 2, 3, 4)), b.mean((0, 2, 3, 4)), rtol=0.03, atol=0.0)


def test_lost_time_is_what_empty_ticks_are() -> None:
    network = make_network()
    _, state = network.stream(counts(30), None, network.plan(1.0))
    for lost in (1, 7, 10, 25):
        _, waited = network.stream(torch.zeros(lost, 2, 16, 16), state, network.plan(1.0))
        later = network.decay(state, float(lost), 1.0)
        assert torch.equal(later.underway, waited.underway)
        torch.testing.assert_close(later.traces, waited.traces)
    for part in network.decay(state, 1e5, 1.0):
        assert not part.any()
    half = network.decay(CascadeState(state.underway * 0, state.traces), 0.25, 1.0)
    assert torch.equal(half.traces[0, 0], state.traces[0, 0] * math.exp(-0.05))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"delays_ms": (0, 3)}, "a delay and a time constant for each stage"),
        ({"delays_ms": (0, 3, 3)}, "ascending delays"),
        ({"taus_ms": (5.0, 0.0, 20.0)}, "tau_ms to be positive"),
        ({"levels": ()}, "at least one level"),
        ({"most": 2.0}, "a bound above the levels"),
        ({"side": 24}, "a side that divides 128"),
        ({"population": 12}, "equally many neurons"),
        ({"layers": ()}, "a hidden layer at least"),
        ({"layers": ((24, 3, 0, 2),)}, "positive numbers"),
        ({"output_groups": 4}, "layer 5 to have at most 128 inputs"),
        ({"layers": ((24, 3, 2, 5),)}, "layer 1 to have places and whole groups"),
        ({"layers": ((512, 1, 1, 1),)}, "256 channels, got 12 and 512"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(TINY, **change)


def test_sizes() -> None:
    assert len(EednParameters().layer_sizes()) == 15
    for sizes in (EednParameters(), SMALL, TINY):
        assert EednParameters(**asdict(sizes)) == sizes
    network = make_network()
    assert network.layer_names == ("cascade", "conv1", "conv2", "conv3", "conv4", "output")
    spikes, _ = network(counts(6)[:, None].expand(-1, 2, -1, -1, -1), None, 1.0)
    assert [tuple(s.shape[2:]) for s in spikes] == [
        (12, 16, 16), (24, 8, 8), (24, 8, 8), (48, 4, 4), (48, 4, 4), (48,),
    ]  # fmt: skip
    assert all(s.shape[:2] == (6, 2) for s in spikes)


@pytest.mark.parametrize("finished", [False, True])
def test_all_weights_are_trinary_and_all_activations_binary(finished: bool) -> None:
    network = make_network(finished=finished)
    if finished:
        assert set(network.state_dict()) == {
            f"stack.{place}.{name}" for place in range(5) for name in ("weight", "threshold")
        }
        assert not list(network.parameters())
    for layer in network.layers():
        assert layer.weight.dtype == torch.int8
        assert set(layer.weight.unique().tolist()) == {-1, 0, 1}
    spikes, _ = network(counts(30)[:, None], None, 5.0)
    for layer in spikes:
        assert set(layer.unique().tolist()) == {0.0, 1.0}


def test_finishing_changes_nothing() -> None:
    network = make_network(finished=False)
    x = counts(60)[:, None]
    before, _ = network(x, None, 5.0)
    network.finish(5.0)
    after, _ = network(x, None, 5.0)
    for a, b in zip(before, after, strict=True):
        assert torch.equal(a, b)


def test_normalisation_becomes_a_whole_threshold() -> None:
    layer = TrinaryLayer(LayerSizes(5, 4, 1, 1, 0, 1, 1, 1))
    layer.hidden.data.fill_(1.0)
    layer.norm.running_mean.copy_(torch.tensor([2.3, 2.3, 0.0, 0.0]))
    layer.norm.running_var.fill_(4.0)
    layer.bias.data.copy_(torch.tensor([0.5, -0.5, 100.0, -100.0]))
    layer.finish()
    # 2.3 -+ 0.5 x 2 rounded up; five inputs never bring six, and always at least minus five.
    assert layer.threshold.tolist() == [2, 4, -5, 6]
    x = torch.tensor([0.0, 1, 1, 0, 0]).view(1, 5, 1, 1)
    assert layer(x).flatten().tolist() == [1, 0, 1, 0]


def test_outputs_lie_class_by_class() -> None:
    network = make_network()
    for layer in network.layers():
        layer.weight.zero_()
        layer.threshold.fill_(1)
    # Each of 8 output groups holds two neurons of each of 3 classes; those of class 1 fire.
    network.layers()[-1].threshold.view(8, 3, 2)[:, 1] = 0
    spikes, _ = network.stream(counts(1), None, network.plan(1.0))
    assert spikes[-1].view(3, 16).sum(1).tolist() == [0, 16, 0]


def test_channels_between_grouped_layers_are_interleaved() -> None:
    network = make_network()
    assert [layer.sizes.mixed for layer in network.layers()] == [1, 1, 2, 3, 8]
    layer = network.layers()[2]
    layer.weight.zero_()
    layer.threshold.fill_(1)
    layer.threshold[:24] = 0  # the first of two groups fires
    fired = layer(torch.zeros(1, 24, 8, 8))[0, :, 0, 0]
    assert fired.tolist() == [1, 0] * 24


@pytest.mark.parametrize("sizes", [TINY, SMALL], ids=["tiny", "small"])
@pytest.mark.parametrize("chunk", [2, 7, 40])
def test_chunks_give_bit_for_bit_what_single_ticks_give(chunk: int, sizes: EednParameters) -> None:
    network, x = make_network(sizes), counts(80, sizes.side)
    plan, singles, many = network.plan(1.0), [], []
    one = several = None
    for t in range(len(x)):
        spikes, one = network.stream(x[t : t + 1], one, plan)
        singles.append(spikes)
    for t in range(0, len(x), chunk):
        spikes, several = network.stream(x[t : t + chunk], several, plan)
        many.append(spikes)
    for layer in range(len(network.layer_names)):
        a = torch.cat([spikes[layer] for spikes in singles])
        assert a.any()
        assert torch.equal(a, torch.cat([spikes[layer] for spikes in many]))
    for before, after in zip(one, several, strict=True):
        assert torch.equal(before, after)


def test_streaming_is_the_same_arithmetic_as_training() -> None:
    network, x = make_network(), counts(60)
    trained, trained_state = network(x[:, None], None, 1.0)
    streamed, state = network.stream(x, None, network.plan(1.0))
    for a, b in zip(trained, streamed, strict=True):
        assert torch.equal(a[:, 0], b)
    for a, b in zip(trained_state, state, strict=True):
        assert torch.equal(a, b)


def test_a_finished_network_goes_through_its_state_dict() -> None:
    network, again = make_network(), Eedn(TINY)
    again.finish(1.0)
    again.load_state_dict(network.state_dict())
    x = counts(40)
    expected, _ = network.stream(x, None, network.plan(1.0))
    found, _ = again.stream(x, None, again.plan(1.0))
    assert torch.equal(expected[-1], found[-1])
    assert again.layers()[0].weight.dtype == torch.int8


def test_fan_out_counts_the_nonzero_synapses_that_each_input_reaches() -> None:
    network, x = make_network(), counts(20)
    spikes, _ = network.stream(x, None, network.plan(1.0))
    maps = network.fan_out((2, 16, 16))
    assert torch.equal(x.flatten(1) @ maps[0], x.sum((1, 2, 3)) * 6), "three stages, two levels"
    pairs = zip(spikes[:-1], network.layers(), maps[1:], strict=True)
    for inputs, layer, fan_out in pairs:
        reached = layer.gather(inputs, (layer.weight != 0).float()).sum((1, 2, 3))
        assert torch.equal(inputs.flatten(1) @ fan_out, reached)


def test_a_finished_network_goes_on_where_it_was() -> None:
    network = make_network()
    seen = torch.stack([counts(200, seed=seed) for seed in range(4)], 1)
    before, _ = network(seen, None, 5.0)
    network.thaw()
    network.go_on(seen, 5.0)
    assert all(hidden.abs().max() == 0.75 for hidden in network.hidden_weights())
    network.finish(5.0)
    after, _ = network(seen, None, 5.0)
    for was, now in zip(before, after, strict=True):
        assert was.mean() > 0
        assert (was != now).float().mean() < 0.01


def test_a_thawed_network_learns() -> None:
    network = make_network()
    seen = torch.stack([counts(40, seed=seed) for seed in range(4)], 1)
    network.thaw()
    network.go_on(seen, 5.0)
    lesson = EednLesson(network.train(), EednLossParameters())
    optimiser = torch.optim.Adam(network.parameters(), lr=0.02)
    labels = torch.arange(4).remainder(3).expand(40, 4)
    weights = [layer.weight.clone() for layer in network.layers()]
    losses = []
    for _ in range(40):
        (update,) = lesson.updates(network, seen, labels, 5.0)
        optimiser.zero_grad()
        update.loss.backward()
        optimiser.step()
        lesson.after_step()
        losses.append(float(update.loss.detach()))
    assert losses[-1] < 0.8 * losses[0]
    now = [layer.weight for layer in network.layers()]
    assert any((new != was).any() for new, was in zip(now, weights, strict=True))
