"""Batches of random windows from sessions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from models.data.performer_set import Session
from models.data.sampling import Augmentation, cut_sample


@dataclass(frozen=True, slots=True)
class Windows:
    """``batch`` windows of ``window_ms`` in steps of ``step_ms``, on ``side`` x ``side`` pixels."""

    batch: int
    window_ms: int
    step_ms: int
    side: int
    change: Augmentation

    def draw(
        self, sessions: list[Session], rng: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Counts (T, B, 2, H, W) float32 and labels (T, B) int64."""
        steps = self.window_ms // self.step_ms
        samples = []
        for _ in range(self.batch):
            session = sessions[int(rng.integers(len(sessions)))]
            latest = max(1, len(session.label) - self.window_ms)
            start_ms = int(rng.integers(latest))
            samples.append(
                cut_sample(session, start_ms, steps, self.step_ms, self.side, self.change, rng)
            )
        counts = np.stack([s.counts for s in samples], 1)
        labels = np.stack([s.label for s in samples], 1)
        return torch.from_numpy(counts).float(), torch.from_numpy(labels)
