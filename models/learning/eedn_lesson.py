"""Learning with trinary synapses and threshold neurons (``models.neurons.trinary``): IBM's Eedn.

After each update the hidden weights are clipped to [-1, 1]. The loss and everything else here are
ours; the synapses and neurons follow Esser et al. (PNAS 113, 2016).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn

from models.learning.lesson import Lesson, Update
from models.learning.rate_loss import (
    RateLossParameters,
    fastest_class,
    filtered_rates,
    rate_loss,
    share_right,
)
from models.networks.eedn import Eedn

SHARES = RateLossParameters(gain=12.0, quiet_rate=0.12)


@dataclass(frozen=True, slots=True)
class EednLossParameters:
    """The loss on output rates, and a cost on layers of which more than ``busy_share`` fire.

    Rates are in shares of a class's population per ms, so they lie between 0 and 1. ``every`` n
    looks at the last of each n steps only: the layers hold no memory, so nothing is lost but
    examples that resemble each other.

    Raises:
        ValueError: ``every`` is less than one.
    """

    rates: RateLossParameters = SHARES
    busy_share: float = 0.25
    busy_cost: float = 0.5
    every: int = 1

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError(f"expected to look at every step or every n-th, got {self.every}")


class EednLesson(Lesson):
    """Back-propagation through the layers of each step; time is in the cascade, which is fixed.

    No gesture is learnt as silence: ``rate_loss`` gives it a constant rate that any class has to
    beat, so outputs that fire during rest are driven down to below it.
    """

    def __init__(self, network: Eedn, parameters: EednLossParameters) -> None:
        self._network = network
        self._parameters = parameters

    def thaw(self) -> None:
        """Give the layers hidden weights again."""
        self._network.thaw()

    def go_on(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Put biases and normalisations where the thresholds were."""
        self._network.go_on(counts, dt_ms, self._parameters.every)

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """One update for the window: counts (T, B, 2, H, W), labels (T, B) of steps of dt_ms."""
        p = self._parameters
        spikes, _ = model(counts, None, dt_ms, p.every)
        labels, dt_ms = labels[p.every - 1 :: p.every], dt_ms * p.every
        shares = self._shares(spikes[-1])
        # One step stands for dt_ms ticks of 1 ms, each with the same spikes.
        loss, logits = rate_loss(shares * dt_ms, labels, dt_ms, p.rates)
        busy = torch.stack([layer.mean() for layer in spikes[1:-1]])
        cost = p.busy_cost * torch.relu(busy / p.busy_share - 1).sum()
        yield Update(loss + cost, share_right(logits, labels, dt_ms, p.rates))

    def _shares(self, output: torch.Tensor) -> torch.Tensor:
        """Output spikes (T, B, C * population) -> shares of each class's neurons (T, B, C)."""
        return output.unflatten(-1, (self._network.sizes.classes, -1)).mean(-1)

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, C * population) -> the fastest class, if it beats the quiet rate.

        The spikes of a step are those of each of its ticks, so rates mean the same at any step.
        """
        p = self._parameters.rates
        return fastest_class(filtered_rates(self._shares(output) * dt_ms, dt_ms, p.tau_ms), p)

    @torch.no_grad()
    def after_step(self) -> None:
        """Clip the hidden weights to [-1, 1]."""
        for hidden in self._network.hidden_weights():
            hidden.clamp_(-1.0, 1.0)
