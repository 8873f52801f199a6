"""The streams of ``evaluate`` in several processes, each with a network of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from app.commands.evaluate import judge
from app.commands.jobs import spread
from app.commands.measuring.evaluate_cases import Case
from app.commands.measuring.evaluate_report import Judged
from app.commands.progress import progress_bar
from app.pipeline.systems import ready
from app.settings import Settings
from models.live import open_network
from models.spec import NetworkSession


def judge_spread(
    cases: Sequence[Case], model: Path | None, settings: Settings, jobs: int | None
) -> list[Judged]:
    """What ``judge_all`` gives, with CPU times that are each of one process.

    Raises:
        BadInput, OurFault: as ``judge``, for the first stream that fails; or a process died.
    """
    judged = []
    parts = [(case, model, settings) for case in cases]
    with (
        progress_bar("Evaluating", len(cases)) as advance,
        closing(spread(judge_here, parts, jobs)) as streams,
    ):
        for stream in streams:
            judged.append(stream)
            advance(1)
    return judged


def judge_here(case: Case, model: Path | None, settings: Settings) -> Judged:
    """``judge`` with this process's own network."""
    return judge(case, _network(model), settings)


@lru_cache(maxsize=1)
def _network(model: Path | None) -> NetworkSession:
    return ready(open_network(model, whole=True))
