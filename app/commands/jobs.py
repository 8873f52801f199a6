"""A command's work spread over processes, and how many there are."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import click

from app.commands.errors import BadInput
from app.commands.logs import set_up_logging
from models.data.side_by_side import in_order

T = TypeVar("T")

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Processes at once; the result is the same.  [default: one per core]",
)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(jobs: int | None, parts: int) -> int:
    """How many processes so much work is spread over, if ``jobs`` were asked for."""
    return min(jobs or cores(), parts)


def spread(
    work: Callable[..., T], parts: Sequence[tuple[Any, ...]], jobs: int | None
) -> Generator[T]:
    """Yield what ``work`` gives for the arguments in each of ``parts``, in their order.

    A single process is this one. Close the generator to end the others early.

    Raises:
        BadInput: a process died.
    """
    workers = processes(jobs, len(parts))
    if workers <= 1:
        for part in parts:
            yield work(*part)
        return
    log_as_here = partial(set_up_logging, logging.getLogger().isEnabledFor(logging.DEBUG))
    with _dying_told():
        yield from in_order(work, parts, workers, log_as_here)


@contextmanager
def _dying_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise BadInput(
            "a process died, perhaps for want of memory; fewer --jobs may help"
        ) from error
