"""DECOLLE's learning: losses by hand, one update a step, constant memory, and that it learns."""

from __future__ import annotations

import gc
import math
import weakref
from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.nn import functional

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.local_loss import (
    DecolleLesson,
    DecolleLossParameters,
    local_loss,
    share_right,
)
from models.networks.decolle import Decolle, DecolleParameters

TOY = DecolleParameters(
    side=16,
    classes=2,
    channels=(8, 12, 12),
    kernels=(5, 3, 3),
    strides=(2, 1, 1),
    pools=(1, 2, 1),
    dropout=0.0,
)
TINY = replace(TOY, channels=(2, 3, 3))
STEP_MS = 5.0


def moving_bars(
    steps: int, batch: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Counts and labels: bars that go right (0) or left (1), or nothing but noise."""
    kind = torch.randint(3, (batch,), generator=generator)
    speed = torch.tensor([0.5, -0.5, 0.0])[kind]
    start = 16 * torch.rand(batch, generator=generator)
    column = (start + speed * torch.arange(steps)[:, None]).long() % 16
    bar = functional.one_hot(column, 16) * (kind < 2)[:, None]
    shape = (steps, batch, 2, 16, 16)
    counts = torch.poisson(torch.full(shape, 0.02), generator=generator)
    counts += 2 * bar[:, :, None, None] * (torch.rand(shape, generator=generator) < 0.5)
    return counts, torch.where(kind < 2, kind, NO_GESTURE).expand(steps, batch)


def make_network(sizes: DecolleParameters = TINY) -> Decolle:
    torch.manual_seed(0)
    network = Decolle(sizes)
    network.initialise(moving_bars(40, 12, torch.Generator().manual_seed(3))[0], STEP_MS)
    return network


def window(steps: int, batch: int = 2) -> tuple[torch.Tensor, torch.Tensor]:
    return moving_bars(steps, batch, torch.Generator().manual_seed(1))


# Losses.


def test_the_loss_by_hand() -> None:
    readout = torch.tensor([[[0.5, 0.0], [0.5, 0.0], [9.0, 9.0]]])
    labels = torch.tensor([[0, NO_GESTURE, ON_THE_WAY]])
    # Logits (1, 0) and the threshold's 1, for the class and for "no gesture"; the third is not
    # judged.
    expected = math.log(2 + math.exp(-1))
    assert local_loss([readout], labels, 0.5, 2.0).item() == pytest.approx(expected)
    far = torch.tensor([[[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]])
    # Logits (2, 0, 1) for the first and (0, 0, 1) for the last.
    apart = math.log(1 + math.exp(-2) + math.exp(-1)), math.log(1 + 2 * math.exp(-1))
    assert local_loss([far], labels, 0.5, 2.0).item() == pytest.approx(sum(apart) / 2)
    both = local_loss([readout, far], labels, 0.5, 2.0).item()
    assert both == pytest.approx(expected + sum(apart) / 2)


def test_where_nobody_is_judged_there_is_no_loss() -> None:
    readout = torch.ones(1, 2, 3, requires_grad=True)
    labels = torch.full((1, 2), ON_THE_WAY)
    loss = local_loss([readout], labels, 0.5, 4.0)
    loss.backward()
    assert loss.item() == 0
    assert readout.grad is not None
    assert not readout.grad.any()
    assert share_right(torch.zeros(1, 2, 3), labels) == 0


def test_no_gesture_is_pushed_below_the_threshold() -> None:
    readout = torch.full((1, 1, 3), 0.4, requires_grad=True)
    local_loss([readout], torch.tensor([[NO_GESTURE]]), 0.5, 4.0).backward()
    assert readout.grad is not None
    assert bool((readout.grad > 0).all())


def test_the_share_of_right_answers() -> None:
    output = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 1.0], [0.0, 1.0]]])
    labels = torch.tensor([[0, 0, NO_GESTURE, NO_GESTURE, ON_THE_WAY]])
    assert share_right(output, labels) == pytest.approx(2 / 4)


# Lessons.


def test_there_is_one_update_for_every_step_after_the_burn_in() -> None:
    network = make_network()
    counts, labels = window(50)
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=100.0))
    updates = list(lesson.updates(network, counts, labels, STEP_MS))
    assert len(updates) == 50 - 20
    assert all(update.loss.requires_grad for update in updates)
    whole = DecolleLesson(network, DecolleLossParameters(burn_in_ms=0.0))
    assert len(list(whole.updates(network, counts, labels, STEP_MS))) == 50
    lesson.after_step()


def test_the_updates_are_those_of_the_whole_window() -> None:
    network = make_network()
    counts, labels = window(40)
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=50.0))
    losses = [update.loss for update in lesson.updates(network, counts, labels, STEP_MS)]
    _, _, readouts = network(counts, None, STEP_MS, True)
    expected = [
        local_loss([y[t : t + 1] for y in readouts], labels[t : t + 1], 0.5, 4.0)
        for t in range(10, 40)
    ]
    torch.testing.assert_close(torch.stack(losses), torch.stack(expected))


class Spy(nn.Module):
    """Stands around a network as DistributedDataParallel does, and notes when it is called."""

    def __init__(self, network: Decolle) -> None:
        super().__init__()
        self.network = network
        self.graphs: list[bool] = []

    def forward(self, counts: torch.Tensor, *rest: object) -> object:
        self.graphs.append(torch.is_grad_enabled())
        return self.network(counts, *rest)


def test_the_model_is_called_and_the_burn_in_leaves_no_graph() -> None:
    network = make_network()
    spy = Spy(network)
    counts, labels = window(8)
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=15.0))
    for update in lesson.updates(spy, counts, labels, STEP_MS):
        assert torch.is_grad_enabled()
        update.loss.backward()
    assert spy.graphs == [False] * 3 + [True] * 5
    assert all(p.grad is not None for p in network.parameters())


def test_each_step_sees_the_weights_of_the_update_before() -> None:
    network = make_network()
    counts, labels = window(30)
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=140.0))
    first, *_ = lesson.updates(network, counts, labels, STEP_MS)
    updates = lesson.updates(network, counts, labels, STEP_MS)
    still = [float(u.loss.detach()) for u in lesson.updates(network, counts, labels, STEP_MS)]
    moved = [float(next(updates).loss.detach())]
    network.layers()[0].bias.data += 0.5
    moved.append(float(next(updates).loss.detach()))
    assert moved[0] == still[0] == float(first.loss.detach())
    assert moved[1] != still[1]


def test_a_window_within_the_burn_in_gets_a_sentence() -> None:
    network = make_network()
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=100.0))
    with pytest.raises(ValueError, match="windows of more than 100 ms, got 100 ms"):
        next(lesson.updates(network, *window(20), STEP_MS))
    with pytest.raises(ValueError, match="burn_in_ms of at least 0"):
        DecolleLossParameters(burn_in_ms=-1.0)
    with pytest.raises(ValueError, match=r"a positive gain, got 100.0 and 0"):
        DecolleLossParameters(gain=0.0)


# Memory.


class Kept:
    """A tensor that autograd keeps for a backward pass."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self.tensor = tensor


class GraphMeter:
    """Bytes that autograd keeps, now and at most."""

    def __init__(self) -> None:
        self.now = self.peak = 0

    def pack(self, tensor: torch.Tensor) -> Kept:
        kept, size = Kept(tensor), tensor.numel() * tensor.element_size()
        weakref.finalize(kept, self._release, size)
        self.now += size
        self.peak = max(self.peak, self.now)
        return kept

    def unpack(self, kept: Kept) -> torch.Tensor:
        return kept.tensor

    def _release(self, size: int) -> None:
        self.now -= size


def memory_of(steps: int, online: bool) -> tuple[int, int]:
    """Most bytes in graphs, and most live tensors between updates, of windows of this length."""
    network = make_network()
    counts, labels = window(steps)
    lesson = DecolleLesson(network, DecolleLossParameters(burn_in_ms=50.0))
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-3)
    meter, most, total = GraphMeter(), 0, torch.zeros(())
    with torch.autograd.graph.saved_tensors_hooks(meter.pack, meter.unpack):
        for index, update in enumerate(lesson.updates(network, counts, labels, STEP_MS)):
            if online:
                optimiser.zero_grad()
                update.loss.backward()
                optimiser.step()
            else:
                total = total + update.loss
            if index % 100 == 30:
                alive = sum(type(thing) is torch.Tensor for thing in gc.get_objects())
                most = max(most, alive)
    return meter.peak, most


def test_memory_does_not_grow_with_the_stream() -> None:
    short, long = memory_of(50, online=True), memory_of(500, online=True)
    assert short[0] > 0
    assert long[0] == short[0]
    assert long[1] <= short[1]
    # The meter would see a graph that grows.
    assert memory_of(50, online=False)[0] > 10 * short[0]


# It learns.


def test_it_learns_which_way_bars_move() -> None:
    generator = torch.Generator().manual_seed(0)
    network = make_network(TOY)
    lesson = DecolleLesson(network, DecolleLossParameters())
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    losses = []
    for _ in range(30):
        counts, labels = moving_bars(60, 16, generator)
        for update in lesson.updates(network, counts, labels, STEP_MS):
            optimiser.zero_grad()
            update.loss.backward()
            optimiser.step()
            lesson.after_step()
            losses.append(float(update.loss.detach()))
    first, last = sum(losses[:80]) / 80, sum(losses[-80:]) / 80
    assert last < 0.6 * first
    network.finish(STEP_MS)
    counts, labels = moving_bars(100, 24, generator)
    with torch.no_grad():
        spikes, _ = network(counts, None, STEP_MS)
    right = share_right(spikes[-1][20:], labels[20:])
    assert right > 0.75  # a third by chance
