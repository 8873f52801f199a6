"""The local losses of DECOLLE: every layer's own random read-out is to show the class, now.

    loss[t] = sum over layers l of  mean over batch of
              cross entropy of (gain y_l1[t] .. gain y_lC[t], gain threshold) against the label

"No gesture" is a class whose read-out is the threshold that the output has to pass to fire, so a
step is right exactly where the output is. Where arms are on their way no answer is right or wrong,
and the step is left out. Kaiser, Mostafa and Neftci (Front. Neurosci. 14:424, 2020) correct the
weights after every time step too, for which nothing but the traces of that step is needed: memory
does not grow with time. Their loss is a smoothed absolute error against 1 for the class and 0 for
the others. With it small networks ended in silence here, since of eleven read-outs ten are to be 0.
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
        ValueError: it is negative, or the gain of the read-outs is not positive.
    """

    burn_in_ms: float = 100.0
    gain: float = 4.0

    def __post_init__(self) -> None:
        if not (self.burn_in_ms >= 0 and self.gain > 0):
            raise ValueError(
                "expected burn_in_ms of at least 0 and a positive gain, got "
                f"{self.burn_in_ms} and {self.gain}"
            )


def judged_mean(each: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Values and labels (T, B) -> their mean where there is a right answer, 0 if nowhere."""
    judged = (labels != ON_THE_WAY).to(each.dtype)
    return (each * judged).sum() / judged.sum().clamp_min(1.0)


def local_loss(
    readouts: Sequence[torch.Tensor], labels: torch.Tensor, threshold: float, gain: float
) -> torch.Tensor:
    """Read-outs (T, B, classes) of every layer and labels (T, B) -> the sum of their losses."""
    target = torch.where(labels < 0, readouts[0].shape[-1], labels)
    losses = []
    for y in readouts:
        logits = gain * torch.cat([y, torch.full_like(y[..., :1], threshold)], -1)
        each = functional.cross_entropy(logits.movedim(-1, 1), target, reduction="none")
        losses.append(judged_mean(each, labels))
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
            loss = local_loss(readouts, label, self._network.sizes.threshold, self._parameters.gain)
            yield Update(loss, share_right(spikes[-1], label))

    def prepare(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Bring the potentials of a new network into range."""
        self._network.initialise(counts, dt_ms)

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, classes), one or none a step -> the class that lately won most."""
        best, answer = filtered_rates(output * dt_ms, dt_ms, ANSWER_MS).max(-1)
        return torch.where(best >= LEAST_SHARE, answer, NO_GESTURE)
