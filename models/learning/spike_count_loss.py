"""SLAYER's loss: every class's output neuron should fire a given number of spikes.

    e_c(t) = (N_c - N*_c) / D     E = 1/2 sum over c of the integral of e_c(t)^2 dt
                                    = 1/2 sum over c of (N_c - N*_c)^2 / D

``N_c`` are the spikes of class c in a stretch of time of length D, and ``N*_c`` as many as should
be: 180 of the true class and 30 of each other one in the 1450 ms of SLAYER's gestures. Source:
Shrestha and Orchard, NeurIPS 2018, and the counts that its authors give for DVS128 Gesture.

SLAYER's recordings have one label each. Here labels change within a window, so every stretch of
constant label is counted by itself, the wanted counts in proportion to its length. Where nobody
gestures, every class should fire ``rest_count``: none, so that no output means no gesture. What is
on the way to a gesture or back from one is left out. This part is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.lesson import Lesson, Update
from models.learning.rate_loss import filtered_rates
from models.networks.slayer import Slayer

# Over about how long spikes are counted for an answer.
ANSWER_MS = 40.0


@dataclass(frozen=True, slots=True)
class SlayerLossParameters:
    """Wanted spikes in ``per_ms``: of the true class, of the others, of all without a gesture.

    Raises:
        ValueError: the counts are not in that order, or the length is not positive.
    """

    true_count: float = 180.0
    false_count: float = 30.0
    rest_count: float = 0.0
    per_ms: float = 1450.0

    def __post_init__(self) -> None:
        if not (0 <= self.rest_count <= self.false_count < self.true_count and self.per_ms > 0):
            raise ValueError(
                "expected counts of 0 <= rest <= false < true in a positive time, got "
                f"{self.rest_count}, {self.false_count}, {self.true_count} in {self.per_ms} ms"
            )


def stretches(labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Labels (T, B) -> each step's stretch (T, B), and for each of S stretches label and steps.

    A stretch is a longest run of one label in one window.
    """
    new = torch.ones_like(labels)
    new[1:] = (labels[1:] != labels[:-1]).to(new.dtype)
    index = (new.T.flatten().cumsum(0) - 1).view(labels.T.shape).T
    steps = torch.bincount(index.flatten())
    label = labels.new_empty(len(steps)).scatter_(0, index.flatten(), labels.flatten())
    return index, label, steps


def wanted_counts(
    label: torch.Tensor, duration_ms: torch.Tensor, classes: int, p: SlayerLossParameters
) -> torch.Tensor:
    """Labels and lengths (S,) of stretches -> wanted counts (S, C)."""
    true = functional.one_hot(label.clamp_min(0), classes) * (label >= 0)[:, None]
    wanted = p.false_count + (p.true_count - p.false_count) * true.to(duration_ms.dtype)
    wanted[label == NO_GESTURE] = p.rest_count
    return wanted * (duration_ms / p.per_ms)[:, None]


def spike_count_loss(
    output: torch.Tensor, labels: torch.Tensor, dt_ms: float, p: SlayerLossParameters
) -> tuple[torch.Tensor, torch.Tensor]:
    """Output spikes (T, B, C), labels (T, B) -> mean loss of a window, share decided rightly.

    A stretch is decided rightly when the label's class fires most; without a gesture, when no class
    fires half as often as a true one should. Stretches count by their length.
    """
    index, label, steps = stretches(labels)
    spikes = output.flatten(0, 1)
    counts = spikes.new_zeros((len(label), spikes.shape[1])).index_add(0, index.flatten(), spikes)
    duration_ms = steps.to(spikes.dtype) * dt_ms
    judged = label != ON_THE_WAY
    excess = counts - wanted_counts(label, duration_ms, spikes.shape[1], p)
    each = 0.5 * excess.square().sum(1) / duration_ms
    loss = each[judged].sum() / labels.shape[1]
    own = label.clamp_min(0)[:, None]
    fired = counts.detach()
    rivals = fired.scatter(1, own, -1.0).amax(1)
    quiet = fired.amax(1) < 0.5 * p.true_count * duration_ms / p.per_ms
    right = torch.where(label == NO_GESTURE, quiet, fired.gather(1, own)[:, 0] > rivals)
    return loss, (right * duration_ms)[judged].sum() / duration_ms[judged].sum().clamp_min(dt_ms)


class SlayerLesson(Lesson):
    """Back-propagation through whole windows, one optimiser step each."""

    def __init__(self, network: Slayer, parameters: SlayerLossParameters) -> None:
        self._network = network
        self._parameters = parameters

    def prepare(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Scale the weights of a new network, on windows of at least about 150 ms."""
        self._network.fit_scale(counts, dt_ms)

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """The one step of a window: counts (T, B, 2, H, W), labels (T, B).

        Raises:
            RuntimeError: the weights were never scaled, see ``prepare``.
        """
        if not self._network.is_scaled:
            raise RuntimeError("expected a call of prepare before the first window")
        spikes, _ = model(counts, None, dt_ms)
        loss, right = spike_count_loss(spikes[-1], labels, dt_ms, self._parameters)
        yield Update(loss, float(right))

    def after_step(self) -> None:
        """Keep the delays in their range."""
        self._network.limit_delays()

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, C) -> the class that lately fired most.

        It has to fire half as fast as a true one should.
        """
        p = self._parameters
        best, answer = filtered_rates(output, dt_ms, ANSWER_MS).max(-1)
        return torch.where(best >= 0.5 * p.true_count / p.per_ms, answer, NO_GESTURE)
