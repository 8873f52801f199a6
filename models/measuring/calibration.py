"""From the part of the votes that a decision has to how often such decisions are right.

The part of the window's winners that the leading class holds is no probability: neighbouring ticks
see the same events, so they agree in their errors too. Measured on streams with known truth, the
two are tied together by a table that never falls, found by pooling adjacent violators (Zadrozny
and Elkan, KDD 2002); between its points it is linear.
"""

from __future__ import annotations

import numpy as np

Calibration = tuple[tuple[float, float], ...]
BINS = 12


def fit_calibration(shares: np.ndarray, right: np.ndarray) -> Calibration:
    """Raw shares (N,) of decisions and whether they were right (N,) -> points (share, right).

    Both coordinates rise from point to point; without any decision there is none.
    """
    if not len(shares):
        return ()
    order = np.argsort(shares, kind="stable")
    pools: list[tuple[float, float, int]] = []  # mean share, part that was right, decisions
    for part in np.array_split(order, min(BINS, len(order))):
        pools.append((float(shares[part].mean()), float(right[part].mean()), len(part)))
        while len(pools) > 1 and not _rises(pools[-2], pools[-1]):
            (share, hit, n), (other, other_hit, m) = pools.pop(), pools.pop()
            whole = n + m
            pools.append(
                ((share * n + other * m) / whole, (hit * n + other_hit * m) / whole, whole)
            )
    return tuple((share, hit) for share, hit, _ in pools)


def _rises(before: tuple[float, float, int], after: tuple[float, float, int]) -> bool:
    return before[0] < after[0] and before[1] < after[1]


def calibrated(share: float, points: Calibration) -> float:
    """How often decisions with this raw share are right; ``share`` itself without any point."""
    if not points:
        return share
    xs, ys = zip(*points, strict=True)
    return float(np.interp(share, xs, ys))
