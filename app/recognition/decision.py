"""From output spikes to a gesture: winner-take-all each tick, then a vote over a sliding window.

Published (Amir et al., CVPR 2017, and the survey this project starts from): ticks of 1 ms, a
winner-take-all (WTA) decoder each tick, a trailing window of 80 ms over its output, a gesture as
the result. Not published, as far as could be found: the wiring of the WTA, whether the window
takes the majority of the winners or sums spikes, how ties are broken, and whether there is a
threshold below which nothing is said. Ours, therefore, are these rules:

* the class with the most output spikes in a tick wins it; a tie or silence gives no winner;
* the window counts winners, one vote a tick, and a vote leaves exactly ``window_ticks`` later;
* the leading class is the gesture if it leads alone, its share of the winners in the window
  reaches ``min_share`` and its count ``min_count``; else there is no decision;
* the share that is shown is that share, put through the model's calibration if it has one.

That 80 ms of silence clear the label follows from the counts.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from app.settings import VoteSettings
from models.calibration import Calibration, calibrated
from models.spec import ModelSpec

NO_WINNER = -1


@dataclass(frozen=True, slots=True)
class Recognition:
    """The decision at the end of one tick.

    ``t_us`` is the exclusive end of the tick in sensor time. ``winner`` is the class that won the
    tick or none, ``gesture`` the class that the window agreed on or none, ``votes`` (C,) int32 the
    winners in the window per class. ``share`` (0..1, 0 without any winner) is how often a decision
    is right whose class holds so large a part of the winners; where that was not measured for a
    model, it is that part itself.
    """

    t_us: int
    winner: int | None
    gesture: int | None
    share: float
    votes: np.ndarray


def tick_winners(output: np.ndarray) -> np.ndarray:
    """The class that fired most in each tick, (T,) int64, or ``NO_WINNER`` for ties and silence.

    ``output`` is (T, C), the spikes of each class's output neurons.
    """
    top = output.max(axis=1)
    alone = (output == top[:, None]).sum(axis=1) == 1
    return np.where(alone & (top > 0), output.argmax(axis=1), NO_WINNER)


class SlidingWindow:
    """Votes over the winners of the trailing ``window_ticks`` ticks.

    A plain loop: ticks come a handful at a time, and for so few it is faster than arrays.

    Raises:
        ValueError: there is no class, or the window holds no tick.
    """

    def __init__(
        self,
        classes: int,
        window_ticks: int,
        min_share: float,
        min_count: int,
        calibration: Calibration = (),
    ) -> None:
        if classes < 1 or window_ticks < 1:
            raise ValueError(
                "expected at least one class and a window of at least one tick, "
                f"got {classes} and {window_ticks}"
            )
        self._classes = classes
        self._window_ticks = window_ticks
        self._min_share = min_share
        self._min_count = min_count
        self._calibration = calibration
        self.clear()

    @classmethod
    def of(cls, spec: ModelSpec, vote: VoteSettings) -> SlidingWindow:
        """The window of a model's classes and ticks; its own least number of votes, unless set."""
        return cls(
            len(spec.classes),
            vote.window_ms * 1_000 // spec.tick_us,
            vote.min_share,
            vote.min_count or spec.min_count,
            spec.calibration,
        )

    def clear(self) -> None:
        """Forget every vote."""
        self._winners = deque([NO_WINNER] * self._window_ticks)
        self._votes = [0] * self._classes

    def push(self, winners: np.ndarray, t_start_us: int, tick_us: int) -> list[Recognition]:
        """Add the winners (T,) of ticks that begin at ``t_start_us``; one decision a tick."""
        decisions = []
        for number, winner in enumerate(winners.tolist(), start=1):
            self._count(winner)
            decisions.append(self._decide(t_start_us + number * tick_us, winner))
        return decisions

    def _count(self, winner: int) -> None:
        self._winners.append(winner)
        leaving = self._winners.popleft()
        if winner != NO_WINNER:
            self._votes[winner] += 1
        if leaving != NO_WINNER:
            self._votes[leaving] -= 1

    def _decide(self, t_us: int, winner: int) -> Recognition:
        votes = self._votes
        top = max(votes)
        share = top / max(sum(votes), 1)
        alone = votes.count(top) == 1
        decided = alone and share >= self._min_share and top >= self._min_count
        return Recognition(
            t_us=t_us,
            winner=None if winner == NO_WINNER else winner,
            gesture=votes.index(top) if decided else None,
            share=calibrated(share, self._calibration) if top else 0.0,
            votes=np.array(votes, np.int32),
        )
