"""Training of the default network by surrogate gradients on performer sessions.

Training runs in coarse time steps of a few milliseconds (several spikes may share a step, so
firing rates stay what they are at 1 ms ticks), in one stage or several: the first has batch
normalisation, the next go on with it folded into weights and drives. The weights that are kept are
an exponential mean over the optimiser's steps. Every batch is drawn from a generator seeded by
(seed, step), so a run that was killed goes on exactly as if it had not been.
"""

from __future__ import annotations

import copy
import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from models.data.gestures import CLASSES, ON_THE_WAY
from models.data.performer_set import Session, load_session
from models.data.sampling import STRONG, Augmentation, cut_sample
from models.learning.rate_loss import RateLossParameters, rate_loss
from models.networks.conv_lif import ConvLif, ConvLifParameters

log = logging.getLogger(__name__)


DEFAULT_SIZES = ConvLifParameters(
    side=64,
    stem=(7, 4),
    channels=(24, 48, 64),
    hidden=192,
    population=12,
    gain_floor=6.0,
    delays_ms=((0,), (0, 40), (0, 80), (0, 100, 200), (0,)),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """``steps`` optimiser steps on windows of ``window_ms`` cut into steps of ``step_ms``.

    The windows come from the first ``sessions`` sessions of the training split. ``quiet_rate`` is
    the rate in spikes per ms that a class has to beat, none for that of the recipe's loss.
    """

    steps: int
    step_ms: int
    batch: int
    window_ms: int
    learning_rate: float
    sessions: int
    quiet_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a training run depends on besides the data."""

    sizes: ConvLifParameters = DEFAULT_SIZES
    stages: tuple[Stage, ...] = (
        Stage(3000, step_ms=10, batch=16, window_ms=1500, learning_rate=3e-3, sessions=600),
        # Finer steps and a warm restart (Loshchilov and Hutter, SGDR, ICLR 2017).
        Stage(1000, step_ms=5, batch=16, window_ms=1500, learning_rate=1.5e-3, sessions=600),
        # The winners of 80 ms are few at low rates, and their number is uncertain by its root.
        Stage(800, 5, 16, window_ms=1500, learning_rate=7e-4, sessions=600, quiet_rate=0.45),
    )
    augmentation: Augmentation = STRONG
    loss: RateLossParameters = field(default_factory=RateLossParameters)
    weight_decay: float = 0.01
    rate_cap_hz: float = 40.0
    rate_cost: float = 2.0
    mean_decay: float = 0.99
    val_sessions: int = 60
    seed: int = 1

    def loss_of(self, stage: Stage) -> RateLossParameters:
        """The loss of one of its stages."""
        if stage.quiet_rate is None:
            return self.loss
        return replace(self.loss, quiet_rate=stage.quiet_rate)

    @property
    def train_sessions(self) -> int:
        """How many training sessions the stages need."""
        return max(stage.sessions for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands; ``accuracy`` counts steps whose most likely class is the label."""

    stage: int
    step: int
    steps: int
    loss: float
    accuracy: float
    seconds_left: float


class Trainer:
    """One run in one folder; ``run`` goes on where the folder's last state stopped."""

    STATE_EVERY_S = 60.0

    def __init__(self, recipe: Recipe, folder: Path, device: str = "cpu") -> None:
        self.recipe = recipe
        self._folder = folder
        self._device = torch.device(device)
        torch.manual_seed(recipe.seed)
        self.network = ConvLif(recipe.sizes).to(self._device)
        self._mean = copy.deepcopy(self.network)
        self._stage = 0
        self._step = 0
        self._optimiser = self._make_optimiser()
        folder.mkdir(parents=True, exist_ok=True)
        self._restore()

    @property
    def state_path(self) -> Path:
        return self._folder / "state.pt"

    def run(self, sessions: list[Session], report: Callable[[Progress], None]) -> ConvLif:
        """Train to the end and return the averaged network, folded but not yet rounded."""
        saved_s = time.monotonic()
        while self._stage < len(self.recipe.stages):
            for progress in self._run_stage(sessions):
                report(progress)
                if time.monotonic() - saved_s > self.STATE_EVERY_S:
                    self.save()
                    saved_s = time.monotonic()
            self._next_stage()
            self.save()
        return self._mean

    def save(self) -> None:
        """Write the whole state of the run; an interruption leaves the old file or the new one."""
        partial = self.state_path.with_suffix(".partial")
        content = {
            "recipe": repr(self.recipe),
            "stage": self._stage,
            "step": self._step,
            "network": self.network.state_dict(),
            "mean": self._mean.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }
        torch.save(content, partial)
        os.replace(partial, self.state_path)

    def _restore(self) -> None:
        if not self.state_path.exists():
            return
        content = torch.load(self.state_path, map_location=self._device, weights_only=True)
        if content["recipe"] != repr(self.recipe):
            raise ValueError(
                f"{self._folder} holds a run of another recipe; expected the same recipe to go on "
                "with, or a new folder"
            )
        while self._stage < content["stage"]:
            self._next_stage()
        self._step = content["step"]
        self.network.load_state_dict(content["network"])
        self._mean.load_state_dict(content["mean"])
        self._optimiser.load_state_dict(content["optimiser"])
        log.info("going on at stage %d, step %d", self._stage + 1, self._step)

    def _make_optimiser(self) -> torch.optim.Optimizer:
        return torch.optim.AdamW(
            self.network.parameters(), lr=1e-3, weight_decay=self.recipe.weight_decay
        )

    def _next_stage(self) -> None:
        """Start the next stage from the averaged weights, normalisation folded away."""
        ended = self.recipe.stages[self._stage]
        for projection, _ in self._mean.layers():
            projection.fold(float(ended.step_ms))
        self.network = copy.deepcopy(self._mean)
        self._stage, self._step = self._stage + 1, 0
        self._optimiser = self._make_optimiser()

    def _run_stage(self, sessions: list[Session]) -> Iterator[Progress]:
        stage = self.recipe.stages[self._stage]
        begun_s, first = time.monotonic(), self._step
        loss_mean, hit_mean = math.nan, math.nan
        while self._step < stage.steps:
            loss, hit = self._train_step(stage, sessions)
            loss_mean = loss if math.isnan(loss_mean) else 0.95 * loss_mean + 0.05 * loss
            hit_mean = hit if math.isnan(hit_mean) else 0.95 * hit_mean + 0.05 * hit
            self._step += 1
            pace_s = (time.monotonic() - begun_s) / (self._step - first)
            left_s = pace_s * (stage.steps - self._step)
            yield Progress(self._stage, self._step, stage.steps, loss_mean, hit_mean, left_s)

    def _train_step(self, stage: Stage, sessions: list[Session]) -> tuple[float, float]:
        rng = np.random.default_rng((self.recipe.seed, self._stage, self._step))
        counts, labels = draw_batch(sessions, stage, self.recipe, rng)
        counts, labels = counts.to(self._device), labels.to(self._device)
        for group in self._optimiser.param_groups:
            group["lr"] = learning_rate(stage, self._step)
        self.network.train()
        spikes, _ = self.network(counts, None, float(stage.step_ms))
        classes = class_counts(spikes[-1])
        loss, logits = rate_loss(classes, labels, stage.step_ms, self.recipe.loss_of(stage))
        total = loss + self._rate_cost(spikes, stage.step_ms)
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._average()
        with torch.no_grad():
            target = torch.where(labels < 0, len(CLASSES), labels)
            late = round(self.recipe.loss.burn_in_ms / stage.step_ms)
            judged = (labels != ON_THE_WAY)[late:]
            hit = (logits.argmax(-1) == target)[late:][judged].float().mean()
        return float(loss.detach()), float(hit)

    def _rate_cost(self, spikes: list[torch.Tensor], step_ms: int) -> torch.Tensor:
        """A cost on layers that fire faster on average than the cap."""
        cap = self.recipe.rate_cap_hz * 1e-3 * step_ms
        means = torch.stack([s.mean() for s in spikes[:-1]])
        return self.recipe.rate_cost * torch.relu(means / cap - 1).sum()

    @torch.no_grad()
    def _average(self) -> None:
        # Early on the mean follows quickly, or it would hold the random start for ever.
        keep = min(self.recipe.mean_decay, 1 - 1 / (self._step + 2))
        new = self.network.state_dict()
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


def class_counts(output: torch.Tensor) -> torch.Tensor:
    """Output spikes (T, B, C * population) -> spikes per class (T, B, C)."""
    return output.unflatten(-1, (len(CLASSES), -1)).sum(-1)


def draw_batch(
    sessions: list[Session], stage: Stage, recipe: Recipe, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Random windows: counts (T, B, 2, H, W) float32 and labels (T, B) int64."""
    steps = stage.window_ms // stage.step_ms
    samples = []
    for _ in range(stage.batch):
        session = sessions[int(rng.integers(min(stage.sessions, len(sessions))))]
        latest = max(1, len(session.label) - stage.window_ms)
        samples.append(
            cut_sample(
                session, int(rng.integers(latest)), steps, stage.step_ms,
                recipe.sizes.side, recipe.augmentation, rng,
            )
        )  # fmt: skip
    counts = np.stack([s.counts for s in samples], 1)
    labels = np.stack([s.label for s in samples], 1)
    return torch.from_numpy(counts).float(), torch.from_numpy(labels)


@torch.no_grad()
def validate(
    network: ConvLif, sessions: list[Session], step_ms: int, recipe: Recipe
) -> dict[str, float]:
    """Run whole sessions unchanged: the share of steps decided rightly, gestures and rest apart."""
    network.eval()
    right = np.zeros(2)
    total = np.zeros(2)
    for session in sessions:
        steps = len(session.label) // step_ms
        rng = np.random.default_rng(0)
        sample = cut_sample(session, 0, steps, step_ms, recipe.sizes.side, Augmentation(), rng)
        x = torch.from_numpy(sample.counts).float()[:, None]
        labels = torch.from_numpy(sample.label)[:, None]
        spikes, _ = network(x, None, float(step_ms))
        loss = recipe.loss_of(recipe.stages[-1])
        _, logits = rate_loss(class_counts(spikes[-1]), labels, step_ms, loss)
        # A decision is asked for from 300 ms after a change on.
        settled = torch.ones(steps, dtype=torch.bool)
        for change in torch.nonzero(labels[1:, 0] != labels[:-1, 0]).flatten().tolist():
            settled[change : change + 300 // step_ms] = False
        settled &= labels[:, 0] != ON_THE_WAY
        answer = logits.argmax(-1)[settled, 0]
        truth = labels[settled, 0]
        gesture = truth >= 0
        right += [float((answer == truth)[gesture].sum()), float((answer == 11)[~gesture].sum())]
        total += [float(gesture.sum()), float((~gesture).sum())]
    shares = right / np.maximum(total, 1)
    return {"gesture_steps": float(shares[0]), "rest_steps": float(shares[1])}


def load_sessions(paths: list[Path]) -> list[Session]:
    """All sessions of a split, in memory."""
    return [load_session(path) for path in paths]


def recipe_record(recipe: Recipe) -> dict[str, object]:
    """The recipe as plain values for the training record of a checkpoint."""
    return asdict(recipe)
