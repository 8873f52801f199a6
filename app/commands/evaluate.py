"""``evaluate``: decisions against the truth, on synthetic sessions or on labelled recordings."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from app import settings as app_settings
from app.commands.errors import BadInput, check_failure
from app.commands.perform import LABELS_HEADER
from app.commands.progress import progress_bar
from app.commands.sourcing import model_option, settings_option
from app.events import EVENT_DTYPE, Resolution
from app.pipeline.pipeline import Pipeline
from app.recognition.decision import Recognition
from app.settings import Settings
from app.sources.arrays import ArraySource
from app.sources.contract import EventSource, FileSpec
from models.evaluate import (
    NO_DECISION,
    Outcome,
    Quiet,
    Scores,
    TrueGesture,
    judge_gesture,
    judge_quiet,
    score,
)

if TYPE_CHECKING:
    from models.session import Session as NetworkSession

LABELS_SUFFIX = "_labels.csv"
DATA = Path("data/performer")


@dataclass(frozen=True, slots=True)
class Case:
    """One stream with its truth."""

    name: str
    open_source: Callable[[], EventSource]
    truths: list[TrueGesture]


@click.command(epilog="Example: main.py evaluate recordings/ --json")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--performer", is_flag=True, help="Synthetic sessions instead of a folder.")
@click.option("--split", type=click.Choice(("val", "test")), default="test", show_default=True)
@click.option("--sessions", type=click.IntRange(1), default=40, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=DATA, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@model_option
@settings_option
def evaluate(
    folder: Path | None,
    performer: bool,
    split: str,
    sessions: int,
    data: Path,
    as_json: bool,
    model: Path | None,
    settings: Path | None,
) -> None:
    """Measure how well a model recognises gestures.

    FOLDER holds recordings, each with a NAME_labels.csv beside it in the layout of DVS128 Gesture.
    """
    if performer == (folder is not None):
        raise click.UsageError("Expected either a FOLDER or --performer.")
    # Figures must not depend on what the user has set for the window.
    options = app_settings.load(settings) if settings else Settings()
    cases = folder_cases(folder) if folder else performer_cases(data, split, sessions)
    from models.session import load_session

    network = load_session(model)
    outcomes, quiets = _judge(cases, network, options)
    scores = score(outcomes, quiets, len(network.spec.classes))
    if as_json:
        click.echo(json.dumps(as_record(scores, network.spec.classes)))
    else:
        show(scores, network.spec.classes)


def _judge(
    cases: list[Case], network: NetworkSession, settings: Settings
) -> tuple[list[Outcome], list[Quiet]]:
    outcomes: list[Outcome] = []
    quiets: list[Quiet] = []
    with progress_bar("Evaluating", len(cases)) as advance:
        for case in cases:
            t_us, decisions = decide(case.open_source, network, settings)
            outcomes += [judge_gesture(t_us, decisions, truth) for truth in case.truths]
            quiets.append(judge_quiet(t_us, decisions, case.truths))
            advance(1)
    return outcomes, quiets


def decide(
    open_source: Callable[[], EventSource], network: NetworkSession, settings: Settings
) -> tuple[np.ndarray, np.ndarray]:
    """Play a stream to its end; start times (T,) of the ticks and their decisions (T,).

    Raises:
        BadInput: the stream failed.
        OurFault: the program itself did.
    """
    heard: list[Recognition] = []

    def fresh() -> NetworkSession:
        network.reset()
        return network

    pipeline = Pipeline(open_source, fresh, settings, on_recognitions=heard.extend, speed=None)
    pipeline.start()
    try:
        pipeline.wait(None)
        check_failure(pipeline.take())
    finally:
        pipeline.stop()
    tick_us = network.spec.tick_us
    t_us = np.array([r.t_us - tick_us for r in heard], np.int64)
    gestures = [NO_DECISION if r.gesture is None else r.gesture for r in heard]
    return t_us, np.array(gestures, np.int64)


def folder_cases(folder: Path) -> list[Case]:
    """Every recording of a folder that has labels.

    Raises:
        BadInput: the folder is missing, or holds no labelled recording, or labels are wrong.
    """
    if not folder.is_dir():
        raise BadInput(f"expected a folder of recordings, but {folder} is none")
    return list(_labelled(folder)) or _nothing_labelled(folder)


def _nothing_labelled(folder: Path) -> list[Case]:
    raise BadInput(f"expected recordings with a NAME{LABELS_SUFFIX} beside them in {folder}")


def _labelled(folder: Path) -> Iterator[Case]:
    from app.sources.host import HostedSource

    for path in sorted(folder.glob("*.aedat*")):
        labels = path.with_name(path.stem + LABELS_SUFFIX)
        if labels.exists():
            spec = FileSpec(str(path))
            yield Case(path.name, partial(HostedSource, spec), read_labels(labels))


def read_labels(path: Path) -> list[TrueGesture]:
    """The truth beside a recording: classes 1..11 and times in microseconds.

    Raises:
        BadInput: the file is not in the data set's layout.
    """
    from models.data.gestures import CLASSES

    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        rows = list(csv.reader(file))
    if not rows or tuple(rows[0]) != LABELS_HEADER:
        raise BadInput(f"expected {path} to begin with {','.join(LABELS_HEADER)}")
    truths = []
    for number, row in enumerate(rows[1:], 2):
        if not all(field.isdecimal() for field in row) or len(row) != 3:
            raise BadInput(f"expected three whole numbers in line {number} of {path}, got {row}")
        gesture, start_us, end_us = map(int, row)
        if not (1 <= gesture <= len(CLASSES) and start_us < end_us):
            raise BadInput(
                f"expected a class within 1..{len(CLASSES)} and a start before its end in line "
                f"{number} of {path}, got {','.join(row)}"
            )
        truths.append(TrueGesture(gesture - 1, start_us, end_us))
    return truths


def performer_cases(data: Path, split: str, sessions: int) -> list[Case]:
    """Synthetic sessions; what is missing is rendered."""
    from models.data.performer_set import load_labels, load_session, render_set

    with progress_bar(f"Rendering {split} sessions", sessions) as advance:
        done = 0

        def tell(now: int, _total: int) -> None:
            nonlocal done
            advance(now - done)
            done = now

        paths = render_set(data, split, sessions, os.cpu_count() or 1, tell)

    def source(path: Path) -> EventSource:
        session = load_session(path)
        events = np.zeros(len(session.t_ms), EVENT_DTYPE)
        events["t"] = session.t_ms.astype(np.int64) * 1000
        events["x"], events["y"], events["p"] = session.x, session.y, session.p
        return ArraySource(events, Resolution(128, 128), path.name)

    return [
        Case(
            path.name,
            partial(source, path),
            [TrueGesture(*label) for label in load_labels(path)],
        )
        for path in paths
    ]


def as_record(scores: Scores, classes: tuple[str, ...]) -> dict[str, Any]:
    """All figures as plain values; latencies are [median, 95th percentile] in milliseconds."""
    rows = zip(classes, scores.confusion.tolist(), strict=True)
    return {
        "clips": scores.clips,
        "clip_accuracy": scores.clip_accuracy,
        "streaming_accuracy": scores.streaming_accuracy,
        "first_correct_ms": scores.first_correct_ms,
        "first_correct_missed": scores.first_correct_missed,
        "onset_ms": scores.onset_ms,
        "onset_missed": scores.onset_missed,
        "quiet_share": scores.quiet_share,
        "confusion": {
            name: dict(zip((*classes, "undecided"), row, strict=True)) for name, row in rows
        },
    }


def show(scores: Scores, classes: tuple[str, ...]) -> None:
    """The figures and the confusion matrix as text on stdout."""

    def latency(spread: tuple[float, float] | None, missed: int) -> str:
        known = f"median {spread[0]:.0f} ms, 95 % {spread[1]:.0f} ms" if spread else "never"
        return f"{known}, missed {missed} of {scores.clips}"

    quiet = "-" if scores.quiet_share is None else f"{scores.quiet_share:.1%}"
    click.echo(f"clip accuracy       {scores.clip_accuracy:.1%} of {scores.clips} gestures")
    click.echo(f"streaming accuracy  {scores.streaming_accuracy:.1%}")
    click.echo(
        f"first correct       {latency(scores.first_correct_ms, scores.first_correct_missed)}"
    )
    click.echo(f"onset               {latency(scores.onset_ms, scores.onset_missed)}")
    click.echo(f"quiet between       {quiet}")
    table = Table("truth \\ decision", *(str(i + 1) for i in range(len(classes))), "-")
    for index, (name, row) in enumerate(zip(classes, scores.confusion, strict=True)):
        cells = (str(count) if count else "." for count in row)
        table.add_row(f"{index + 1} {name.replace('_', ' ')}", *cells)
    # Wide enough for every name and twelve columns, also where the terminal is narrower.
    Console(width=max(Console().width, 96)).print(table)
