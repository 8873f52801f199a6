"""The spike-count loss by hand, its stretches of one label, and the lesson around it."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.spike_count_loss import (
    SlayerLesson,
    SlayerLossParameters,
    spike_count_loss,
    stretches,
)
from models.networks.slayer import Slayer, SlayerParameters

# In 100 ms: 20 spikes of the true class, 5 of each other one.
COUNTS = SlayerLossParameters(true_count=20.0, false_count=5.0, per_ms=100.0)
TINY = SlayerParameters(
    side=8, pool=1, channels=(4, 6), hidden=24, classes=3, tau_ref_ms=5.0, delay_spread_ms=20.0
)


def judge(output: torch.Tensor, *labels: list[int]) -> tuple[float, float]:
    loss, right = spike_count_loss(output, torch.tensor(labels).T, 10.0, COUNTS)
    return float(loss), float(right)


def spikes(steps: int, *totals: float) -> torch.Tensor:
    """Output spikes (steps, 1, C) that add up to ``totals``, all in the last step."""
    output = torch.zeros(steps, 1, len(totals))
    output[-1, 0] = torch.tensor(totals)
    return output


def test_loss_by_hand() -> None:
    # 50 ms want 10 and 2.5 spikes: (3^2 + 1.5^2) / 2 / 50.
    assert judge(spikes(5, 7.0, 1.0), [0] * 5) == (pytest.approx(0.1125), 1.0)
    assert judge(spikes(5, 10.0, 2.5), [0] * 5) == (0.0, 1.0)


def test_no_gesture_wants_no_spikes() -> None:
    rest = [NO_GESTURE] * 5
    assert judge(spikes(5, 0.0, 0.0), rest) == (0.0, 1.0)
    # Half of the true count of 50 ms are 5 spikes.
    assert judge(spikes(5, 4.0, 0.0), rest) == (pytest.approx(16 / 100), 1.0)
    assert judge(spikes(5, 5.0, 0.0), rest)[1] == 0.0


def test_the_way_to_a_gesture_is_not_judged() -> None:
    output = torch.cat([spikes(3, 50.0, 50.0), spikes(5, 10.0, 2.5)])
    assert judge(output, [ON_THE_WAY] * 3 + [0] * 5) == (0.0, 1.0)
    assert judge(spikes(5, 9.0, 9.0), [ON_THE_WAY] * 5) == (0.0, 0.0)


def test_every_stretch_is_counted_by_itself() -> None:
    output = torch.cat([spikes(4, 8.0, 2.0), spikes(6, 3.0, 9.0)])
    # The second stretch is 60 ms long and wants 3 and 12: 3^2 / 2 / 60.
    assert judge(output, [0] * 4 + [1] * 6) == (pytest.approx(0.075), 1.0)
    # Of the whole window class 0 would have had 11 spikes, class 1 as many.
    assert judge(output, [1] * 4 + [1] * 6)[1] == 0.0


def test_ties_and_silence_are_not_right() -> None:
    assert judge(spikes(5, 4.0, 4.0), [0] * 5)[1] == 0.0
    assert judge(spikes(5, 0.0, 0.0), [0] * 5)[1] == 0.0
    output = torch.cat([spikes(2, 2.0, 2.0), spikes(8, 1.0, 9.0)])
    assert judge(output, [0] * 2 + [1] * 8)[1] == pytest.approx(0.8)


def test_the_error_is_the_same_at_all_times_of_a_stretch() -> None:
    output = spikes(5, 7.0, 1.0).requires_grad_()
    loss, _ = spike_count_loss(output, torch.zeros(5, 1, dtype=torch.long), 10.0, COUNTS)
    loss.backward()
    # e = (N - N*) / D
    expected = torch.tensor([-3.0 / 50, -1.5 / 50]).expand(5, 2)
    torch.testing.assert_close(output.grad[:, 0], expected)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 3).flatmap(
        lambda batch: st.lists(
            st.lists(st.integers(-2, 2), min_size=batch, max_size=batch), min_size=1, max_size=12
        )
    )
)
def test_stretches_cover_all_steps_and_hold_one_label(rows: list[list[int]]) -> None:
    labels = torch.tensor(rows)
    index, label, steps = stretches(labels)
    assert torch.equal(label[index], labels)
    assert steps.sum() == labels.numel()
    assert steps.min() > 0
    changes = int((labels[1:] != labels[:-1]).sum())
    assert len(label) == labels.shape[1] + changes


@pytest.mark.parametrize(
    "bad", [{"false_count": 200.0}, {"rest_count": 31.0}, {"rest_count": -1.0}, {"per_ms": 0.0}]
)
def test_counts_must_be_in_order(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0 <= rest <= false < true"):
        SlayerLossParameters(**bad)


def toy(seed: int, batch: int = 8, steps: int = 40) -> tuple[torch.Tensor, torch.Tensor]:
    """A bar that goes right, goes left or flickers at rest, or only noise; steps of 5 ms."""
    generator = torch.Generator().manual_seed(seed)
    label = torch.randint(NO_GESTURE, 3, (batch,), generator=generator)
    rates = torch.full((steps, batch, 2, 8, 8), 0.01)
    where = torch.arange(steps) // 3 % 8
    for window, kind in enumerate(label.tolist()):
        if kind != NO_GESTURE:
            column = (where, 7 - where, torch.full_like(where, 3))[kind]
            rates[torch.arange(steps), window, :, :, column] = 0.5
    return torch.poisson(rates, generator=generator), label.expand(steps, batch).contiguous()


def test_a_toy_task_is_learnt() -> None:
    torch.manual_seed(0)
    network = Slayer(TINY)
    lesson = SlayerLesson(network, SlayerLossParameters())
    lesson.prepare(toy(0)[0], 5.0)
    optimiser = torch.optim.Adam(network.parameters(), lr=0.03)
    losses, shares = [], []
    for step in range(70):
        for update in lesson.updates(network, *toy(step), 5.0):
            optimiser.zero_grad()
            update.loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            lesson.after_step()
            losses.append(float(update.loss.detach()))
            shares.append(update.right)
    assert sum(losses[-10:]) < 0.35 * sum(losses[:10])
    assert sum(shares[-10:]) / 10 > 0.85


def test_a_network_is_scaled_before_it_learns() -> None:
    torch.manual_seed(0)
    network = Slayer(TINY)
    lesson, (counts, labels) = SlayerLesson(network, SlayerLossParameters()), toy(0)
    with pytest.raises(RuntimeError, match="a call of prepare before"):
        next(lesson.updates(network, counts, labels, 5.0))
    lesson.prepare(counts, 5.0)
    assert network.is_scaled
    assert next(lesson.updates(network, counts, labels, 5.0)).loss > 0


def test_after_a_step_the_delays_are_in_their_range() -> None:
    network = Slayer(TINY)
    delay = network.synapses["pool1"].delay_ms
    delay.data.copy_(torch.tensor([-3.0, 0.5, 60.0, 99.0]))
    SlayerLesson(network, SlayerLossParameters()).after_step()
    assert delay.tolist() == [0.0, 0.5, 60.0, 60.0]


def test_wrapped_for_several_processes_the_gradients_are_the_same() -> None:
    torch.manual_seed(0)
    network, (counts, labels) = Slayer(TINY), toy(0)
    lesson = SlayerLesson(network, SlayerLossParameters())
    grads = []
    distributed.init_process_group("gloo", store=distributed.HashStore(), rank=0, world_size=1)
    try:
        lesson.prepare(counts, 5.0)
        for model in (network, DistributedDataParallel(network)):
            network.zero_grad()
            for update in lesson.updates(model, counts, labels, 5.0):
                update.loss.backward()
            grads.append([p.grad.clone() for p in network.parameters()])
    finally:
        distributed.destroy_process_group()
    for a, b in zip(*grads, strict=True):
        assert a.any()
        torch.testing.assert_close(a, b)
