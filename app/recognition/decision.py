"""From output spikes to a gesture: winner-take-all each tick, then a vote over a sliding window.

Published (Amir et al., CVPR 2017, and the survey this project starts from): ticks of 1 ms, a
winner-take-all (WTA) decoder each tick, a trailing window of 80 ms over its output, a gesture as
the result. Not published, as far as could be found: the wiring of the WTA, whether the window
takes the majority of the winners or sums spikes, how ties are broken, and whether there is a
threshold below which nothing is said. Ours, therefore, are these rules:

* the class with the most output spikes in a tick wins it; a tie, silence, or fewer spikes than
  ``min_spikes`` of the model give no winner;
* the window counts winners, one vote a tick, and a vote leaves exactly ``window_ticks`` later;
* the leading class is the gesture if it leads alone, its share of the winners in the window
  reaches ``min_share`` and its count ``min_count``; else there is no decision;
* nothing is decided in the first 120 ms of a stream, in which a network that starts from nothing
  fires at anything that appears, nor before the window has filled after them; time lost in a gap
  takes as much of that away again as it lasted;
* the share that comes with a decision is that share, put through the model's calibration if it
  has one.

That 80 ms of silence clear the label follows from the counts. The rule itself is in ``rule``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from app.recognition.rule import VoteRule
from app.settings import VoteSettings
from models.measuring.calibration import Calibration, calibrated
from models.spec import ModelSpec

NO_WINNER = -1


@dataclass(frozen=True, slots=True)
class Recognition:
    """The decision at the end of one tick.

    ``t_us`` is the exclusive end of the tick in sensor time. ``winner`` is the class that won the
    tick or none, ``gesture`` the class that the window agreed on or none, ``votes`` (C,) int32 the
    winners in the window per class. ``share`` (0..1, 0 without any winner) is how often a decision
    is right whose class holds so large a part of the winners; where that was not measured for a
    model, it is that part itself. While ``warming_up`` it is too early for any decision.
    """

    t_us: int
    winner: int | None
    gesture: int | None
    share: float
    votes: np.ndarray
    warming_up: bool = False


def tick_winners(output: np.ndarray, min_spikes: int = 1) -> np.ndarray:
    """The class that fired most in each tick, (T,) int64, or ``NO_WINNER`` for ties and silence.

    ``output`` is (T, C), the spikes of each class's output neurons; fewer than ``min_spikes``, at
    least 1, count as silence.
    """
    top = output.max(axis=1)
    alone = (output == top[:, None]).sum(axis=1) == 1
    return np.where(alone & (top >= min_spikes), output.argmax(axis=1), NO_WINNER)


class SlidingWindow:
    """Votes over the winners of the trailing ``window_ticks`` ticks.

    ``warm_up_ticks`` pass, and the window fills, before it decides anything.
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
        warm_up_ticks: int = 0,
    ) -> None:
        if classes < 1 or window_ticks < 1:
            raise ValueError(
                "expected at least one class and a window of at least one tick, "
                f"got {classes} and {window_ticks}"
            )
        self._classes = classes
        self._rule = VoteRule(window_ticks, min_share, min_count, warm_up_ticks)
        self._calibration = calibration
        self.clear()

    @classmethod
    def of(cls, spec: ModelSpec, vote: VoteSettings) -> SlidingWindow:
        """The window of a model's classes and ticks; its own least number of votes, unless set."""
        rule = VoteRule.of(spec, vote)
        return cls(
            len(spec.classes),
            rule.window_ticks,
            rule.min_share,
            rule.min_count,
            spec.calibration,
            rule.warm_up_ticks,
        )

    def clear(self) -> None:
        """Forget every vote; the stream begins anew."""
        self._forget_votes()
        self._missing = self._rule.ready_after

    def skip(self, ticks: int) -> None:
        """Forget every vote, as so many ticks were lost."""
        self._forget_votes()
        self._missing = min(self._missing + ticks, self._rule.ready_after)

    def _forget_votes(self) -> None:
        self._winners = deque([NO_WINNER] * self._rule.window_ticks)
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
        share = max(votes) / max(sum(votes), 1)
        self._missing = max(self._missing - 1, 0)
        warming_up = self._missing > 0
        return Recognition(
            t_us=t_us,
            winner=None if winner == NO_WINNER else winner,
            gesture=None if warming_up else self._rule.leader(votes),
            share=calibrated(share, self._calibration) if share else 0.0,
            votes=np.array(votes, np.int32),
            warming_up=warming_up,
        )
