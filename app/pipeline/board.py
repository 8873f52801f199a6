"""The mailbox between the pipeline and the screen: the screen takes, nobody waits for it.

Event counts and spikes accumulate until they are taken, both in bounded memory however long
nobody takes them; of the decisions the newest wins.
"""

from __future__ import annotations

import threading

from app.events import EventSlice
from app.pipeline.event_counts import EventCounts
from app.pipeline.raster import Raster
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.recognition.decision import Recognition
from app.recognition.recognizer import Stretch
from app.sources.contract import SourceInfo
from models.spec import ModelSpec


class Board:
    """The newest picture of one run; any thread may write and take."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._info: SourceInfo | None = None
        self._spec: ModelSpec | None = None
        self._counts: EventCounts | None = None
        self._raster = Raster()
        self._restarted = True  # what the screen showed before belongs to another run
        self._recognition: Recognition | None = None
        self._position_us: int | None = None
        self._failure: str | None = None
        self._failure_is_ours = False

    def show_source(self, info: SourceInfo) -> None:
        """The source is open, or its note has changed."""
        with self._lock:
            self._info = info
            if self._counts is None:
                self._counts = EventCounts(info.resolution)

    def show_network(self, spec: ModelSpec) -> None:
        """The network is loaded."""
        with self._lock:
            self._spec = spec

    def show_events(self, slice_: EventSlice) -> None:
        """A slice came in from the source."""
        with self._lock:
            self._position_us = slice_.t_end_us
            if self._counts is not None:
                self._counts.add(slice_.events)

    def show_stretch(self, stretch: Stretch) -> None:
        """The network has been through a stretch of ticks."""
        with self._lock:
            if stretch.restarted:
                self._raster.clear()
                self._restarted = True
            self._raster.add(stretch.t_start_us, stretch.tick_us, stretch.output)
            self._recognition = stretch.recognitions[-1]

    def show_failure(self, sentence: str, *, is_ours: bool = False) -> None:
        """Something cannot go on; the first to say so is the cause."""
        with self._lock:
            if self._failure is None:
                self._failure, self._failure_is_ours = sentence, is_ours

    @property
    def info(self) -> SourceInfo | None:
        with self._lock:
            return self._info

    @property
    def failure(self) -> str | None:
        with self._lock:
            return self._failure

    def take(self, state: PipelineState, stats: Stats) -> Snapshot:
        """Everything since the last take."""
        with self._lock:
            info, spec = self._info, self._spec
            snapshot = Snapshot(
                state=state,
                info=info,
                model_name=spec.name if spec else None,
                classes=spec.classes if spec else (),
                counts=self._counts.take() if self._counts else None,
                raster=self._raster.take(),
                restarted=self._restarted,
                recognition=self._recognition,
                stats=stats,
                position_us=self._position_us,
                failure=self._failure,
                failure_is_ours=self._failure_is_ours,
                notice=info.note if info else None,
                loading=self._loading(state),
            )
            self._restarted = False
            return snapshot

    def _loading(self, state: PipelineState) -> str | None:
        if state not in (PipelineState.STARTING, PipelineState.PLAYING, PipelineState.PAUSED):
            return None
        if self._info is None:
            return "source"
        return "network" if self._spec is None else None
