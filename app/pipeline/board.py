"""The mailbox between the pipeline and the screen: the screen takes, nobody waits for it.

Event counts, spikes and decisions accumulate until they are taken, all in bounded memory however
long nobody takes them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.events import EventSlice
from app.pipeline.event_counts import EventCounts
from app.pipeline.fresh_events import FreshEvents
from app.pipeline.raster import Raster
from app.pipeline.snapshot import UNDER_WAY, PipelineState, Reading, Snapshot, Stats
from app.pipeline.systems import System, Systems
from app.pipeline.watched import WatchedTrail
from app.recognition.decision import Recognition
from app.recognition.encoding import Region
from app.recognition.recognizer import Stretch
from app.sources.contract import SourceInfo
from models.spec import ModelSpec

# Decisions that are kept for a screen that does not take them, one a tick.
MOST_RECENT = 10_000


def _recent() -> deque[Recognition]:
    return deque(maxlen=MOST_RECENT)


@dataclass(slots=True)
class _Column:
    """What one system has written since the last take."""

    system: System
    spec: ModelSpec
    keeps_pictures: bool
    raster: Raster = field(default_factory=Raster)
    watched: WatchedTrail = field(default_factory=WatchedTrail)
    recognition: Recognition | None = None
    recent: deque[Recognition] = field(default_factory=_recent)
    restarted: bool = True  # what the screen showed before belongs to another system or run

    def add(self, stretch: Stretch) -> None:
        if stretch.restarted:
            self.forget()
        if self.keeps_pictures:
            self.raster.add(stretch.t_start_us, stretch.tick_us, stretch.output)
            self.recent.extend(stretch.recognitions)
            self.watched.add(stretch.watched)
        self.recognition = stretch.recognitions[-1]

    def forget(self) -> None:
        self.raster.clear()
        self.watched.clear()
        self.recognition, self.restarted = None, True

    def take(self) -> Reading:
        restarted, self.restarted = self.restarted, False
        recent, self.recent = tuple(self.recent), _recent()
        return Reading(
            self.system, self.spec, self.recognition, self.raster.take(), restarted,
            self.watched.take(), recent,
        )  # fmt: skip


class Board:
    """The newest picture of one run; any thread may write and take.

    Without ``pictures``, neither events, spikes nor older decisions are kept for the screen.
    """

    def __init__(self, *, pictures: bool = True) -> None:
        self._pictures = pictures
        self._lock = threading.Lock()
        self._info: SourceInfo | None = None
        self._counts: EventCounts | None = None
        self._fresh = FreshEvents()
        self._columns: list[_Column] = []
        self._restarted = True  # what the screen showed before belongs to another run
        self._position_us: int | None = None
        self._region: Region | None = None
        self._still: Snapshot | None = None  # what was shown before a place was sought
        self._failure: str | None = None
        self._failure_is_ours = False

    def show_source(self, info: SourceInfo) -> None:
        """The source is open, or its note has changed, or it came back with another sensor."""
        with self._lock:
            is_other = self._info is None or self._info.resolution != info.resolution
            self._info = info
            if is_other:
                self._region = None
            if is_other and self._pictures:
                self._counts, self._restarted = EventCounts(info.resolution), True
                self._fresh = FreshEvents()

    def show_region(self, region: Region) -> None:
        """The networks see this part of the sensor."""
        with self._lock:
            self._region = region

    def show_systems(self, systems: Iterable[tuple[System, ModelSpec]]) -> None:
        """These are at work from now on, the leading one first."""
        with self._lock:
            known = {column.system: column for column in self._columns}
            self._columns = [
                known.get(system) or _Column(system, spec, self._pictures)
                for system, spec in systems
            ]

    def show_events(self, slice_: EventSlice) -> None:
        """A slice came in from the source."""
        with self._lock:
            self._position_us = slice_.t_end_us
            if self._counts is not None:
                self._counts.add(slice_.events)
                self._fresh.add(slice_.events)

    def show_stretches(self, stretches: Sequence[Sequence[Stretch]]) -> None:
        """Each system at work, in their order, has been through these stretches of ticks."""
        with self._lock:
            for column, own in zip(self._columns, stretches, strict=True):
                for stretch in own:
                    column.add(stretch)
                    self._restarted |= stretch.restarted

    def forget_events(self) -> None:
        """Events shown from here on belong to another place of the recording."""
        with self._lock:
            self._restarted = True
            if self._counts is not None:
                self._counts.take()
                self._fresh.take()

    def show_nothing(self, t_us: int) -> None:
        """There is nothing at this place of the recording, nor just before it."""
        with self._lock:
            self._position_us, self._restarted = t_us, True
            for column in self._columns:
                column.forget()

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

    def take(
        self,
        state: PipelineState,
        stats: Stats,
        chosen: Systems = (),
        refusal: str | None = None,
        seeking_us: int | None = None,
    ) -> Snapshot:
        """Everything since the last take; on the way to ``seeking_us``, what was there before."""
        with self._lock:
            if seeking_us is None or self._still is None:
                self._still = self._take_pictures(state, stats)
                shown = self._still
            else:
                shown = self._still = self._still.at_rest
            info = self._info
            return replace(
                shown,
                state=state,
                info=info,
                stats=stats,
                seeking_us=seeking_us,
                chosen=chosen,
                refusal=refusal,
                failure=self._failure,
                failure_is_ours=self._failure_is_ours,
                notice=info.note if info else None,
                loading=self._loading(state),
                region=self._region,
            )

    def _take_pictures(self, state: PipelineState, stats: Stats) -> Snapshot:
        restarted, self._restarted = self._restarted, False
        return Snapshot(
            state=state,
            info=self._info,
            counts=self._counts.take() if self._counts else None,
            events=self._fresh.take(),
            readings=tuple(column.take() for column in self._columns),
            restarted=restarted,
            stats=stats,
            position_us=self._position_us,
        )

    def _loading(self, state: PipelineState) -> str | None:
        if state not in UNDER_WAY:
            return None
        if self._info is None:
            return "source"
        return None if self._columns else "network"
