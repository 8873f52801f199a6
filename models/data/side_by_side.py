"""Work that several processes share, of which none outlives whoever asked for it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from types import FrameType
from typing import Any, TypeVar

from models.interrupts import interrupts_held_back

T = TypeVar("T")
PR_SET_PDEATHSIG = 1  # prctl(2)
SHARED_MEMORY = "/dev/shm"


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
        OSError: about ``SHARED_MEMORY``, the machine has none.
    """
    with _begun(work, jobs, workers, None) as futures:
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            tell(done)


def in_order(
    work: Callable[..., T],
    jobs: Sequence[tuple[Any, ...]],
    workers: int,
    prepare: Callable[[], object] | None = None,
) -> Generator[T]:
    """Yield what ``work`` gives for each job, in their order, from up to ``workers`` processes.

    Each process calls ``prepare`` first. What a call raises is raised when its turn comes; then,
    and when the generator is closed, every process ends.

    Raises:
        BrokenProcessPool: a process died.
    """
    with _begun(work, jobs, workers, prepare) as futures:
        for future in futures:
            yield future.result()


@contextmanager
def _begun(
    work: Callable[..., T],
    jobs: Sequence[tuple[Any, ...]],
    workers: int,
    prepare: Callable[[], object] | None,
) -> Iterator[list[Future[T]]]:
    """The futures of all jobs; at the end of the block what is not done is given up."""
    others = set(active_children())
    pool = _pool(min(workers, len(jobs)), prepare)
    try:
        with interrupts_held_back():
            futures = [pool.submit(_do, work, *job) for job in jobs]
        yield futures
    finally:
        # Whoever stops the program need not wait for what the workers have begun.
        for worker in set(active_children()) - others:
            worker.terminate()
        pool.shutdown(cancel_futures=True)


def _pool(workers: int, prepare: Callable[[], object] | None) -> ProcessPoolExecutor:
    try:
        return ProcessPoolExecutor(workers, get_context("spawn"), _get_ready, (prepare,))
    except OSError as error:  # of the semaphores, which does not tell where they lie
        reason = f"processes cannot share memory here ({error.strerror})"
        raise OSError(error.errno, reason, SHARED_MEMORY) from error


class _Worker:
    """How a worker ends at SIGTERM: what it does is left through every ``finally``, so that its
    own children end, too; what waits is not begun; then the pool lets it go.

    To die at once would leave those children, and semaphores.
    """

    def __init__(self) -> None:
        self._is_leaving = False
        self._is_busy = False
        self._is_orphan = False

    def get_ready(self, prepare: Callable[[], object] | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
        signal.signal(signal.SIGTERM, self._leave)
        self.follow_the_parent()
        if prepare is not None:
            prepare()

    def do(self, work: Callable[..., T], *job: Any) -> T:
        if self._is_leaving:
            raise SystemExit
        self._is_busy = True
        try:
            return work(*job)
        finally:
            self._is_busy = False
            if self._is_orphan:  # the pool would wait for more for ever
                os._exit(1)

    def _leave(self, number: int, frame: FrameType | None) -> None:
        was_leaving, self._is_leaving = self._is_leaving, True
        if self._is_busy and not was_leaving:
            raise SystemExit(128 + number)

    def follow_the_parent(self) -> None:
        """Leave when the parent dies without a word; only Linux tells."""
        if sys.platform.startswith("linux"):
            signal.signal(signal.SIGUSR1, self._leave_as_orphan)
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGUSR1)
            parent = parent_process()
            if parent is not None and os.getppid() != parent.pid:
                os._exit(1)  # it died before we listened

    def _leave_as_orphan(self, number: int, frame: FrameType | None) -> None:
        self._is_orphan = True
        if not self._is_busy:
            os._exit(1)
        raise SystemExit(128 + number)


_worker = _Worker()


def _get_ready(prepare: Callable[[], object] | None) -> None:
    _worker.get_ready(prepare)


def _do(work: Callable[..., T], *job: Any) -> T:
    return _worker.do(work, *job)
