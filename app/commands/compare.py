"""``compare``: several models on the same streams, beside what is published about their systems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app import PROGRAM
from app.commands.errors import BadInput, refuse_to_overwrite, writing_to
from app.commands.evaluate import judging
from app.commands.jobs import jobs_option
from app.commands.measuring.compare_cases import PERFORMER, RENDERED_CLIPS, compared_cases
from app.commands.progress import progress_bar
from app.commands.shown import say
from app.settings import Settings

if TYPE_CHECKING:
    from app.commands.measuring.compare_measure import Measured

OVER_OPERATIONS, ACCURACIES = "accuracy_over_operations.png", "accuracies.png"
Model = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog=f"Example: {PROGRAM} compare --data performer --clips 30 --json")
@click.option(
    "--data",
    required=True,
    metavar="DIR|performer",
    help="A data set like DVS128 Gesture, of which the test people are played, or synthetic ones.",
)
@click.option(
    "--models",
    "first_models",
    type=Model,
    multiple=True,
    metavar="FILE...",
    help="Model files.  [default: all that come with the program]",
)
@click.argument("more_models", nargs=-1, type=Model, metavar="")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Draw the accuracies, and accuracy against operations, into this folder.",
)
@click.option(
    "--clips",
    type=click.IntRange(1),
    help="How many clips: of DIR drawn at random, always the same; of the performer as many "
    f"sessions as hold them.  [default: all of DIR, {RENDERED_CLIPS} of the performer]",
)
@click.option("--force", is_flag=True, help="Overwrite pictures.")
@jobs_option
def compare(
    data: str,
    first_models: tuple[Path, ...],
    more_models: tuple[Path, ...],
    as_json: bool,
    out: Path | None,
    clips: int | None,
    force: bool,
    jobs: int | None,
) -> None:
    """Measure models side by side: accuracy, latency, training, operations, memory, CPU time.

    Each clip of a data set is a stream by itself, and so is each session of the performer.

    On 11 classes every clip counts, and every class may be the answer. On 10 classes the clips of
    "other gestures" are left out, and the spikes of its output neurons are taken away before the
    winner of each tick is found, so that it is no answer either. ("evaluate" leaves the clips out
    and the answer in.)

    Clip accuracy: the most frequent decision during a clip is right. Streaming accuracy: share of
    right decisions, one a tick, after the first 300 ms of each clip; no decision counts as wrong.
    Onset latency: from the start of a clip to the first right decision that holds for 80 ms.
    """
    files = list(first_models + more_models) or bundled_models()
    pictures = [out / OVER_OPERATIONS, out / ACCURACIES] if out else []
    refuse_to_overwrite(pictures, force)
    if out is not None:
        with writing_to(out):
            out.mkdir(parents=True, exist_ok=True)
    models = measure_all(files, data, clips, jobs)
    tell(models, data, as_json)
    if out is not None:
        draw(models, data, out)


def bundled_models() -> list[Path]:
    """All model files of the program.

    Raises:
        BadInput: there is none.
    """
    from models.model_file import DEFAULT_CHECKPOINT

    folder = DEFAULT_CHECKPOINT.parent
    if not (files := sorted(folder.glob("*.safetensors"))):
        raise BadInput(f"expected model files in {folder}, or --models")
    return files


def measure_all(
    files: Sequence[Path], data: str, clips: int | None, jobs: int | None
) -> list[Measured]:
    """Play all streams to all models, in ``jobs`` processes.

    Raises:
        BadInput: the data cannot be used, or a model knows other classes.
        ModelError: a file is no model.
        OurFault: the program itself failed.
    """
    from app.commands.measuring.compare_measure import measure, require_models

    require_models(files)
    cases = compared_cases(data, clips)
    # Figures must not depend on what the user has set for the window.
    settings = judging(Settings())
    with progress_bar("Comparing", len(files) * len(cases)) as advance:
        return measure(files, cases, settings, jobs, advance)


def tell(models: Sequence[Measured], data: str, as_json: bool) -> None:
    """Write the figures to stdout."""
    from app.commands.measuring.compare_limits import limits_of
    from app.commands.measuring.compare_report import as_record, show

    limits = limits_of(models, data == PERFORMER)
    if as_json:
        say(json.dumps(as_record(models, data, limits)))
    else:
        show(models, name_of(data), limits)


def draw(models: Sequence[Measured], data: str, folder: Path) -> None:
    """Write the pictures.

    Raises:
        BadInput: the operating system refused.
    """
    from app.commands.measuring.compare_charts import draw_accuracies, draw_accuracy_over_operations

    with writing_to(folder):
        draw_accuracy_over_operations(models, name_of(data), folder / OVER_OPERATIONS)
        draw_accuracies(models, name_of(data), folder / ACCURACIES)


def name_of(data: str) -> str:
    """The data in words."""
    return "synthetic people" if data == PERFORMER else Path(data).name
