"""``dataset``: look through DVS128 Gesture as it was downloaded, or make a set of its kind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Column, Table
from rich.text import Text

from app import PROGRAM
from app.commands.consoles import PlainConsole
from app.commands.errors import BadInput, writing_to
from app.commands.progress import progress_bar
from app.commands.shown import say
from models.data.gestures import CLASSES

if TYPE_CHECKING:
    from models.data.dvs_gesture.findings import Finding
    from models.data.dvs_gesture.survey import TrialSummary

SPLITS = ("train", "test")
# What the data set holds as IBM ships it: training, test.
ORIGINAL = {"people": (23, 6), "recordings": (98, 24), "gestures": (1176, 288)}

Folder = click.Path(file_okay=False, path_type=Path)


@click.group(epilog=f"Example: {PROGRAM} dataset check DvsGesture")
def dataset() -> None:
    """Check the DVS128 Gesture data set, or make a synthetic one in its layout."""


@dataset.command(epilog=f"Example: {PROGRAM} dataset check DvsGesture")
@click.argument("folder", type=Folder, metavar="DIR")
def check(folder: Path) -> None:
    """Tell what the data set in DIR holds, and what is wrong with it.

    DIR is what the archive unpacks to, or what "dataset make" made. Ends with 0 if the set can be
    used, perhaps with notes about what is unusual, else with 2.
    """
    from models.data.dvs_gesture.findings import DataSetError
    from models.data.dvs_gesture.survey import survey

    with progress_bar("Checking recordings", total=None) as advance:
        try:
            found = survey(folder, counted(advance))
        except DataSetError as error:
            raise BadInput(str(error)) from error
    # Wide enough for the longest class, also where the terminal is narrower.
    console = PlainConsole(width=max(PlainConsole().width, 80), highlight=False)
    console.print(contents_table(found.summaries))
    console.print(classes_table(found.summaries))
    if found.findings:
        console.print(findings_table(found.findings))
    if found.problems:
        more = len(found.problems) - 1
        others = f" ({more} more {'problem' if more == 1 else 'problems'} above)" if more else ""
        raise BadInput(found.problems[0].sentence + others)


@dataset.command(epilog=f"Example: {PROGRAM} dataset make data/synthetic --people 10 --lightings 2")
@click.argument("folder", type=Folder, metavar="DIR")
@click.option("--people", type=click.IntRange(2, 999), default=29, show_default=True)
@click.option(
    "--lightings", type=click.IntRange(1, 5), default=5, show_default=True, help="Of each person."
)
@click.option(
    "--gesture-s",
    type=click.FloatRange(0.5, 60),
    default=6.0,
    show_default=True,
    help="How many seconds a gesture lasts, about.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Processes.  [default: one per core]")
def make(
    folder: Path, people: int, lightings: int, gesture_s: float, seed: int, workers: int | None
) -> None:
    """Write a data set of synthetic people into DIR, laid out and encoded as the original is.

    Everybody goes through all gestures once in every light; the last fifth of the people is for
    the test. Run again with the same options, it goes on where it stopped.
    """
    from models.data.dvs_gesture.findings import DataSetError
    from models.data.dvs_gesture.making import Plan, make_data_set

    plan = Plan(people, lightings, gesture_s, seed)
    total = people * lightings
    with writing_to(folder), progress_bar("Performing", total=total) as advance:
        try:
            make_data_set(folder, plan, workers or os.cpu_count() or 1, counted(advance))
        except DataSetError as error:
            raise BadInput(str(error)) from error
    say(f"{folder} holds {total} recordings of {people} people.", err=True)


def counted(advance: Callable[[float], None]) -> Callable[[int, int], None]:
    """What takes (done, total), for a bar that takes steps."""
    before = 0

    def tell(done: int, total: int) -> None:
        nonlocal before
        advance(done - before)
        before = done

    return tell


def contents_table(summaries: tuple[TrialSummary, ...]) -> Table:
    """What is there, beside what the original has."""
    heads = ("training", "test", "as shipped by IBM")
    table = Table("", *(Column(head, justify="right") for head in heads), title="Contents")
    parts = [[s for s in summaries if s.trial.split == split] for split in SPLITS]
    rows = {
        "people": [f"{len({s.trial.person for s in part})}" for part in parts],
        "recordings": [f"{len(part)}" for part in parts],
        "gestures": [f"{sum(len(s.labels) for s in part)}" for part in parts],
        "minutes": [f"{sum(s.duration_us for s in part) / 60e6:.1f}" for part in parts],
        "million events": [f"{sum(s.events for s in part) / 1e6:.1f}" for part in parts],
    }
    for name, counts in rows.items():
        table.add_row(name, *counts, " + ".join(map(str, ORIGINAL.get(name, ()))))
    return table


def classes_table(summaries: tuple[TrialSummary, ...]) -> Table:
    """How often each class comes, and how long it lasts on average."""
    heads = (*SPLITS, "mean length (s)")
    table = Table("class", *(Column(head, justify="right") for head in heads), title="Gestures")
    times: Counter[tuple[int, str]] = Counter()
    length_us: Counter[int] = Counter()
    for summary in summaries:
        for label in summary.labels:
            times[label.gesture, summary.trial.split] += 1
            length_us[label.gesture] += label.end_us - label.start_us
    for index, name in enumerate(CLASSES):
        counts = [times[index, split] for split in SPLITS]
        mean = f"{length_us[index] / sum(counts) / 1e6:.1f}" if sum(counts) else "-"
        table.add_row(f"{index + 1} {name.replace('_', ' ')}", *map(str, counts), mean)
    return table


def findings_table(findings: tuple[Finding, ...]) -> Table:
    """Problems with their remedies, and notes."""
    table = Table("", "file", "what", title="Findings")
    for finding in sorted(findings, key=lambda finding: not finding.is_problem):
        colour = "red" if finding.is_problem else "yellow"
        mark = Text("problem" if finding.is_problem else "note", style=colour)
        remedy = f"\n-> {finding.remedy}" if finding.remedy else ""
        table.add_row(mark, finding.file, Text(finding.text + remedy))
    return table
