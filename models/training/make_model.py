"""From nothing to a model file: get the data, train, validate, write."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from models.data.gestures import CLASSES, MIRRORED
from models.data.performer_set import Session, Share, load_session
from models.data.sources import SessionSource, Tell
from models.learning.lessons import LESSONS
from models.measuring.footprint import parameter_count
from models.networks.catalogue import Network
from models.networks.checkpoint import save_checkpoint
from models.spec import ModelSpec
from models.training.deadline import NO_DEADLINE, Deadline, OutOfTimeError
from models.training.distributed import World, join_world
from models.training.memory import keep_freed_memory
from models.training.recipe import Recipe, Stage
from models.training.train import Progress, Trainer
from models.training.training_log import TrainingLog
from models.training.validation import validate


@dataclass(frozen=True, slots=True)
class Places:
    """Where a training run reads and writes: sessions, the run's state and log, the model."""

    data: SessionSource
    run: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who is told what is going on: rendering or decoding, and training."""

    gathering: Tell
    training: Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a run may use: "cpu" or "cuda", and bfloat16 where a GPU is fastest with it."""

    device: str = "cpu"
    mixed: bool = False


def pick_hardware(name: str, mixed: bool | None = None) -> Hardware:
    """The device "cpu" or "cuda", for "auto" the faster one that is there; mixed precision on CUDA
    unless it is said.

    Raises:
        ValueError: another name, or there is no CUDA device.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name not in ("cpu", "cuda"):
        raise ValueError(f"expected the device cpu, cuda or auto, got {name!r}")
    if name == "cuda" and not torch.cuda.is_available():
        raise ValueError("expected a CUDA device, but torch finds none on this machine")
    return Hardware(name, name == "cuda" if mixed is None else mixed)


def make_model(
    name: str,
    recipe: Recipe,
    places: Places,
    watchers: Watchers,
    hardware: Hardware | None = None,
    deadline: Deadline = NO_DEADLINE,
) -> ModelSpec | None:
    """Carry a recipe out; interrupted, the same call goes on where it stopped.

    Of several processes only the first one reports, writes the model and returns its spec.

    Raises:
        OutOfTimeError: the deadline is over; what was rendered and learnt is kept.
        ValueError: the run folder holds a run of another recipe.
        DataSetError: the data cannot be used.
    """
    begun_s = time.monotonic()
    hardware = hardware or Hardware()
    with join_world(hardware.device) as world:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // world.local_size))
        keep_freed_memory()
        trainer = Trainer(recipe, places.run, world, hardware.mixed, deadline=deadline)
        train, val = _gather(recipe, places.data, world, watchers.gathering, deadline)
        if not world.leads:
            trainer.run(train, lambda progress: None)
            return None
        with TrainingLog(places.run, trainer.done) as log:
            network, figures = _train(trainer, train, val, watchers.training, log)
    spec = _spec(name, recipe, network, figures, time.monotonic() - begun_s, hardware)
    save_checkpoint(places.out, network.cpu(), spec)
    return spec


def _gather(
    recipe: Recipe, data: SessionSource, world: World, tell: Tell, deadline: Deadline
) -> tuple[list[Session], list[Session]]:
    """Sessions for training and validation, in memory; each process makes a part of the missing."""
    workers = max(1, (os.cpu_count() or 1) // world.local_size)
    counts = {"train": recipe.train_sessions, "val": recipe.val_sessions}

    def told(split: str, done: int, total: int) -> None:
        if world.leads:
            tell(split, done, total)
        if done < total:
            deadline.check()

    try:
        for split, count in counts.items():
            data.paths(split, count, workers, told, Share(world.rank, world.size))
        late = False
    except OutOfTimeError:
        late = True
    # The others may still be at it, and nobody goes on alone.
    if world.any_says(late):
        raise OutOfTimeError
    found = {
        split: data.paths(split, count, workers, lambda *_: None) for split, count in counts.items()
    }
    train = [load_session(path) for path in found["train"]]
    return train, [load_session(path) for path in found["val"]] if world.leads else []


def _train(
    trainer: Trainer,
    train: list[Session],
    val: list[Session],
    report: Callable[[Progress], None],
    log: TrainingLog,
) -> tuple[Network, Mapping[str, float]]:
    """Train to the end: the finished network, and its figures in ticks of 1 ms."""
    recipe = trainer.recipe
    make_lesson = LESSONS[recipe.system]

    def tell(progress: Progress) -> None:
        log.progress(progress)
        report(progress)

    def ended(stage: Stage, network: Network) -> None:
        if stage is not recipe.stages[-1]:
            lesson = make_lesson(network, recipe.lesson_of(stage))
            log.validation(validate(network, lesson, val, stage.step_ms), trainer.done)

    network = trainer.run(train, tell, ended)
    last = recipe.stages[-1]
    network.finish(float(last.step_ms))
    figures = validate(network, make_lesson(network, recipe.lesson_of(last)), val, 1)
    log.validation(figures, trainer.done)
    return network, figures


def _spec(
    name: str,
    recipe: Recipe,
    network: Network,
    figures: Mapping[str, float],
    took_s: float,
    hardware: Hardware,
) -> ModelSpec:
    training = {
        "recipe": recipe.record(),
        "validation": dict(figures),
        "parameters": parameter_count(network),
        "last_run_s": round(took_s),
        "device": hardware.device,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "torch": str(torch.__version__),
    }
    return ModelSpec(
        name=name,
        system=recipe.system,
        classes=CLASSES,
        input_shape=(2, recipe.sizes.side, recipe.sizes.side),
        parameters=asdict(network.sizes),
        training=training,
        min_count=recipe.min_count,
        min_spikes=recipe.min_spikes,
        mirror=MIRRORED if recipe.both_ways else (),
    )
