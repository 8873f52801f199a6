"""``evaluate``: decisions against the truth, on synthetic sessions or on labelled recordings."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from app import PROGRAM
from app.commands.errors import BadInput, check_failure, refuse_to_overwrite, writing_to
from app.commands.jobs import jobs_option, processes
from app.commands.measuring.evaluate_cases import Case, folder_cases, performer_cases
from app.commands.measuring.evaluate_cost import MeteredNetwork, Work
from app.commands.measuring.evaluate_report import Judged, Report, as_record, report_all, show
from app.commands.progress import progress_bar
from app.commands.shown import say
from app.commands.sourcing import load_settings, model_option, settings_option
from app.pipeline.pipeline import Pipeline
from app.recognition.decision import Recognition
from app.settings import Settings
from app.sources.contract import EventSource
from models.data.gestures import CLASSES
from models.measuring.reliability import settled_shares
from models.measuring.scores import NO_DECISION, judge_gesture, judge_quiet
from models.spec import ModelSpec, NetworkSession

DATA = Path("data/performer")


def png_option(name: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option for a picture to write."""
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option(f"--{name}", type=path, metavar="FILE.png", help=text)


@click.command(epilog=f"Example: {PROGRAM} evaluate recordings/ --json")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--performer", is_flag=True, help="Synthetic sessions instead of a folder.")
@click.option("--split", type=click.Choice(("val", "test")), default="test", show_default=True)
@click.option("--sessions", type=click.IntRange(1), default=40, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=DATA, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@png_option("confusion", "Draw the confusion matrix.")
@png_option("reliability", "Draw how often decisions are right against their share.")
@click.option("--force", is_flag=True, help="Overwrite pictures.")
@jobs_option
@model_option
@settings_option
def evaluate(
    folder: Path | None,
    performer: bool,
    split: str,
    sessions: int,
    data: Path,
    as_json: bool,
    confusion: Path | None,
    reliability: Path | None,
    force: bool,
    jobs: int | None,
    model: Path | None,
    settings: Path | None,
) -> None:
    """Measure how well a model recognises gestures.

    FOLDER holds recordings, each with a NAME_labels.csv beside it in the layout of DVS128 Gesture.
    """
    if performer == (folder is not None):
        raise click.UsageError("Expected either a FOLDER or --performer.")
    check_pictures([path for path in (confusion, reliability) if path], force)
    # Figures must not depend on what the user has set for the window.
    options = judging(load_settings(settings) if settings else Settings())
    cases = folder_cases(folder) if folder else performer_cases(data, split, sessions)
    from models.live import open_network

    network = open_network(model, whole=True)
    check_classes(network.spec)
    if processes(jobs, len(cases)) == 1:
        judged = judge_all(cases, network, options)
    else:
        from app.commands.measuring.evaluate_spread import judge_spread

        judged = judge_spread(cases, model, options, jobs)
    reports = report_all(judged, network.spec)
    if as_json:
        say(json.dumps(as_record(reports)))
    else:
        show(reports)
    draw(reports["all"], confusion, reliability)


def check_pictures(paths: list[Path], force: bool) -> None:
    """Find out before the long work whether pictures can be written.

    Raises:
        BadInput: a name is no PNG's, stands twice, lies in no folder, or is taken.
    """
    for path in paths:
        if path.suffix.lower() != ".png":
            raise BadInput(f"expected a file name that ends in .png, got {path}")
        if not path.parent.is_dir():
            raise BadInput(f"cannot write {path}: there is no folder {path.parent}")
    if len(set(paths)) < len(paths):
        raise BadInput(f"expected a file of its own for each picture, got {paths[0]} twice")
    refuse_to_overwrite(paths, force)


def check_classes(spec: ModelSpec) -> None:
    """Truths are numbered as in the data set, so decisions must be, too; gestures that the model
    was taught stand behind them, and are never a truth.

    Raises:
        BadInput: the model knows other classes.
    """
    known = range(len(CLASSES))
    if spec.classes[: len(CLASSES)] != CLASSES or spec.told[: len(CLASSES)] != [*known]:
        raise BadInput(
            f"expected a model of the {len(CLASSES)} classes of DVS128 Gesture in their order, "
            f"got one of {', '.join(spec.classes)}"
        )


def draw(report: Report, confusion: Path | None, reliability: Path | None) -> None:
    """Write the pictures that were asked for.

    Raises:
        BadInput: the operating system refused.
    """
    if confusion is None and reliability is None:
        return
    from app.commands.measuring.evaluate_charts import draw_confusion, draw_reliability

    if confusion is not None:
        with writing_to(confusion):
            draw_confusion(report.scores.confusion, CLASSES, report.decidable, confusion)
    if reliability is not None:
        with writing_to(reliability):
            draw_reliability(report.reliability, reliability)


def judging(settings: Settings) -> Settings:
    """The same without a warm-up: a stream that is judged is cut out of a longer one, often where
    its gesture begins, and how soon it is named is counted from there."""
    vote = settings.vote.model_copy(update={"warm_up_ms": 0})
    return settings.model_copy(update={"vote": vote})


def judge_all(cases: list[Case], network: NetworkSession, settings: Settings) -> list[Judged]:
    """Play all streams, one after another.

    Raises:
        BadInput, OurFault: as ``judge``.
    """
    judged = []
    with progress_bar("Evaluating", len(cases)) as advance:
        for case in cases:
            judged.append(judge(case, network, settings))
            advance(1)
    return judged


def judge(case: Case, network: NetworkSession, settings: Settings) -> Judged:
    """Play one stream and compare it with its truth.

    Raises:
        BadInput: the stream failed, or no gesture of its truth lies within it.
        OurFault: the program itself failed.
    """
    return judge_played(case, decide(case.open_source, network, settings))


def judge_played(case: Case, played: Played) -> Judged:
    """Compare what came of one stream with its truth.

    Raises:
        BadInput: no gesture of its truth lies within it.
    """
    t_us, decisions = played.t_us, played.decisions
    if case.truths and not any(
        ((t_us >= g.start_us) & (t_us < g.end_us)).any() for g in case.truths
    ):
        span = f"{t_us[0]} to {t_us[-1]} us" if len(t_us) else "no time at all"
        raise BadInput(f"expected gestures within the time of {case.name}, which is {span}")
    shares, right = settled_shares(t_us, decisions, played.shares, case.truths)
    return Judged(
        case.setting,
        [judge_gesture(t_us, decisions, truth) for truth in case.truths],
        judge_quiet(t_us, decisions, case.truths),
        shares,
        right,
        played.work,
    )


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a stream: start times (T,) int64 of its ticks, their decisions (T,) int64
    and shares (T,) float, and what that took."""

    t_us: np.ndarray
    decisions: np.ndarray
    shares: np.ndarray
    work: Work


def decide(
    open_source: Callable[[], EventSource], network: NetworkSession, settings: Settings
) -> Played:
    """Play a stream to its end.

    Raises:
        BadInput: the stream failed.
        OurFault: the program itself did.
    """
    heard: list[Recognition] = []
    metered = MeteredNetwork(network)

    def fresh() -> NetworkSession:
        metered.reset()
        return metered

    pipeline = Pipeline(
        open_source, fresh, settings, on_recognitions=heard.extend, speed=None, pictures=False
    )
    began_s = time.process_time()
    pipeline.start()
    try:
        pipeline.wait(None)
        check_failure(pipeline.take())
    finally:
        pipeline.stop()
    work = metered.work(time.process_time() - began_s)
    tick_us = network.spec.tick_us
    gestures = [NO_DECISION if r.gesture is None else r.gesture for r in heard]
    return Played(
        np.array([r.t_us - tick_us for r in heard], np.int64),
        np.array(gestures, np.int64),
        np.array([r.share for r in heard], np.float64),
        work,
    )
