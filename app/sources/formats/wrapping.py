"""Counters of few bits, which begin at 0 again and again, as numbers that go on."""

from __future__ import annotations

import numpy as np

from app.sources.formats.clock import without_outliers


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


class WrappingTimes:
    """Times of 32 bits that wrap, by blocks: ``low`` (N,) uint32 are those of the blocks' firsts.

    ``marks_us`` (N,) int64 are the same unwrapped.
    """

    def __init__(self, low: np.ndarray) -> None:
        self._low = without_outliers(low)
        self._base_us = unwrapped(self._low, 32)
        self.marks_us = self._base_us + (low - self._low).view(np.int32)

    def of(self, block: int, low: np.ndarray) -> np.ndarray:
        """Times (K,) int64 of a block's events from their ``low`` ones (K,) uint32."""
        # The signed difference to the block's start is right across a wrap.
        return np.asarray(self._base_us[block] + (low - self._low[block]).view(np.int32))
