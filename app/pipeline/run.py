"""One source from its opening to its end: two threads and what stands between them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app.pipeline.board import Board
from app.pipeline.choice import Choice
from app.pipeline.clock import Clock
from app.pipeline.ensemble import Ensemble
from app.pipeline.faults import Fault, fault_of
from app.pipeline.filtering import seen_through
from app.pipeline.networks import Networks
from app.pipeline.reader import OpenSource, Reader
from app.pipeline.slice_queue import SliceQueue
from app.pipeline.slowness import Slowness
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.stats import Meter
from app.pipeline.wishes import Wishes
from app.pipeline.worker import OnRecognitions, Worker
from app.settings import Settings
from app.sources.contract import SourceInfo


class Run:
    """Starts at once; ends by ``close``, or by itself when a part of it fails.

    ``info`` is known beforehand of a source that is open already. Without ``pictures``, what is
    taken has decisions and figures only.
    """

    def __init__(
        self,
        open_source: OpenSource,
        choice: Choice,
        networks: Networks,
        settings: Settings,
        on_recognitions: OnRecognitions | None,
        speed: float | None,
        loop: bool,
        info: SourceInfo | None = None,
        *,
        pictures: bool = True,
        wishes: Wishes,
    ) -> None:
        stream = settings.stream
        self.clock = Clock(speed)
        self._choice = choice
        self._queue = SliceQueue(stream.backlog_ms * 1_000, lambda: self.clock.seeking)
        self._board = Board(pictures=pictures)
        if info is not None:
            self._board.show_source(seen_through(wishes.filters, info))
        self._meter = Meter()
        self._slowness = Slowness()
        self.reader = Reader(
            open_source, stream.slice_ms * 1_000, self.clock, self._queue, self._board,
            self._meter, loop, settings.display.fading_ms * 1_000, wishes,
        )  # fmt: skip
        ensemble = Ensemble(choice, networks, self._board, settings, self._queue.nudge, wishes)
        worker = Worker(ensemble, self._queue, self._board, self._meter, on_recognitions)
        self._stopped = False
        self._threads: list[threading.Thread] = []
        self._spawn(self.reader.run, "reading the source")
        self._spawn(worker.run, "recognition")

    def _spawn(self, body: Callable[[], None], doing: str) -> None:
        # Daemons: a thread that hangs in a foreign library must not keep the program alive.
        thread = threading.Thread(target=self._guard, args=(body, doing), name=doing, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _guard(self, body: Callable[[], None], doing: str) -> None:
        """The top of every thread: what goes wrong becomes one sentence on the board."""
        try:
            body()
        # Everything: a thread that died in silence would leave a window that waits for ever.
        except Exception as error:  # noqa: BLE001
            self._fail(fault_of(error, doing))

    def _fail(self, fault: Fault) -> None:
        if self._stopped:
            return  # a source that is closed while it is read may well complain
        self._board.show_failure(fault.sentence, is_ours=fault.is_ours)
        self._end()

    def close(self) -> None:
        """Ask everything to end; returns at once and may be called again."""
        if self._stopped:
            return
        self._stopped = True
        self._end()

    def _end(self) -> None:
        self.clock.close()
        self._queue.close()
        # In a thread of its own, as a source may take its time to close or never manage.
        self._spawn(self.reader.close, "closing the source")

    def join(self, deadline_s: float) -> bool:
        """Wait until every thread has ended, until ``deadline_s`` on the monotonic clock."""
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return not self.alive

    @property
    def alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    @property
    def info(self) -> SourceInfo | None:
        return self._board.info

    @property
    def state(self) -> PipelineState:
        if self._stopped:
            return PipelineState.STOPPED
        if self._board.failure is not None:
            return PipelineState.FAILED
        if self._board.info is None:
            return PipelineState.STARTING
        if self._queue.drained:
            return PipelineState.FINISHED
        return PipelineState.PAUSED if self.clock.paused else PipelineState.PLAYING

    @property
    def has_source(self) -> bool:
        """Whether its source is open and has not failed."""
        return self.state in (PipelineState.PLAYING, PipelineState.PAUSED, PipelineState.FINISHED)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself: what was held is still looked at."""
        state = self.state
        return state is PipelineState.FAILED or (
            state is PipelineState.FINISHED and not self.clock.paused
        )

    @property
    def _lost_events(self) -> int:
        info = self._board.info
        return self._queue.dropped_events + (0 if info is None else info.lost_events)

    def update_systems(self) -> None:
        """The choice has changed."""
        self._queue.nudge()

    def seek(self, t_us: int) -> None:
        self.clock.seek(t_us)
        self._queue.wake()

    def wait(self, timeout_s: float | None) -> bool:
        """Wait until the run has finished, failed or been closed."""
        return self._queue.wait_drained(timeout_s)

    def take(self) -> Snapshot:
        stats = self._meter.stats(
            self._queue.backlog_us, *self._queue.dropped, lost_events=self._lost_events
        )
        taken = self._board.take(self.state, stats, *self._choice.state, self.clock.target_us)
        taken = replace(taken, filters=self.reader.filtering.report)
        if taken.info is None or not taken.info.is_live:
            return taken  # a recording waits for the network
        self._slowness.see(stats, time.monotonic())
        return replace(taken, too_slow=self._slowness.sentence)
