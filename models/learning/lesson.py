"""What every learning rule hands to the training loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import nn


@dataclass(frozen=True, slots=True)
class Update:
    """One optimiser step: a scalar ``loss`` to go down, and how much was decided rightly.

    ``right`` is the share of judged time steps (or windows) whose most active class is the label.
    """

    loss: torch.Tensor
    right: float


class Lesson(Protocol):
    """A learning rule at work on one network."""

    def prepare(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Fit a new network to inputs (T, B, 2, H, W), before it is copied or wrapped."""
        return

    def thaw(self) -> None:
        """Give a finished network back what it learns with, where it has let that go."""
        return

    def go_on(self, counts: torch.Tensor, dt_ms: float) -> None:
        """Fit what ``thaw`` gave to inputs (T, B, 2, H, W), before it is copied or wrapped."""
        return

    def listen(self, teacher: nn.Module) -> None:
        """Learn from another network's answers beside the labels.

        Raises:
            ValueError: the rule or the networks do not allow it.
        """
        raise ValueError("expected a system that can be taught by another one")

    def updates(
        self, model: nn.Module, counts: torch.Tensor, labels: torch.Tensor, dt_ms: float
    ) -> Iterator[Update]:
        """One window's optimiser steps: counts (T, B, 2, H, W), labels (T, B) of steps of dt_ms.

        ``model`` is the network or torch's DistributedDataParallel around it.
        """
        ...

    def after_step(self) -> None:
        """Called after every optimiser step."""
        return

    def end_stage(self, dt_ms: float) -> None:
        """Called after training in steps of ``dt_ms``; the next stage goes on with the network."""
        return

    def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
        """Output spikes (T, B, N) of steps of ``dt_ms`` -> a class or ``NO_GESTURE`` (T, B)."""
        ...
