"""Work that several processes share, of which none outlives whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import active_children, get_context
from typing import Any


def side_by_side(
    work: Callable[..., object],
    jobs: Sequence[tuple[Any, ...]],
    workers: int,
    tell: Callable[[int], None],
) -> None:
    """Call ``work`` with the arguments of each job in up to ``workers`` processes.

    ``tell`` is called with how many are done. What a call raises is raised here, and nothing more
    is begun.

    Raises:
        BrokenProcessPool: a process died.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(min(workers, len(jobs)), get_context("spawn"))
    try:
        futures = [pool.submit(work, *job) for job in jobs]
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            tell(done)
    finally:
        # Whoever stops the program need not wait for what the workers have begun.
        for worker in set(active_children()) - others:
            worker.terminate()
        pool.shutdown(cancel_futures=True)
