"""The figures of ``evaluate``, summed up and told as one JSON object or as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rich.table import Column, Table
from rich.text import Text

from app.commands.consoles import PlainConsole
from app.commands.measuring.evaluate_cost import Cost, Work, cost_of
from models.data.gestures import CLASSES
from models.measuring.reliability import Reliability, reliability
from models.measuring.scores import Outcome, Quiet, Scores, quiet_share, score
from models.spec import ModelSpec

ALL = "all"


@dataclass(frozen=True, slots=True)
class Judged:
    """One stream against its truth: ``shares`` (N,) of its settled decisions, ``right`` (N,)."""

    setting: str | None
    outcomes: list[Outcome]
    quiet: Quiet
    shares: np.ndarray
    right: np.ndarray
    work: Work


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told about some streams.

    ``decidable`` names the columns of the confusion matrix but for the last one: the data set's
    classes, then gestures that the model was taught. ``idle_share`` is how much of the time nothing
    was said in those streams that hold no gesture at all, where somebody stands or walks by at
    most; none where there is no such stream.
    """

    decidable: tuple[str, ...]
    scores: Scores
    idle_share: float | None
    reliability: Reliability
    cost: Cost | None


def report(judged: Sequence[Judged], spec: ModelSpec) -> Report:
    """Sum up what a model of the data set's classes and perhaps of taught ones decided.

    Raises:
        ValueError: there is no gesture to judge.
    """
    outcomes = [outcome for each in judged for outcome in each.outcomes]
    shares = np.concatenate([each.shares for each in judged])
    right = np.concatenate([each.right for each in judged])
    quiets = [each.quiet for each in judged]
    return Report(
        spec.decidable,
        score(outcomes, quiets, len(CLASSES), spec.told),
        quiet_share([each.quiet for each in judged if not each.outcomes]),
        reliability(shares, right),
        cost_of([each.work for each in judged], spec.tick_us),
    )


def report_all(judged: Sequence[Judged], spec: ModelSpec) -> dict[str, Report]:
    """The report on ``ALL`` streams, and one for each setting that is known.

    Raises:
        ValueError: there is no gesture to judge.
    """
    reports = {ALL: report(judged, spec)}
    for setting in sorted({each.setting for each in judged if each.setting is not None}):
        reports[setting] = report([each for each in judged if each.setting == setting], spec)
    return reports


def as_record(reports: Mapping[str, Report]) -> dict[str, Any]:
    """All figures as plain values: those of all streams, and under ``settings`` the others'."""
    settings = {name: _record(each) for name, each in reports.items() if name != ALL}
    return {**_record(reports[ALL]), "settings": settings}


def _record(report: Report) -> dict[str, Any]:
    """Latencies are [median, 95th percentile] in milliseconds, shares 0..1, null is unknown."""
    scores = report.scores
    rows = zip(CLASSES, scores.confusion.tolist(), strict=True)
    per_class = zip(CLASSES, scores.per_class, strict=True)
    return {
        "clips": scores.clips,
        "clip_accuracy": scores.clip_accuracy,
        "clip_accuracy_without_other": scores.clip_accuracy_ten,
        "streaming_accuracy": scores.streaming_accuracy,
        "turning_sense": scores.turning_sense,
        "first_correct_ms": scores.first_correct_ms,
        "first_correct_missed": scores.first_correct_missed,
        "onset_ms": scores.onset_ms,
        "onset_missed": scores.onset_missed,
        "quiet_share": scores.quiet_share,
        "idle_share": report.idle_share,
        "per_class": {name: asdict(each) for name, each in per_class},
        "confusion": {
            name: dict(zip((*report.decidable, "undecided"), row, strict=True))
            for name, row in rows
        },
        "reliability": asdict(report.reliability),
        "cost": asdict(report.cost) if report.cost else None,
    }


def show(reports: Mapping[str, Report]) -> None:
    """The figures, the classes and the confusion matrix as tables on stdout."""
    # Wide enough for every name and twelve columns, also where the terminal is narrower.
    console = PlainConsole(width=max(PlainConsole().width, 96))
    everything = reports[ALL]
    tables = figures_table(reports), class_table(everything.scores), confusion_table(everything)
    for table in tables:
        console.print(table)


def figures_table(reports: Mapping[str, Report]) -> Table:
    """One column for all streams and for each setting, one row a figure."""
    table = Table("", *(_column(name) for name in reports), title="Figures")
    columns = [_figures(each) for each in reports.values()]
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    return table


def _figures(report: Report) -> dict[str, str]:
    scores, cost = report.scores, report.cost
    return {
        "gestures": str(scores.clips),
        "clip accuracy": percent(scores.clip_accuracy),
        "clip accuracy without other gestures": percent(scores.clip_accuracy_ten),
        "streaming accuracy": percent(scores.streaming_accuracy),
        "turning sense": percent(scores.turning_sense),
        "first correct, median / 95 % (ms)": _spread(scores.first_correct_ms),
        "first correct, missed": str(scores.first_correct_missed),
        "onset, median / 95 % (ms)": _spread(scores.onset_ms),
        "onset, missed": str(scores.onset_missed),
        "quiet while nobody gestures": percent(scores.quiet_share),
        "quiet in streams without gestures": percent(report.idle_share),
        "calibration error of the share": percent(report.reliability.calibration_error),
        "spikes per second": f"{cost.spikes_per_s:,.0f}" if cost else "-",
        "synaptic operations per second": (
            f"{cost.synaptic_operations_per_s:,.0f}" if cost else "-"
        ),
        "CPU time per tick (ms)": f"{cost.cpu_ms_per_tick:.2f}" if cost else "-",
    }


def class_table(scores: Scores) -> Table:
    """One row a class."""
    heads = ("clips", "clip acc.", "streaming acc.", "median onset (ms)")
    table = Table("class", *(_column(head) for head in heads), title="Classes")
    for index, (name, each) in enumerate(zip(CLASSES, scores.per_class, strict=True), 1):
        onset = "-" if each.onset_median_ms is None else f"{each.onset_median_ms:.0f}"
        accuracies = percent(each.clip_accuracy), percent(each.streaming_accuracy)
        table.add_row(f"{index} {_spoken(name)}", str(each.clips), *accuracies, onset)
    return table


def confusion_table(report: Report) -> Table:
    """Counts of clips: truth down, decision across, undecided last."""
    heads = (*(str(index + 1) for index in range(len(report.decidable))), "-")
    title = "Clips by truth (rows) and decision (columns), - for none"
    if taught := report.decidable[len(CLASSES) :]:
        numbered = enumerate(taught, len(CLASSES) + 1)
        title += "; taught: " + ", ".join(f"{number} {name}" for number, name in numbered)
    table = Table("class", *(_column(head) for head in heads), title=Text(title))
    for index, (name, row) in enumerate(zip(CLASSES, report.scores.confusion, strict=True), 1):
        table.add_row(f"{index} {_spoken(name)}", *(str(n) if n else "." for n in row))
    return table


def percent(share: float | None) -> str:
    """A share as people read it."""
    return "-" if share is None else f"{share:.1%}"


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _column(head: str) -> Column:
    return Column(head, justify="right")


def _spread(spread: tuple[float, float] | None) -> str:
    return f"{spread[0]:.0f} / {spread[1]:.0f}" if spread else "-"
