"""The worker thread's body: takes slices, recognises, tells the board."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.events import EventSlice
from app.pipeline.board import Board
from app.pipeline.ensemble import Ensemble, Work
from app.pipeline.slice_queue import SliceQueue
from app.pipeline.stats import Meter
from app.recognition.decision import Recognition

# A worker that is behind takes this much sensor time at once: enough to gain from longer chunks,
# short enough for the screen and for stopping.
CHUNK_US = 40_000

OnRecognitions = Callable[[list[Recognition]], None]


class Worker:
    """Runs until the queue is closed."""

    def __init__(
        self,
        ensemble: Ensemble,
        queue: SliceQueue,
        board: Board,
        meter: Meter,
        on_recognitions: OnRecognitions | None,
    ) -> None:
        self._ensemble = ensemble
        self._queue = queue
        self._board = board
        self._meter = meter
        self._on_recognitions = on_recognitions
        self._ready_s = 0.0

    def run(self) -> None:
        """The thread's body; the network is loaded first, while events already show.

        Raises:
            ModelError: the first network cannot be loaded or run.
            SourceError: the first network cannot be fitted to the source.
        """
        with self._ensemble:
            while not self._ensemble.update():
                if not self._queue.wait_nudged():
                    return
            self._ready_s = time.monotonic()
            while (slices := self._queue.take_all(CHUNK_US)) is not None:
                self._ensemble.update()
                if slices:
                    self._process(slices)

    def _process(self, slices: list[EventSlice]) -> None:
        works = self._ensemble.process(slices)
        done_s = time.monotonic()
        self._board.show_stretches([work.stretches for work in works])
        if self._on_recognitions:
            for stretch in works[0].stretches:
                self._on_recognitions(stretch.recognitions)
        # What came in while the network was loading counts from when it was there.
        arrived_s = [max(slice_.arrived_s, self._ready_s) for slice_ in slices]
        sensor_us = sum(slice_.duration_us for slice_ in slices)
        busy_s = {work.system: work.busy_s for work in works}
        operations = _operations(works[0])
        self._meter.decided(arrived_s, sensor_us, busy_s, done_s, operations)


def _operations(work: Work) -> int | None:
    """How many synaptic operations a system made, none if it does not count them."""
    counted = [stretch.output.synaptic_operations for stretch in work.stretches]
    known = [int(each.sum()) for each in counted if each is not None]
    return sum(known) if known else None
