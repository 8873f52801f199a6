"""The local losses of DECOLLE: every layer's own random read-out is to show the class, now.

    loss[t] = sum over layers l of  mean over batch and classes of  huber(y_l[t] - target[t])
    huber(e) = e^2 / 2 for |e| < 1, else |e| - 1/2

The target is 1 for the class and 0 for the others, and all 0 for "no gesture", so that no read-out
passes the output's threshold half way; such time counts like any other. Where arms are on their
way no answer is right or wrong, and the step is left out. A cross entropy would need a class for
"no gesture", which a threshold on read-outs does not know. Kaiser, Mostafa and Neftci (Front.
Neurosci. 14:424, 2020) take the same loss and also correct the weights after every time step, for
which nothing but the traces of that step is needed: memory does not grow with time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.lesson import Lesson, Update
from models.learning.rate_loss import filtered_rates
from models.networks.decolle import Decolle

# Over about how long the winners of steps are counted for an answer, and which share is enough.
ANSWER_MS, LEAST_SHARE = 40.0, 0.15


@dataclass(frozen=True, slots=True)
class DecolleLossParameters:
    """Nothing is learnt in the first ``burn_in_ms`` of a window, in which traces fill.

    Raises:
        ValueError: it is negative.
    """

    burn_in_ms: float = 100.0

    def __post_init__(self) -> None:
        if not self.burn_in_ms >= 0:
            raise ValueError(f"expected burn_in_ms of at least 0, got {self.burn_in_ms}")


def judged_mean(each: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Values and labels (T, B) -> their mean where there is a right answer, 0 if nowhere."""
    judged = (labels != ON_THE_WAY).to(each.dtype)
    return (each * judged).sum() / judged.sum().clamp_min(1.0)


def local_loss(readouts: Sequence[torch.Tensor], labels: torch.Tensor) -> torch.Tensor:
    """Read-outs (T, B, classes) of every layer and labels (T, B) -> the sum of their losses."""
    classes = torch.arange(readouts[0].shape[-1], device=labels.device)
    target = (labels[..., None] == classes).to(readouts[0].dtype)
    losses = [
        judged_mean(functional.smooth_l1_loss(y, target, reduction="none").mean(-1), labels)
        for y in readouts
    ]
    return torch.stack(losses).sum()


def share_right(output: torch.Tensor, labels: torch.Tensor) -> float:
    """Output spikes (T, B, classes), labels (T, B) -> the share of right answers.

    The answer is the class that fires, ``NO_GESTURE`` where none does; dropout plays its part.
    """
    best, answer = output.max(-1)
    answer = torch.where(best > 0, answer, NO_GESTURE)
    return float(judged_mean((answer == labels).to(output.dtype), labels))


class DecolleLesson(Lesson):
    """Teaches online: one update for every time step after the burn-in."""

    def __init__(self, network: Decolle, parameters: DecolleLossParameters) -> None:
        self._network = network
        self._parameters = parameters

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """A window's steps, one by one: counts (T, B, 2, H, W), labels (T, B).

        Raises:
            ValueError: the window ends within the burn-in.
        """
        burn_in = round(self._parameters.burn_in_ms / dt_ms)
        if burn_in >= len(counts):
            raise ValueError(
                f"expected windows of more than {burn_in * dt_ms:g} ms, "
                f"got {len(counts) * dt_ms:g} ms"
            )
        state = None
        with torch.no_grad():
            for t in range(burn_in):
                _, state = model(counts[t : t + 1], state, dt_ms)
        for t in range(burn_in, len(counts)):
            spikes, state, readouts = model(counts[t : t + 1], state, dt_ms, True)
            label = labels[t : t + 1]
            yield Update(local_loss(readouts, label), share_right(spikes[-1], label))

    def prepare(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Bring the potentials of a new network into range."""
        self._network.initialise(counts, dt_ms)

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, classes), one or none a step -> the class that lately won most."""
        best, answer = filtered_rates(output * dt_ms, dt_ms, ANSWER_MS).max(-1)
        return torch.where(best >= LEAST_SHARE, answer, NO_GESTURE)
