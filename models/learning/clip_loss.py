"""Learning of clips, for C3D: the label at a clip's end is what the clip shows.

    loss = cross entropy of the scores (classes, "no gesture") against the label of the last step

Clips lie anywhere in the window, as they come at any moment in a stream; where arms are on their
way at the end, no answer is right or wrong and the clip is left out. Time without a gesture is a
class of its own, the network's last output; it wins where nothing should fire. The positions are
drawn from torch's generator, like dropout's masks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.learning.lesson import Lesson, Update
from models.networks.c3d import C3d


@dataclass(frozen=True, slots=True)
class C3dLossParameters:
    """``clips`` are taken from every window.

    Raises:
        ValueError: there is none.
    """

    clips: int = 2

    def __post_init__(self) -> None:
        if self.clips < 1:
            raise ValueError(f"expected at least one clip from a window, got {self.clips}")


def clip_loss(scores: torch.Tensor, labels: torch.Tensor) -> Update:
    """Scores (N, classes + 1) and labels (N,) -> loss and share of right answers.

    A label is a class, ``NO_GESTURE``, or ``ON_THE_WAY``, which is not judged.
    """
    scores = scores.float()  # whatever the precision of the network
    target = torch.where(labels < 0, scores.shape[1] - 1, labels)
    judged = (labels != ON_THE_WAY).to(scores.dtype)
    number = judged.sum().clamp_min(1.0)
    loss = (functional.cross_entropy(scores, target, reduction="none") * judged).sum() / number
    right = ((scores.argmax(1) == target) * judged).sum() / number
    return Update(loss, float(right))


class C3dLesson(Lesson):
    """Teaches clips; one update for a window."""

    def __init__(self, network: C3d, parameters: C3dLossParameters) -> None:
        self._network = network
        self._parameters = parameters

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """One window's step: counts (T, B, 2, H, W), labels (T, B) of steps of ``dt_ms``.

        Raises:
            ValueError: a window is shorter than a clip, or a frame is no whole number of steps.
        """
        frames, target = self._cut(counts, labels, dt_ms)
        # Up to the last frame the clip needs no network, and that frame is a single step.
        before = self._network.after(frames[:-1])
        _, state = model(frames[-1:], before, float(self._network.sizes.frame_ms))
        yield clip_loss(state.scores, target)

    def _cut(
        self, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Random clips of all windows: frames (frames, N, 2, H, W), labels (N,) at their ends."""
        sizes = self._network.sizes
        steps = self._network.steps_per_frame(dt_ms)
        length = sizes.frames * steps
        if len(counts) < length:
            raise ValueError(
                f"expected windows of at least {sizes.frames * sizes.frame_ms} ms, "
                f"got {len(counts) * dt_ms:g} ms"
            )
        windows = list(range(counts.shape[1])) * self._parameters.clips
        ends = torch.randint(length, len(counts) + 1, (len(windows),)).tolist()
        pairs = list(zip(ends, windows, strict=True))
        clips = [
            counts[end - length : end, b].unflatten(0, (sizes.frames, steps)).sum(1)
            for end, b in pairs
        ]
        return torch.stack(clips, 1), torch.stack([labels[end - 1, b] for end, b in pairs])

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, classes), one or none a step -> the class that fires."""
        best, answer = output.max(-1)
        return torch.where(best > 0, answer, NO_GESTURE)
