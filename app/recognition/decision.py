"""From output spikes to a gesture: winner-take-all each tick, then a vote over a sliding window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NO_WINNER = -1


@dataclass(frozen=True, slots=True)
class Recognition:
    """The decision at the end of one tick.

    ``t_us`` is the exclusive end of the tick in sensor time. ``winner`` is the class that won the
    tick or none, ``gesture`` the class that the window agreed on or none, ``share`` the part of
    the window's winners that voted for the leading class (0..1, 0 without any winner), ``votes``
    (C,) int32 the winners in the window per class.
    """

    t_us: int
    winner: int | None
    gesture: int | None
    share: float
    votes: np.ndarray
