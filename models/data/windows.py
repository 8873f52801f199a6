"""Batches of random windows from sessions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from models.data.performer_set import Session
from models.data.sampling import Augmentation, Sample, cut_sample, overlaid


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
        quiet = [s for s in sessions if s.label.max() < 0] if self.change.overlay else []
        samples = []
        for _ in range(self.batch):
            sample = self._cut(sessions, rng)
            if quiet and rng.random() < self.change.overlay:
                sample = overlaid(sample, self._cut(quiet, rng))
            samples.append(sample)
        counts = np.stack([s.counts for s in samples], 1)
        labels = np.stack([s.label for s in samples], 1)
        return torch.from_numpy(counts).float(), torch.from_numpy(labels)

    def _cut(self, sessions: list[Session], rng: np.random.Generator) -> Sample:
        """A random window of a random session."""
        session = sessions[int(rng.integers(len(sessions)))]
        start_ms = int(rng.integers(max(1, len(session.label) - self.window_ms)))
        steps = self.window_ms // self.step_ms
        return cut_sample(session, start_ms, steps, self.step_ms, self.side, self.change, rng)
