"""The course of a training run as TensorBoard shows it: ``tensorboard --logdir RUN``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from models.training.train import Progress


class TrainingLog:
    """Curves over the batches of all stages, in the folder of the run.

    A run that was killed goes on at batch ``done``: what it wrote beyond that is dropped.
    """

    def __init__(self, folder: Path, done: int) -> None:
        # Takes a second to import.
        from torch.utils.tensorboard import SummaryWriter

        self._writer = SummaryWriter(str(folder), purge_step=done + 1)

    def progress(self, p: Progress) -> None:
        """A point of each curve."""
        for name in ("loss", "accuracy", "learning_rate"):
            self._writer.add_scalar(f"training/{name}", getattr(p, name), p.done)

    def validation(self, figures: Mapping[str, float], done: int) -> None:
        """What ``validate`` found after so many batches."""
        for name, value in figures.items():
            self._writer.add_scalar(f"validation/{name}", value, done)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._writer.close()
