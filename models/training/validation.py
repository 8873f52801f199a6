"""How well a network decides on whole sessions, step by step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from models.data.gestures import NO_GESTURE, ON_THE_WAY
from models.data.performer_set import Session
from models.data.sampling import Augmentation, cut_sample
from models.learning.lesson import Lesson
from models.networks.catalogue import Network

# A decision is asked for from 300 ms after a change on.
SETTLED_MS = 300
# So many steps pass the network at once; a whole session of a large one would not fit in memory.
CHUNK_STEPS = 250


@torch.no_grad()
def validate(
    network: Network, lesson: Lesson, sessions: list[Session], step_ms: int
) -> dict[str, float]:
    """Run whole sessions unchanged: the share of steps decided rightly, gestures and rest apart.

    Of what a session does not have, gestures or rest, the share is 0.
    """
    network.eval()
    right, total = np.zeros(2), np.zeros(2)
    for session in sessions:
        steps = len(session.label) // step_ms
        rng = np.random.default_rng(0)
        sample = cut_sample(session, 0, steps, step_ms, network.sizes.side, Augmentation(), rng)
        labels = torch.from_numpy(sample.label)
        output = torch.cat(list(_outputs(network, sample.counts, float(step_ms))))
        answers = lesson.answers(output, float(step_ms))[:, 0].cpu()
        settled = _settled(labels, step_ms) & (labels != ON_THE_WAY)
        hit, gesture = (answers == labels)[settled], (labels != NO_GESTURE)[settled]
        right += [float(hit[gesture].sum()), float(hit[~gesture].sum())]
        total += [float(gesture.sum()), float((~gesture).sum())]
    shares = right / np.maximum(total, 1)
    return {"gesture_steps": float(shares[0]), "rest_steps": float(shares[1])}


def _outputs(network: Network, counts: np.ndarray, step_ms: float) -> Iterator[torch.Tensor]:
    """Counts (T, 2, H, W) of one stream -> its output spikes (t, 1, N), chunk by chunk."""
    device, state = next(network.buffers(), next(network.parameters(), None)), None
    for start in range(0, len(counts), CHUNK_STEPS):
        chunk = torch.from_numpy(counts[start : start + CHUNK_STEPS]).float()[:, None]
        spikes, state = network(
            chunk if device is None else chunk.to(device.device), state, step_ms
        )
        yield spikes[-1]


def _settled(labels: torch.Tensor, step_ms: int) -> torch.Tensor:
    """Labels (T,) -> which steps lie long enough after a change, (T,) bool."""
    settled = torch.ones(len(labels), dtype=torch.bool)
    for change in torch.nonzero(labels[1:] != labels[:-1]).flatten().tolist():
        settled[change : change + SETTLED_MS // step_ms] = False
    return settled
