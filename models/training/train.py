"""Training of any system, one loop for all of them: windows in, a network out.

Training runs in coarse time steps of a few milliseconds, in one stage or several. What a window
teaches, and in how many optimiser steps, is up to the system's lesson. Every batch is drawn from a
generator seeded by (seed, stage, step), and so is what the network itself draws, so a run that was
killed goes on exactly as if it had not been. Of several processes each draws its own windows.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from models.atomic import replacing
from models.data.device_windows import DeviceSessions
from models.data.performer_set import Session
from models.learning.lesson import Lesson, Update
from models.learning.lessons import LESSONS
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.catalogue import Network, family_of, grown
from models.networks.checkpoint import load_checkpoint
from models.training.deadline import NO_DEADLINE, Deadline, OutOfTimeError
from models.training.distributed import World
from models.training.optimiser import Optimiser
from models.training.recipe import Recipe, Stage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: ``done`` batches in all, ``step`` of ``steps`` in this stage.

    Loss and accuracy, which is the share of right answers, are running means.
    """

    stage: int
    step: int
    steps: int
    done: int
    loss: float
    accuracy: float
    learning_rate: float
    seconds_left: float


class Trainer:
    """One run in one folder; ``run`` goes on where the folder's last state stopped.

    With ``mixed`` precision what a GPU does fastest is done in bfloat16. Windows are drawn on the
    device itself where that is a GPU, or as ``draws_on_device`` says. After ``deadline`` the run
    keeps its state and stops, all processes after the same step.

    Raises:
        ValueError: the folder holds a run of another recipe.
    """

    STATE_EVERY_S = 60.0

    def __init__(
        self, recipe: Recipe, folder: Path, world: World | None = None, mixed: bool = False,
        *, deadline: Deadline = NO_DEADLINE, draws_on_device: bool | None = None,
    ) -> None:  # fmt: skip
        self.recipe = recipe
        self._folder = folder
        self._world = world or World(torch.device("cpu"))
        self._mixed = mixed
        self._deadline = deadline
        on_gpu = self._world.device.type == "cuda"
        self._draws_on_device = on_gpu if draws_on_device is None else draws_on_device
        self._pool: DeviceSessions | None = None
        self._family = family_of(recipe.system)
        torch.manual_seed(recipe.seed)
        self.network: Network = self._first_network().to(self._world.device)
        self._prepared = False
        self._mean = self._copy_of_network()
        self._begun = copy.deepcopy(self.network)
        self._stage = 0
        self._step = 0
        self._optimiser = self._make_optimiser()
        folder.mkdir(parents=True, exist_ok=True)
        self._restore()

    def _first_network(self) -> Network:
        sizes = self.recipe.sizes_of(self.recipe.stages[0])
        if self.recipe.start is None:
            return self._family.network(sizes)
        network, _ = load_checkpoint(DEFAULT_CHECKPOINT.with_name(self.recipe.start))
        LESSONS[self.recipe.system](network, self.recipe.lesson_of(self.recipe.stages[0])).thaw()
        return network if network.sizes == sizes else grown(network, sizes)

    @property
    def state_path(self) -> Path:
        return self._folder / "state.pt"

    @property
    def done(self) -> int:
        """Batches of all stages so far."""
        return sum(stage.steps for stage in self.recipe.stages[: self._stage]) + self._step

    def run(
        self,
        sessions: list[Session],
        report: Callable[[Progress], None],
        ended: Callable[[Stage, Network], None] = lambda stage, network: None,
    ) -> Network:
        """Train to the end and return the network, not yet finished.

        At the end of each stage ``ended`` is called with a copy of what comes out of it.

        Raises:
            OutOfTimeError: the deadline is over; the state is saved.
        """
        if self._draws_on_device:
            self._pool = DeviceSessions(sessions, self._world.device)
        if not self._prepared:
            self._prepare(sessions)
        saved_s = time.monotonic()
        while self._stage < len(self.recipe.stages):
            for progress in self._run_stage(sessions):
                report(progress)
                if time.monotonic() - saved_s > self.STATE_EVERY_S:
                    self.save()
                    saved_s = time.monotonic()
                self._stop_in_time()
            stage = self.recipe.stages[self._stage]
            self._next_stage()
            if self._world.leads:
                ended(stage, copy.deepcopy(self._kept))
            self.save()
        return self._kept

    def _stop_in_time(self) -> None:
        if self._deadline.until_s is not None and self._world.any_says(self._deadline.is_over):
            self.save()
            raise OutOfTimeError

    def save(self) -> None:
        """Write the whole state of the run; an interruption leaves the old file or the new one."""
        if not self._world.leads:
            return
        content = {
            "recipe": repr(self.recipe),
            "stage": self._stage,
            "step": self._step,
            "prepared": self._prepared,
            "network": self.network.state_dict(),
            "begun": self._begun.state_dict(),
            "mean": None if self._mean is None else self._mean.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }
        with replacing(self.state_path) as partial:
            torch.save(content, partial)

    def _restore(self) -> None:
        if not self.state_path.exists():
            return
        content = torch.load(self.state_path, map_location=self._world.device, weights_only=True)
        if content["recipe"] != repr(self.recipe):
            raise ValueError(
                f"{self._folder} holds a run of another recipe; expected the same recipe to go on "
                "with, or a new folder"
            )
        while self._stage < content["stage"]:
            self._next_stage()
        self._step, self._prepared = content["step"], content["prepared"]
        self.network.load_state_dict(content["network"])
        self._begun.load_state_dict(content["begun"])
        if self._mean is not None:
            self._mean.load_state_dict(content["mean"])
        self._optimiser.load_state_dict(content["optimiser"])
        log.info("going on at stage %d, step %d", self._stage + 1, self._step)

    @property
    def _kept(self) -> Network:
        """What the run is for: the averaged network, or the network itself."""
        return self.network if self._mean is None else self._mean

    def _copy_of_network(self) -> Network | None:
        return None if self.recipe.mean_decay is None else copy.deepcopy(self.network)

    def _lesson(self, network: Network, stage: Stage) -> Lesson:
        lesson = LESSONS[self.recipe.system](network, self.recipe.lesson_of(stage))
        if stage.teacher is not None:
            teacher, _ = load_checkpoint(DEFAULT_CHECKPOINT.with_name(stage.teacher))
            lesson.listen(teacher)
        return lesson

    def _make_optimiser(self) -> Optimiser:
        stages = self.recipe.stages
        stage = stages[min(self._stage, len(stages) - 1)]
        return Optimiser(self.network, stage.optimiser, self.recipe.weight_decay)

    def _prepare(self, sessions: list[Session]) -> None:
        """Fit the network to its first batch, the same in every process."""
        stage = self.recipe.stages[0]
        rng = np.random.default_rng((self.recipe.seed, 0, 0))
        counts, _ = self._draw(stage, sessions, rng)
        counts = counts.to(self._world.device)
        lesson = self._lesson(self.network, stage)
        if self.recipe.start is None:
            lesson.prepare(counts, float(stage.step_ms))
        else:
            lesson.go_on(counts, float(stage.step_ms))
        self._mean = self._copy_of_network()
        self._begun = copy.deepcopy(self.network)
        self._prepared = True

    def _next_stage(self) -> None:
        """Start the next stage from what is kept of this one."""
        stage, kept = self.recipe.stages[self._stage], self._kept
        self._blend(kept, stage.blend)
        self._lesson(kept, stage).end_stage(float(stage.step_ms))
        self._world.agree(kept)
        self._stage, self._step = self._stage + 1, 0
        self.network = self._grown(kept)
        self._begun = copy.deepcopy(self.network)
        self._mean = self._copy_of_network()
        self._optimiser = self._make_optimiser()

    @torch.no_grad()
    def _blend(self, kept: Network, share: float) -> None:
        """Go back from what was learnt towards where the stage began."""
        if share == 1.0:
            return
        begun = self._begun.state_dict()
        for name, value in kept.state_dict().items():
            if value.is_floating_point():
                value.lerp_(begun[name], 1 - share)

    def _grown(self, kept: Network) -> Network:
        """A copy of what is kept, in the sizes of the stage that comes now."""
        if self._stage < len(self.recipe.stages):
            sizes = self.recipe.sizes_of(self.recipe.stages[self._stage])
            if sizes != kept.sizes:
                return grown(kept, sizes).to(self._world.device)
        return copy.deepcopy(kept)

    def _run_stage(self, sessions: list[Session]) -> Iterator[Progress]:
        stage = self.recipe.stages[self._stage]
        model, lesson = self._world.wrap(self.network), self._lesson(self.network, stage)
        begun_s, first = time.monotonic(), self._step
        loss_mean, hit_mean = math.nan, math.nan
        while self._step < stage.steps:
            rate = learning_rate(stage, self._step)
            loss, hit = self._train_step(stage, sessions, model, lesson, rate)
            loss_mean = loss if math.isnan(loss_mean) else 0.95 * loss_mean + 0.05 * loss
            hit_mean = hit if math.isnan(hit_mean) else 0.95 * hit_mean + 0.05 * hit
            self._step += 1
            pace_s = (time.monotonic() - begun_s) / (self._step - first)
            left_s = pace_s * (stage.steps - self._step)
            yield Progress(
                self._stage, self._step, stage.steps, self.done, loss_mean, hit_mean, rate, left_s
            )

    def _train_step(
        self, stage: Stage, sessions: list[Session], model: nn.Module, lesson: Lesson, rate: float
    ) -> tuple[float, float]:
        """Learn from one batch; mean loss and share of right answers of its updates."""
        # The first process has the batches that it would have alone.
        seed = np.random.SeedSequence((self.recipe.seed, self._stage, self._step, self._world.rank))
        torch.manual_seed(int(seed.generate_state(1)[0]))
        batch = self._draw(stage, sessions, np.random.default_rng(seed))
        counts, labels = (part.to(self._world.device) for part in batch)
        self._optimiser.set_rate(rate)
        model.train()
        losses, hits = [], []
        updates = lesson.updates(model, counts, labels, float(stage.step_ms))
        while (update := self._next_update(updates)) is not None:
            self._optimiser.zero_grad()
            update.loss.backward()
            if self.recipe.clip_norm is not None:
                nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip_norm)
            self._optimiser.step()
            lesson.after_step()
            losses.append(float(update.loss.detach()))
            hits.append(update.right)
        self._average()
        return sum(losses) / len(losses), sum(hits) / len(hits)

    def _draw(
        self, stage: Stage, sessions: list[Session], rng: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        windows = self.recipe.windows_of(stage)
        if self._pool is None:
            return windows.draw(stage.pick(sessions), rng)
        return self._pool.draw(windows, stage.pick(range(len(sessions))), rng)

    def _next_update(self, updates: Iterator[Update]) -> Update | None:
        """What the network computes, up to the loss, in the precision that was asked for."""
        with torch.autocast(self._world.device.type, torch.bfloat16, enabled=self._mixed):
            return next(updates, None)

    @torch.no_grad()
    def _average(self) -> None:
        if self._mean is None or self.recipe.mean_decay is None:
            return
        # Early on the mean follows quickly, or it would hold the random start for ever.
        keep = min(self.recipe.mean_decay, 1 - 1 / (self._step + 2))
        new: dict[str, Any] = self.network.state_dict()
        for name, value in self._mean.state_dict().items():
            if value.is_floating_point():
                value.lerp_(new[name], 1 - keep)
            else:
                value.copy_(new[name])


def learning_rate(stage: Stage, step: int) -> float:
    """Linear warm-up over the first twentieth, then a half cosine to zero."""
    warm = max(1, stage.steps // 20)
    fall = 0.5 * (1 + math.cos(math.pi * step / stage.steps))
    return stage.learning_rate * min(1.0, (step + 1) / warm) * fall
