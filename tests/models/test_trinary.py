"""Trinary synapses with hidden weights: rounding, gradients, the lesson, a toy task."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.eedn_lesson import EednLesson, EednLossParameters
from models.learning.rate_loss import RateLossParameters
from models.networks.eedn import Eedn, EednParameters
from models.neurons.trinary import MARGIN, Fire, StraightThrough, trinary

TINY = EednParameters(
    side=16,
    classes=2,
    delays_ms=(0, 20, 40),
    taus_ms=(10.0, 10.0, 20.0),
    layers=((24, 3, 2, 2), (24, 1, 1, 1), (48, 2, 2, 2), (48, 1, 1, 1)),
    output_groups=8,
    population=8,
)


def int8(values: list[int]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.int8)


def test_a_synapse_changes_when_its_hidden_weight_is_beyond_the_margin() -> None:
    hidden = torch.tensor([0.55, 0.65, -0.65, 0.45, 0.35, -0.35, -0.65, 1.0, 1.3])
    before = int8([0, 0, 0, 1, 1, -1, 1, -1, 0])
    assert trinary(hidden, before).tolist() == [0, 1, -1, 1, 0, 0, -1, 1, 1]


@given(st.floats(-2.0, 2.0), st.integers(-1, 1))
def test_synapses_are_trinary_near_their_hidden_weight_and_settled(h: float, w: int) -> None:
    hidden, before = torch.tensor([h]), int8([w])
    after = trinary(hidden, before)
    assert int(after) in (-1, 0, 1)
    assert abs(max(-1.0, min(1.0, h)) - int(after)) <= 0.5 + MARGIN + 1e-6
    assert torch.equal(trinary(hidden, after), after)


def test_gradients_go_straight_through_the_rounding() -> None:
    hidden = torch.tensor([0.2, -0.9], requires_grad=True)
    weight = StraightThrough.apply(hidden, int8([0, -1]))
    assert weight.tolist() == [0.0, -1.0]
    (weight * torch.tensor([3.0, 5.0])).sum().backward()
    assert hidden.grad is not None
    assert hidden.grad.tolist() == [3.0, 5.0]


def test_a_neuron_fires_at_zero_and_learns_by_a_triangle() -> None:
    r = torch.tensor([-2.0, -1.0, -0.25, 0.0, 0.5, 1.0, 3.0], requires_grad=True)
    spikes = Fire.apply(r)
    assert spikes.tolist() == [0, 0, 0, 1, 1, 1, 1]
    spikes.sum().backward()
    assert r.grad is not None
    assert r.grad.tolist() == [0.0, 0.0, 0.75, 1.0, 0.5, 0.0, 0.0]


def biased(bias: float) -> Eedn:
    """A network in which all neurons fire, or none."""
    torch.manual_seed(0)
    network = Eedn(TINY).eval()
    for layer in network.layers():
        torch.nn.init.constant_(layer.bias, bias)
    return network


QUIET = EednLossParameters(rates=RateLossParameters(gain=4.0, quiet_rate=0.25), busy_cost=0.0)


@pytest.mark.parametrize("dt_ms", [1.0, 5.0])
@pytest.mark.parametrize(("label", "right"), [(NO_GESTURE, 1.0), (1, 0.0)])
def test_silence_is_the_answer_to_no_gesture(dt_ms: float, label: int, right: float) -> None:
    steps = round(400 / dt_ms)
    counts, labels = torch.zeros(steps, 2, 2, 16, 16), torch.full((steps, 2), label)
    network = biased(-1e3)
    (update,) = EednLesson(network, QUIET).updates(network, counts, labels, dt_ms)
    # Logits 0 and 0 for the classes, 4 x 0.25 for "no gesture".
    expected = math.log(2 + math.e) - (1.0 if label == NO_GESTURE else 0.0)
    assert float(update.loss.detach()) == pytest.approx(expected, rel=1e-5)
    assert update.right == right


@pytest.mark.parametrize("dt_ms", [1.0, 5.0, 10.0])
def test_rates_are_shares_of_a_population_whatever_the_step(dt_ms: float) -> None:
    steps = round(500 / dt_ms)
    counts, labels = torch.zeros(steps, 1, 2, 16, 16), torch.zeros(steps, 1, dtype=torch.int64)
    network = biased(1e3)
    (update,) = EednLesson(network, QUIET).updates(network, counts, labels, dt_ms)
    # Both populations fire throughout: logits 4 and 4, and 1 for "no gesture".
    expected = math.log(2 + math.exp(-3.0))
    assert float(update.loss.detach()) == pytest.approx(expected, abs=2e-3)


def test_layers_that_fire_too_much_cost() -> None:
    counts, labels = torch.zeros(4, 1, 2, 16, 16), torch.full((4, 1), ON_THE_WAY)
    network, p = biased(1e3), EednLossParameters(busy_share=0.25, busy_cost=0.5)
    (update,) = EednLesson(network, p).updates(network, counts, labels, 10.0)
    # Nothing is judged; each of four hidden layers fires four times as much as it may.
    assert float(update.loss.detach()) == pytest.approx(0.5 * 4 * (4 - 1))
    assert update.right == 0.0


def test_every_nth_step_is_the_end_of_n_steps() -> None:
    torch.manual_seed(0)
    network, counts = Eedn(TINY).eval(), torch.poisson(torch.full((11, 2, 2, 16, 16), 0.1))
    spikes, state = network(counts, None, 5.0)
    fewer, same = network(counts, None, 5.0, 3)
    for a, b in zip(spikes, fewer, strict=True):
        assert torch.equal(a[2::3], b)
    assert torch.equal(state.traces, same.traces)
    with pytest.raises(ValueError, match="every step or every n-th"):
        EednLossParameters(every=0)


def test_everything_that_learns_gets_a_gradient_and_hidden_weights_stay_in_bounds() -> None:
    torch.manual_seed(0)
    network = Eedn(TINY)
    lesson = EednLesson(network, EednLossParameters(every=2))
    counts, labels = toy(8, 80, torch.Generator().manual_seed(0))
    (update,) = lesson.updates(network, counts, labels, 5.0)
    update.loss.backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.any(), name
    torch.optim.SGD(network.parameters(), lr=1e3).step()
    assert any((h.abs() > 1).any() for h in network.hidden_weights())
    lesson.after_step()
    assert not any((h.abs() > 1).any() for h in network.hidden_weights())


def toy(batch: int, steps: int, random: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A noisy bar that moves left (0), right (1) or is not there, in steps of 5 ms.

    Both polarities are alike and the bar begins anywhere, so only time tells the ways apart.
    """
    labels = torch.randint(-1, 2, (batch,), generator=random)
    start = torch.randint(0, 16, (batch,), generator=random)
    way = torch.where(labels == 0, -0.5, 0.5)
    column = (start + way * torch.arange(steps)[:, None]).floor().long() % 16
    bar = torch.nn.functional.one_hot(column, 16) * (labels >= 0)[:, None]
    rate = (0.3 * bar + 0.01)[:, :, None, None].expand(-1, -1, 2, 16, -1)
    counts = torch.poisson(rate.contiguous(), generator=random)
    return counts, labels.expand(steps, -1).contiguous()


def test_it_learns_which_way_a_bar_moves() -> None:
    torch.manual_seed(0)
    random = torch.Generator().manual_seed(0)
    network = Eedn(TINY)
    rates = RateLossParameters(gain=12.0, quiet_rate=0.12, burn_in_ms=60.0)
    lesson = EednLesson(network, EednLossParameters(rates=rates, every=2))
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.05)
    losses = []
    for _ in range(150):
        for update in lesson.updates(network, *toy(16, 24, random), 5.0):
            optimiser.zero_grad()
            update.loss.backward()
            optimiser.step()
            lesson.after_step()
            losses.append(float(update.loss.detach()))
    assert sum(losses[-5:]) < 0.3 * sum(losses[:5])
    network.finish(5.0)
    counts, labels = toy(64, 40, random)
    (update,) = lesson.updates(network, counts, labels, 5.0)
    assert update.right > 0.9
    spikes, _ = network(counts, None, 5.0)
    shares = spikes[-1][12:].mean((0, 2))
    assert float(shares[labels[0] == NO_GESTURE].mean()) < 0.05
    assert float(shares[labels[0] >= 0].mean()) > 0.15
