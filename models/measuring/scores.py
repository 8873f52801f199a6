"""How good decisions are: accuracy by clip and by tick, and how soon they come.

All figures are about decisions, one a tick, of a stream whose gestures are known.

* Clip accuracy: the most frequent decision during a gesture is right. "On the ten" looks at the
  gestures of the ten named classes alone; deciding "other gestures" for one of them is wrong.
* Turning sense: clip accuracy of the gestures of the four circle classes, so the right arm and the
  right way round.
* Streaming accuracy: share of right decisions after the first 300 ms of each gesture; no decision
  counts as wrong.
* First-correct latency: from the start of a gesture to the first right decision.
* Onset latency: to the first right decision that then holds for 80 ms.
* Quiet share: share of ticks without a decision while nothing is labelled, from 300 ms after the
  last gesture until 350 ms before the next, when the arms may be on their way to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.data.gestures import class_index

NO_DECISION = -1
SETTLED_US = 300_000
ON_THE_WAY_US = 350_000
HOLD_US = 80_000
OTHER = class_index("other_gestures")
CIRCLES = frozenset(
    class_index(f"{arm}_arm_{way}")
    for arm in ("right", "left")
    for way in ("clockwise", "counter_clockwise")
)


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
    """Compare decisions (T,) of ticks that start at ``t_us`` (T,) with one true gesture.

    A decision is there at the end of its tick.
    """
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
        int(times[first[0]] + tick_us - truth.start_us) if len(first) else None,
        None if held is None else int(times[held] + tick_us - truth.start_us),
    )


def judge_quiet(t_us: np.ndarray, decisions: np.ndarray, truths: Sequence[TrueGesture]) -> Quiet:
    """Count the decisions where nothing is labelled, no gesture has just ended or is about to."""
    labelled = np.zeros(len(t_us), bool)
    for truth in truths:
        from_us, to_us = truth.start_us - ON_THE_WAY_US, truth.end_us + SETTLED_US
        labelled |= (t_us >= from_us) & (t_us < to_us)
    return Quiet(int((decisions[~labelled] == NO_DECISION).sum()), int((~labelled).sum()))


@dataclass(frozen=True, slots=True)
class ClassScores:
    """The figures of one class; none where nothing was there to measure."""

    clips: int
    clip_accuracy: float | None
    streaming_accuracy: float | None
    onset_median_ms: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures over all gestures; ``confusion`` (C, D + 1) counts clips of C classes by D that
    may be decided on, the last column undecided.

    Latencies are (median, 95th percentile) in milliseconds of the gestures that got there;
    ``missed`` counts those that never did. Shares are none where nothing was there to measure.
    """

    clips: int
    clip_accuracy: float
    clip_accuracy_ten: float | None
    streaming_accuracy: float | None
    turning_sense: float | None
    first_correct_ms: tuple[float, float] | None
    first_correct_missed: int
    onset_ms: tuple[float, float] | None
    onset_missed: int
    quiet_share: float | None
    per_class: tuple[ClassScores, ...]
    confusion: np.ndarray


def _spread(values_us: list[int | None]) -> tuple[tuple[float, float] | None, int]:
    known = [v / 1000 for v in values_us if v is not None]
    missed = len(values_us) - len(known)
    if not known:
        return None, missed
    return (float(np.median(known)), float(np.percentile(known, 95))), missed


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def quiet_share(quiets: Sequence[Quiet]) -> float | None:
    """The share of quiet ticks without a decision; none where there is no such tick."""
    return _share(sum(q.silent for q in quiets), sum(q.ticks for q in quiets))


def _clip_accuracy(outcomes: Sequence[Outcome]) -> float | None:
    return _share(sum(o.decided == o.truth for o in outcomes), len(outcomes))


def _streaming_accuracy(outcomes: Sequence[Outcome]) -> float | None:
    return _share(sum(o.right for o in outcomes), sum(o.ticks for o in outcomes))


def _score_class(outcomes: Sequence[Outcome]) -> ClassScores:
    onset, _ = _spread([o.onset_us for o in outcomes])
    return ClassScores(
        len(outcomes),
        _clip_accuracy(outcomes),
        _streaming_accuracy(outcomes),
        onset[0] if onset else None,
    )


def _confusion(outcomes: Sequence[Outcome], classes: int, decidable: Sequence[int]) -> np.ndarray:
    confusion = np.zeros((classes, len(decidable) + 1), int)
    columns = {NO_DECISION: -1} | {decided: column for column, decided in enumerate(decidable)}
    for outcome in outcomes:
        confusion[outcome.truth, columns[outcome.decided]] += 1
    return confusion


def score(
    outcomes: Sequence[Outcome],
    quiets: Sequence[Quiet],
    classes: int,
    decidable: Sequence[int] | None = None,
) -> Scores:
    """Sum up; truths and decisions are indices into the data set's classes, ``classes`` of them.

    ``decidable`` are the classes that may be decided on, where a model knows others beside.

    Raises:
        ValueError: there is no gesture to judge.
    """
    decidable = range(classes) if decidable is None else decidable
    if not outcomes:
        raise ValueError("expected at least one labelled gesture, got none")
    first, first_missed = _spread([o.first_correct_us for o in outcomes])
    onset, onset_missed = _spread([o.onset_us for o in outcomes])
    return Scores(
        clips=len(outcomes),
        clip_accuracy=sum(o.decided == o.truth for o in outcomes) / len(outcomes),
        clip_accuracy_ten=_clip_accuracy([o for o in outcomes if o.truth != OTHER]),
        streaming_accuracy=_streaming_accuracy(outcomes),
        turning_sense=_clip_accuracy([o for o in outcomes if o.truth in CIRCLES]),
        first_correct_ms=first,
        first_correct_missed=first_missed,
        onset_ms=onset,
        onset_missed=onset_missed,
        quiet_share=quiet_share(quiets),
        per_class=tuple(
            _score_class([o for o in outcomes if o.truth == index]) for index in range(classes)
        ),
        confusion=_confusion(outcomes, classes, decidable),
    )
