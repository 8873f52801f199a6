"""``train``: make a model from nothing, synthetic data included."""

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

from app.commands.calibration import calibrate
from app.commands.errors import BadInput, refuse_to_overwrite, writing_to

if TYPE_CHECKING:
    from models.recipes import Watchers
    from models.train import Progress as TrainingProgress
    from models.train import Recipe

LINE_EVERY_STEPS = 50


@click.command(epilog="Example: main.py train --recipe default --out my_model.pt")
@click.option("--recipe", "recipe_name", default="default", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The model file to write.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data/performer"),
    show_default=True,
    help="Where rendered sessions are kept; what is missing is rendered.",
)
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where the run keeps its state to resume from.  [default: runs/RECIPE-SEED]",
)
@click.option("--seed", type=click.IntRange(0), default=None, help="Instead of the recipe's own.")
@click.option("--sessions", type=click.IntRange(1), default=None, help="Training sessions.")
@click.option("--steps", type=click.IntRange(1), default=None, help="Of every stage, for trials.")
@click.option("--device", default="auto", show_default=True, help="cpu, cuda or auto.")
@click.option("--force", is_flag=True, help="Overwrite the model file.")
def train(
    recipe_name: str,
    out: Path,
    data: Path,
    run: Path | None,
    seed: int | None,
    sessions: int | None,
    steps: int | None,
    device: str,
    force: bool,
) -> None:
    """Train a network on synthetic gestures; run again, it goes on where it stopped."""
    refuse_to_overwrite([out], force)
    from models.recipes import Places, pick_device, train_model

    recipe = _recipe(recipe_name, seed, sessions, steps)
    run = run or Path("runs") / f"{recipe_name}-{recipe.seed}"
    console = Console(stderr=True)
    with writing_to(out), _progress(console) as bars:
        try:
            spec = train_model(
                recipe_name,
                recipe,
                Places(data, run, out),
                _watchers(bars, console),
                pick_device(device),
            )
        except ValueError as error:
            raise BadInput(str(error)) from error
    with writing_to(out):
        calibrate(out, data, recipe.val_sessions)
    figures = ", ".join(f"{k} {v:.1%}" for k, v in spec.training["validation"].items())
    click.echo(f"{out}: {figures}")


def _recipe(name: str, seed: int | None, sessions: int | None, steps: int | None) -> Recipe:
    from models.recipes import RECIPES

    if name not in RECIPES:
        raise BadInput(f"expected a recipe out of {', '.join(RECIPES)}, got {name!r}")
    recipe = RECIPES[name]
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
    from models.recipes import Watchers

    tasks: dict[str, object] = {}

    def move(key: str, text: str, done: int, total: int, line: bool) -> None:
        if key not in tasks:
            tasks[key] = bars.add_task(text, total=total)
        bars.update(tasks[key], completed=done, description=text)  # type: ignore[arg-type]
        if line and not console.is_terminal:
            console.print(f"{text} {done}/{total}", highlight=False)

    def rendering(split: str, done: int, total: int) -> None:
        move(split, f"rendering {split} sessions", done, total, done % 10 == 0 or done == total)

    def training(p: TrainingProgress) -> None:
        text = f"stage {p.stage + 1}: loss {p.loss:.3f}, accuracy {p.accuracy:.1%}"
        line = p.step % LINE_EVERY_STEPS == 0 or p.step == p.steps
        move(f"stage {p.stage}", text, p.step, p.steps, line)

    return Watchers(rendering, training)
