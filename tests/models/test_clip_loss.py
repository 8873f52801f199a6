"""The lesson of C3D: which clips are cut, what is judged, and that something is learnt."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import nn

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.clip_loss import C3dLesson, C3dLossParameters, clip_loss
from models.learning.lesson import Lesson, Update
from models.networks.c3d import SMALL, C3d

TINY = replace(
    SMALL, classes=2, channels=((2,), (4,), (4, 4), (6, 6), (6, 6)), hidden=(8,), dropout=0.0
)
STEP_MS = 20.0
STEPS = 32  # of 20 ms: one clip


def lesson_of(network: C3d, clips: int = 1) -> Lesson:
    return C3dLesson(network, C3dLossParameters(clips))


def only_update(
    lesson: Lesson, network: nn.Module, counts: torch.Tensor, labels: torch.Tensor
) -> Update:
    (update,) = lesson.updates(network, counts, labels, STEP_MS)
    return update


def test_the_loss_is_the_mean_over_judged_clips() -> None:
    scores = torch.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 9.0, 0.0]])
    update = clip_loss(scores, torch.tensor([0, NO_GESTURE, ON_THE_WAY]))
    first = math.log(math.exp(2) + 2) - 2
    second = math.log(math.e + 2) - 1
    assert float(update.loss) == pytest.approx((first + second) / 2)
    assert update.right == 1.0
    update = clip_loss(scores, torch.tensor([0, 0, 0]))
    assert update.right == pytest.approx(1 / 3)


def test_a_batch_that_nobody_judges_teaches_nothing() -> None:
    network = C3d(TINY)
    labels = torch.full((STEPS, 3), ON_THE_WAY)
    update = only_update(lesson_of(network), network, torch.ones(STEPS, 3, 2, 32, 32), labels)
    update.loss.backward()
    assert float(update.loss.detach()) == 0.0
    assert update.right == 0.0
    assert all(not p.grad.any() for p in network.parameters())


def test_a_window_of_one_clip_is_that_clip_with_its_last_label() -> None:
    torch.manual_seed(0)
    network = C3d(TINY).eval()
    counts = torch.poisson(torch.full((STEPS, 3, 2, 32, 32), 0.2))
    labels = torch.randint(0, 2, (STEPS, 3))
    update = only_update(lesson_of(network), network, counts, labels)
    clips = counts.unflatten(0, (16, 2)).sum(1).permute(1, 2, 0, 3, 4)
    expected = nn.functional.cross_entropy(network.clip(clips), labels[-1])
    torch.testing.assert_close(update.loss, expected)


def test_clips_lie_anywhere_in_their_own_window() -> None:
    """Counts tell their step and window, labels their step: what is cut must agree."""
    torch.manual_seed(0)
    network = C3d(TINY).eval()
    steps = STEPS + 20
    step = torch.arange(steps)[:, None, None, None, None]
    window = torch.arange(2)[None, :, None, None, None]
    counts = (step + 1000.0 * window).expand(steps, 2, 2, 32, 32)
    labels = torch.arange(steps)[:, None].expand(steps, 2)
    frames, ends = C3dLesson(network, C3dLossParameters(40))._cut(counts, labels, STEP_MS)
    assert frames.shape == (16, 80, 2, 32, 32)
    assert set(ends.tolist()) == set(range(STEPS - 1, steps)), "all positions occur"
    for clip, end in enumerate(ends.tolist()):
        values = frames[:, clip, 0, 0, 0] - 2000.0 * (clip % 2)
        expected = [2 * (end - 31 + 2 * i) + 1 for i in range(16)]
        assert values.tolist() == expected


def test_every_weight_gets_a_gradient() -> None:
    torch.manual_seed(0)
    network = C3d(TINY)
    counts = torch.poisson(torch.full((STEPS, 8, 2, 32, 32), 0.2))
    labels = torch.randint(0, 2, (STEPS, 8))
    only_update(lesson_of(network, clips=2), network, counts, labels).loss.backward()
    for name, weight in network.named_parameters():
        assert weight.grad is not None, name
        assert weight.grad.any() or name.endswith("op.bias"), name  # normalised away


def test_a_window_that_is_too_short_gets_a_sentence() -> None:
    network = C3d(TINY)
    with pytest.raises(ValueError, match="windows of at least 640 ms, got 620 ms"):
        only_update(
            lesson_of(network),
            network,
            torch.zeros(STEPS - 1, 1, 2, 32, 32),
            torch.zeros(STEPS - 1, 1, dtype=torch.int64),
        )
    with pytest.raises(ValueError, match="at least one clip"):
        C3dLossParameters(0)


def sides(windows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Events that move to the right or to the left, which no single frame tells, or noise alone."""
    labels = torch.randint(NO_GESTURE, 2, (windows,))
    counts = torch.poisson(torch.full((STEPS, windows, 2, 32, 32), 0.01))
    start = torch.randint(0, 32, (windows,))
    for step in range(STEPS):
        for window, label in enumerate(labels.tolist()):
            if label != NO_GESTURE:
                at = int(start[window]) + (step if label else -step)
                counts[step, window, :, 8:24, at % 32] += 3.0
    return counts, labels.expand(STEPS, windows)


def test_the_loss_falls_on_a_task_that_needs_time() -> None:
    torch.manual_seed(0)
    network = C3d(TINY)
    lesson = lesson_of(network)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    updates = []
    for _ in range(60):
        update = only_update(lesson, network, *sides(16))
        optimiser.zero_grad()
        update.loss.backward()
        optimiser.step()
        lesson.after_step()
        updates.append((float(update.loss.detach()), update.right))
    first, last = updates[:5], updates[-10:]
    assert sum(loss for loss, _ in last) / 10 < 0.5 * sum(loss for loss, _ in first) / 5
    assert sum(right for _, right in last) / 10 > 0.8
