"""The worker thread's body: takes slices, recognises, tells the board."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.events import EventSlice
from app.pipeline.board import Board
from app.pipeline.network import SharedNetwork
from app.pipeline.slice_queue import SliceQueue
from app.pipeline.stats import Meter
from app.recognition.decision import Recognition, SlidingWindow
from app.recognition.encoding import Encoder
from app.recognition.recognizer import NetworkSession, Recognizer
from app.recognition.slicer import TICK_US
from app.settings import Settings
from app.sources.contract import SourceError, SourceInfo
from models.spec import ModelError

# A worker that is behind takes this much sensor time at once: enough to gain from longer chunks,
# short enough for the screen and for stopping.
CHUNK_US = 40_000

OnRecognitions = Callable[[list[Recognition]], None]


def make_recognizer(network: NetworkSession, info: SourceInfo, settings: Settings) -> Recognizer:
    """Fit a network to a source.

    Raises:
        ModelError: slices are not whole ticks of this network.
        SourceError: the region lies outside this sensor.
    """
    spec, vote = network.spec, settings.vote
    if TICK_US % spec.tick_us:
        raise ModelError(f"expected a tick that divides {TICK_US} us, got {spec.tick_us} us")
    try:
        encoder = Encoder(info.resolution, spec.input_shape, settings.stream.region, spec.tick_us)
    except ValueError as error:
        raise SourceError(str(error)) from error
    window_ticks = vote.window_ms * 1_000 // spec.tick_us
    window = SlidingWindow(
        len(spec.classes), window_ticks, vote.min_share, vote.min_count, spec.calibration
    )
    return Recognizer(network, encoder, window)


class Worker:
    """Runs until the queue is closed."""

    def __init__(
        self,
        network: SharedNetwork,
        settings: Settings,
        queue: SliceQueue,
        board: Board,
        meter: Meter,
        on_recognitions: OnRecognitions | None,
    ) -> None:
        self._network = network
        self._settings = settings
        self._queue = queue
        self._board = board
        self._meter = meter
        self._on_recognitions = on_recognitions
        self._ready_s = 0.0

    def run(self) -> None:
        """The thread's body; loads the network first, while events already show.

        Raises:
            ModelError: the network cannot be loaded or run.
            SourceError: the network cannot be fitted to the source.
        """
        with self._network.borrow() as network:
            self._ready_s = time.monotonic()
            self._board.show_network(network.spec)
            recognizer: Recognizer | None = None
            while (slices := self._queue.take_all(CHUNK_US)) is not None:
                if slices:  # none: the end of the recording, of which the queue has taken note
                    recognizer = recognizer or self._fit(network)
                    self._process(recognizer, slices)

    def _fit(self, network: NetworkSession) -> Recognizer:
        info = self._board.info
        assert info is not None, "slices come from an open source"
        return make_recognizer(network, info, self._settings)

    def _process(self, recognizer: Recognizer, slices: list[EventSlice]) -> None:
        began_s = time.monotonic()
        stretches = recognizer.process_many(slices)
        done_s = time.monotonic()
        for stretch in stretches:
            self._board.show_stretch(stretch)
            if self._on_recognitions:
                self._on_recognitions(stretch.recognitions)
        # What came in while the network was loading counts from when it was there.
        arrived_s = [max(slice_.arrived_s, self._ready_s) for slice_ in slices]
        sensor_us = sum(slice_.duration_us for slice_ in slices)
        self._meter.decided(arrived_s, sensor_us, began_s, done_s)
