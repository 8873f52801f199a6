"""From nothing to a checkpoint: render the data, train, validate, write the model."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import torch

from models.checkpoint import save_checkpoint
from models.data.gestures import CLASSES
from models.data.performer_set import Session, render_set
from models.memory import keep_freed_memory
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.spec import ModelSpec
from models.train import Progress, Recipe, Trainer, load_sessions, recipe_record, validate

SMALL_SIZES = ConvLifParameters(
    channels=(8, 16, 32),
    hidden=64,
    population=4,
    delays_ms=((0,), (0, 40), (0, 80), (0,), (0,)),
)
RECIPES: dict[str, Recipe] = {"default": Recipe(), "small": Recipe(sizes=SMALL_SIZES)}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a training run reads and writes: rendered data, the run's state, the model."""

    data: Path
    run: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who is told what is going on: rendering (split, done, total), training, validation."""

    rendering: Callable[[str, int, int], None]
    training: Callable[[Progress], None]


def pick_device(name: str) -> str:
    """ "cpu", "cuda", or for "auto" the faster one that is there.

    Raises:
        ValueError: another name, or there is no CUDA device.
    """
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name not in ("cpu", "cuda"):
        raise ValueError(f"expected the device cpu, cuda or auto, got {name!r}")
    if name == "cuda" and not torch.cuda.is_available():
        raise ValueError("expected a CUDA device, but torch finds none on this machine")
    return name


def train_model(
    name: str, recipe: Recipe, places: Places, watchers: Watchers, device: str = "cpu"
) -> ModelSpec:
    """Carry a recipe out; interrupted, the same call goes on where it stopped.

    Raises:
        ValueError: the run folder holds a run of another recipe.
    """
    begun_s = time.monotonic()
    workers = os.cpu_count() or 1
    torch.set_num_threads(workers)
    keep_freed_memory()
    trainer = Trainer(recipe, places.run, device)

    def sessions(split: str, count: int) -> list[Session]:
        tell = partial(watchers.rendering, split)
        return load_sessions(render_set(places.data, split, count, workers, tell))

    train, val = sessions("train", recipe.train_sessions), sessions("val", recipe.val_sessions)
    network = trainer.run(train, watchers.training).cpu()
    network.finish(float(recipe.stages[-1].step_ms))
    figures = validate(network, val, 1, recipe)
    spec = _spec(name, recipe, network, figures, time.monotonic() - begun_s, device)
    save_checkpoint(places.out, network, spec)
    return spec


def _spec(
    name: str, recipe: Recipe, network: ConvLif, figures: dict[str, float], took_s: float,
    device: str,
) -> ModelSpec:  # fmt: skip
    training = {
        "recipe": recipe_record(recipe),
        "validation": figures,
        "last_run_s": round(took_s),
        "device": device,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "torch": str(torch.__version__),
    }
    return ModelSpec(
        name=name,
        system="conv_lif",
        classes=CLASSES,
        input_shape=(2, recipe.sizes.side, recipe.sizes.side),
        parameters=asdict(network.sizes),
        training=training,
    )
