"""Back-propagation through time for the default network: the rates of its outputs, its own rates.

loss = rate loss of the output (``rate_loss``) + cost sum over hidden layers l of
       max(0, r_l / cap - 1)                    r_l: mean rate of the layer's neurons

With a teacher, the rate loss is the mean of that against the labels and that against its answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import nn

from models.learning.lesson import Lesson, Update
from models.learning.rate_loss import (
    RateLossParameters,
    fastest_class,
    filtered_rates,
    imitation_loss,
    rate_logits,
    rate_loss,
    share_right,
)
from models.networks.conv_lif import ConvLif


@dataclass(frozen=True, slots=True)
class RateLessonParameters:
    """The loss, and what it costs when a layer fires faster on average than ``rate_cap_hz``."""

    loss: RateLossParameters = field(default_factory=RateLossParameters)
    rate_cap_hz: float = 40.0
    rate_cost: float = 2.0


class RateLesson(Lesson):
    """One update for the window.

    Batch normalisation is there in the first stage only; from then on it is folded away.
    """

    def __init__(self, network: ConvLif, parameters: RateLessonParameters) -> None:
        self._network = network
        self._parameters = parameters
        self._teacher: ConvLif | None = None

    def listen(self, teacher: nn.Module) -> None:
        """Learn from another network of this system and input size too.

        Raises:
            ValueError: the teacher is of another kind.
        """
        mine = self._network.sizes
        if not isinstance(teacher, ConvLif) or teacher.sizes.side != mine.side:
            raise ValueError(f"expected a teacher of this system with an input side of {mine.side}")
        self._teacher = teacher.to(next(self._network.parameters()).device)

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """The one step of a window: counts (T, B, 2, H, W), labels (T, B)."""
        p = self._parameters.loss
        spikes, _ = model(counts, None, dt_ms)
        loss, logits = rate_loss(self._class_counts(spikes[-1]), labels, dt_ms, p)
        if self._teacher is not None:
            loss = (loss + imitation_loss(logits, self._taught(counts, dt_ms), dt_ms, p)) / 2
        right = share_right(logits, labels, dt_ms, p)
        yield Update(loss + self._rate_cost(spikes, dt_ms), right)

    @torch.no_grad()
    def _taught(self, counts: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """The teacher's logits (T, B, C + 1)."""
        assert self._teacher is not None
        spikes, _ = self._teacher(counts, None, dt_ms)
        return rate_logits(self._class_counts(spikes[-1]), dt_ms, self._parameters.loss)

    def _class_counts(self, output: torch.Tensor) -> torch.Tensor:
        """Output spikes (T, B, C * population) -> spikes per class (T, B, C)."""
        return output.unflatten(-1, (self._network.sizes.classes, -1)).sum(-1)

    def _rate_cost(self, spikes: list[torch.Tensor], dt_ms: float) -> torch.Tensor:
        cap = self._parameters.rate_cap_hz * 1e-3 * dt_ms
        means = torch.stack([s.mean() for s in spikes[:-1]])
        return self._parameters.rate_cost * torch.relu(means / cap - 1).sum()

    def end_stage(self, dt_ms: float) -> None:
        """Fold the normalisation away."""
        for projection, _ in self._network.layers():
            projection.fold(dt_ms)

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, C * population) -> the fastest class, if it beats the quiet rate."""
        p = self._parameters.loss
        return fastest_class(filtered_rates(self._class_counts(output), dt_ms, p.tau_ms), p)
