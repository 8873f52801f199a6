"""Counters of few bits, which begin at 0 again and again, as numbers that go on."""

from __future__ import annotations

import numpy as np


def signed_step(step: np.ndarray, bits: int) -> np.ndarray:
    """Differences of a counter of ``bits`` bits as the shortest way there, forwards or back."""
    half = 1 << (bits - 1)
    return (step + half & (1 << bits) - 1) - half


def unwrapped(counts: np.ndarray, bits: int) -> np.ndarray:
    """(N,) int64 numbers from (N,) counts that lie less than half a round apart, none negative."""
    if not counts.size:
        return np.empty(0, np.int64)
    counts = counts.astype(np.int64)
    values = np.append(counts[0], counts[0] + np.cumsum(signed_step(np.diff(counts), bits)))
    # Only a damaged first count can make what follows negative.
    return values + (1 << bits) if values.min() < 0 else values
