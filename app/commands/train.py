"""``train``: make a model of any system from nothing, synthetic data included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from app import PROGRAM
from app.commands.consoles import PlainConsole
from app.commands.errors import BadInput, refuse_to_overwrite, writing_to
from app.commands.measuring.calibration import calibrate
from app.commands.measuring.evaluate_cases import session_case
from app.commands.shown import say
from models.sizes import KNOWN

if TYPE_CHECKING:
    from models.training.make_model import Watchers
    from models.training.recipe import Recipe
    from models.training.train import Progress as TrainingProgress

LINE_EVERY_STEPS = 50


SYSTEMS = ("default", *(system for system in KNOWN if system != "conv_lif"))


@click.command(
    epilog=f"Example: {PROGRAM} train --system slayer --data DvsGesture --out slayer.safetensors"
)
@click.option("--system", type=click.Choice(SYSTEMS), default="default", show_default=True)
@click.option(
    "--recipe",
    "recipe_name",
    default=None,
    help="For the default system default, long, people, small, small-people, or large, which wants "
    "a GPU; for the others small, people, which goes on from it, or paper, the full size."
    "  [default: default, or small]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The model file to write.",
)
@click.option(
    "--data",
    metavar="performer|DIR",
    default="performer",
    show_default=True,
    help="Synthetic sessions, rendered where they are missing; or the folder of a data set like "
    "DVS128 Gesture, of which the last training people are kept out for validation. What people "
    "do between the labels of the real set is not known and teaches nothing, silence neither.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where sessions are kept.  [default: data/performer, or beside the data set]",
)
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where the run keeps its state to resume from, and a log for TensorBoard."
    "  [default: runs/RECIPE-SEED or runs/SYSTEM-RECIPE-SEED]",
)
@click.option("--seed", type=click.IntRange(0), default=None, help="Instead of the recipe's own.")
@click.option("--sessions", type=click.IntRange(1), default=None, help="Training sessions.")
@click.option("--steps", type=click.IntRange(1), default=None, help="Of every stage, for trials.")
@click.option("--device", default="auto", show_default=True, help="cpu, cuda or auto.")
@click.option(
    "--mixed-precision/--full-precision",
    "mixed",
    default=None,
    help="bfloat16 at the synapses, fast on GPUs. On processors it gains nothing, and some of their"
    " gradients take fifty times longer now and then.  [default: mixed on CUDA]",
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    default=None,
    help="Stop after so long, with all kept: the same command goes on. For machines that are lent.",
)
@click.option("--force", is_flag=True, help="Overwrite the model file.")
def train(
    system: str,
    recipe_name: str | None,
    out: Path,
    data: str,
    cache: Path | None,
    run: Path | None,
    seed: int | None,
    sessions: int | None,
    steps: int | None,
    device: str,
    mixed: bool | None,
    minutes: float | None,
    force: bool,
) -> None:
    """Train a network; run again, it goes on where it stopped.

    "torchrun --nproc-per-node 2 -- main.py train ..." starts two processes that learn together.
    """
    refuse_to_overwrite([out], force)
    from models.data.dvs_gesture.findings import DataSetError
    from models.data.sources import PerformerSource, open_source
    from models.training.deadline import Deadline, OutOfTimeError
    from models.training.make_model import Places, make_model, pick_hardware

    recipe_name = recipe_name or _usual_recipe(system)
    name = _model_name(system, recipe_name)
    recipe = _recipe(system, recipe_name, seed, sessions, steps)
    run = run or Path("runs") / f"{name}-{recipe.seed}"
    console = PlainConsole(stderr=True)
    with writing_to(out), _progress(console) as bars:
        try:
            places = Places(open_source(data, cache), run, out)
            if not isinstance(places.data, PerformerSource):
                recipe = recipe.with_all_sessions()
            hardware = pick_hardware(device, mixed)
            watchers, deadline = _watchers(bars, console), Deadline.after(minutes)
            spec = make_model(name, recipe, places, watchers, hardware, deadline)
        except OutOfTimeError:
            say(f"stopped after {minutes:g} minutes; the same command goes on from here")
            return
        except (ValueError, DataSetError) as error:
            raise BadInput(str(error)) from error
    if spec is None:  # another process has the model
        return
    with writing_to(out):
        paths = places.data.paths("val", recipe.val_sessions, 1, lambda *_: None)
        calibrate(out, [session_case(path) for path in paths])
    figures = ", ".join(f"{k} {v:.1%}" for k, v in spec.training["validation"].items())
    say(f"{out}: {figures}")


def _usual_recipe(system: str) -> str:
    return "default" if system == "default" else "small"


def _model_name(system: str, recipe_name: str) -> str:
    if system == "default":
        return recipe_name
    return system if recipe_name == _usual_recipe(system) else f"{system}-{recipe_name}"


def _recipe(
    system: str, name: str, seed: int | None, sessions: int | None, steps: int | None
) -> Recipe:
    from models.training.recipes import RECIPES

    recipes = RECIPES[system]
    if name not in recipes:
        raise BadInput(f"expected a recipe out of {', '.join(recipes)}, got {name!r}")
    recipe = recipes[name]
    if seed is not None:
        recipe = replace(recipe, seed=seed)
    if sessions is not None:
        stages = tuple(replace(stage, sessions=sessions) for stage in recipe.stages)
        recipe = replace(recipe, stages=stages, val_sessions=max(1, sessions // 10))
    if steps is not None:
        recipe = replace(recipe, stages=tuple(replace(s, steps=steps) for s in recipe.stages))
    return recipe


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _watchers(bars: Progress, console: Console) -> Watchers:
    """Bars on a terminal; a line now and then where stderr is a file."""
    from models.training.make_model import Watchers

    tasks: dict[str, object] = {}

    def move(key: str, text: str, done: int, total: int, line: bool) -> None:
        if key not in tasks:
            tasks[key] = bars.add_task(text, total=total)
        bars.update(tasks[key], completed=done, description=text)  # type: ignore[arg-type]
        if line and not console.is_terminal:
            console.print(f"{text} {done}/{total}", highlight=False)

    def gathering(split: str, done: int, total: int) -> None:
        move(split, f"gathering {split} sessions", done, total, done % 10 == 0 or done == total)

    def training(p: TrainingProgress) -> None:
        text = f"stage {p.stage + 1}: loss {p.loss:.3f}, accuracy {p.accuracy:.1%}"
        line = p.step % LINE_EVERY_STEPS == 0 or p.step == p.steps
        move(f"stage {p.stage}", text, p.step, p.steps, line)

    return Watchers(gathering, training)
