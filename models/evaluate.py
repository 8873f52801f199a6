"""How good decisions are: accuracy by clip and by tick, and how soon they come.

All figures are about decisions, one a tick, of a stream whose gestures are known.

* Clip accuracy: the most frequent decision during a gesture is right.
* Streaming accuracy: share of right decisions after the first 300 ms of each gesture; no decision
  counts as wrong.
* First-correct latency: from the start of a gesture to the first right decision.
* Onset latency: to the first right decision that then holds for 80 ms.
* Quiet share: share of ticks without a decision while nothing is labelled, from 300 ms after the
  last gesture on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NO_DECISION = -1
SETTLED_US = 300_000
HOLD_US = 80_000


@dataclass(frozen=True, slots=True)
class TrueGesture:
    """Class index and interval in sensor time, end exclusive."""

    gesture: int
    start_us: int
    end_us: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one gesture; ``decided`` is the clip's decision or ``NO_DECISION``.

    ``right`` of ``ticks`` settled decisions were right. Latencies are none where it never happened.
    """

    truth: int
    decided: int
    right: int
    ticks: int
    first_correct_us: int | None
    onset_us: int | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Ticks without a label, and how many of them had no decision."""

    silent: int
    ticks: int


def _first_held(right: np.ndarray, hold: int) -> int | None:
    """The first index from which ``hold`` successive values are true, or none."""
    if len(right) < hold:
        return None
    runs = np.convolve(right.astype(int), np.ones(hold, int), "valid")
    held = np.flatnonzero(runs == hold)
    return int(held[0]) if len(held) else None


def judge_gesture(t_us: np.ndarray, decisions: np.ndarray, truth: TrueGesture) -> Outcome:
    """Compare decisions (T,) at times ``t_us`` (T,), one a tick, with one true gesture."""
    inside = (t_us >= truth.start_us) & (t_us < truth.end_us)
    times, during = t_us[inside], decisions[inside]
    made = during[during != NO_DECISION]
    decided = int(np.bincount(made).argmax()) if len(made) else NO_DECISION
    right = during == truth.gesture
    settled = times >= truth.start_us + SETTLED_US
    tick_us = int(np.median(np.diff(times))) if len(times) > 1 else 1000
    first = np.flatnonzero(right)
    held = _first_held(right, max(1, HOLD_US // tick_us))
    return Outcome(
        truth.gesture,
        decided,
        int(right[settled].sum()),
        int(settled.sum()),
        int(times[first[0]] - truth.start_us) if len(first) else None,
        None if held is None else int(times[held] - truth.start_us),
    )


def judge_quiet(t_us: np.ndarray, decisions: np.ndarray, truths: Sequence[TrueGesture]) -> Quiet:
    """Count the decisions where nothing is labelled and the last gesture is over for 300 ms."""
    labelled = np.zeros(len(t_us), bool)
    for truth in truths:
        labelled |= (t_us >= truth.start_us) & (t_us < truth.end_us + SETTLED_US)
    return Quiet(int((decisions[~labelled] == NO_DECISION).sum()), int((~labelled).sum()))


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures over all gestures; ``confusion`` (C, C + 1) counts clips, last column undecided.

    Latencies are (median, 95th percentile) in milliseconds of the gestures that got there;
    ``missed`` counts those that never did. ``quiet_share`` is none without unlabelled time.
    """

    clips: int
    clip_accuracy: float
    streaming_accuracy: float
    first_correct_ms: tuple[float, float] | None
    first_correct_missed: int
    onset_ms: tuple[float, float] | None
    onset_missed: int
    quiet_share: float | None
    confusion: np.ndarray


def _spread(values_us: list[int | None]) -> tuple[tuple[float, float] | None, int]:
    known = [v / 1000 for v in values_us if v is not None]
    missed = len(values_us) - len(known)
    if not known:
        return None, missed
    return (float(np.median(known)), float(np.percentile(known, 95))), missed


def score(outcomes: Sequence[Outcome], quiets: Sequence[Quiet], classes: int) -> Scores:
    """Sum up.

    Raises:
        ValueError: there is no gesture to judge.
    """
    if not outcomes:
        raise ValueError("expected at least one labelled gesture, got none")
    confusion = np.zeros((classes, classes + 1), int)
    for outcome in outcomes:
        confusion[outcome.truth, outcome.decided] += 1
    first, first_missed = _spread([o.first_correct_us for o in outcomes])
    onset, onset_missed = _spread([o.onset_us for o in outcomes])
    ticks, quiet_ticks = sum(o.ticks for o in outcomes), sum(q.ticks for q in quiets)
    return Scores(
        clips=len(outcomes),
        clip_accuracy=float(np.trace(confusion) / len(outcomes)),
        streaming_accuracy=sum(o.right for o in outcomes) / max(ticks, 1),
        first_correct_ms=first,
        first_correct_missed=first_missed,
        onset_ms=onset,
        onset_missed=onset_missed,
        quiet_share=sum(q.silent for q in quiets) / quiet_ticks if quiet_ticks else None,
        confusion=confusion,
    )
