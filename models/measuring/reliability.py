"""Whether the share that is shown beside a decision tells how often such a decision is right.

Decisions made after the first 300 ms of each gesture, as for the streaming accuracy, are sorted
into bins by their share; in each bin the mean share stands against the part that was right. The
expected calibration error is the mean distance of the two, weighted by decisions (Guo et al., On
Calibration of Modern Neural Networks, ICML 2017). Ticks without a decision show no name and do not
count here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.measuring.scores import NO_DECISION, SETTLED_US, TrueGesture

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions whose share lies in [``low``, ``high``), the last bin with its end.

    ``share`` is their mean share and ``right`` the part that was right, none without decisions.
    """

    low: float
    high: float
    decisions: int
    share: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """All bins, and the expected calibration error (0..1), none without any decision."""

    bins: tuple[Bin, ...]
    calibration_error: float | None


def settled_shares(
    t_us: np.ndarray, decisions: np.ndarray, shares: np.ndarray, truths: Sequence[TrueGesture]
) -> tuple[np.ndarray, np.ndarray]:
    """Shares (N,) of the N decisions that count, and whether they were right (N,) bool.

    ``t_us``, ``decisions`` and ``shares`` are (T,), one a tick.
    """
    made = decisions != NO_DECISION
    masks = [made & (t_us >= g.start_us + SETTLED_US) & (t_us < g.end_us) for g in truths]
    if not masks:
        return np.empty(0), np.empty(0, bool)
    right = [decisions[m] == g.gesture for m, g in zip(masks, truths, strict=True)]
    return np.concatenate([shares[m] for m in masks]), np.concatenate(right)


def reliability(shares: np.ndarray, right: np.ndarray) -> Reliability:
    """Sort decisions with ``shares`` (N,) within 0..1 into bins; ``right`` (N,) bool."""
    index = np.minimum((shares * BINS).astype(int), BINS - 1)
    counts = np.bincount(index, minlength=BINS)
    share_sums = np.bincount(index, shares, BINS)
    right_counts = np.bincount(index, right, BINS)
    bins = tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            decisions=int(count),
            share=float(share_sums[number] / count) if count else None,
            right=float(right_counts[number] / count) if count else None,
        )
        for number, count in enumerate(counts)
    )
    # In every bin count * |share - right| is |sum of shares - number right|.
    error = float(np.abs(share_sums - right_counts).sum() / len(shares)) if len(shares) else None
    return Reliability(bins, error)
