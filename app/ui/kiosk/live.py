"""The source before the booth, kept alive for ever: opened again and again whenever it is lost."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from app.booth.scene import Feed
from app.pipeline.snapshot import PipelineState, Snapshot
from app.recognition.decision import Recognition
from app.ui.logic.pipeline_port import OpenSource, PipelinePort

log = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 5.0
ENDED = (PipelineState.FAILED, PipelineState.FINISHED, PipelineState.STOPPED)
# A live source that says nothing is lost; sooner, if it says itself that something is wrong.
SILENT_S, TROUBLED_S = 3.0, 1.0
# Its own reader opens it again too, and is left to it for longer when it says that it does.
REOPEN_S, REOPEN_TROUBLED_S = 10.0, 30.0


class Tally:
    """Counts every decision, and those for a gesture; called by the worker thread alone."""

    def __init__(self) -> None:
        self.count = 0
        self.named = 0

    def __call__(self, recognitions: list[Recognition]) -> None:
        self.count += len(recognitions)
        self.named += sum(each.gesture is not None for each in recognitions)


class Live:
    """Plays one source; to be looked at by ``take`` many times a second.

    ``attempts`` counts how often the source has been opened, ``dropped`` the slices lost.
    """

    def __init__(
        self,
        open_source: OpenSource,
        build_pipeline: Callable[[OpenSource], PipelinePort],
        tally: Tally,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.attempts = 0
        self.dropped = 0
        self.feed = Feed.NONE
        self._open_source = open_source
        self._build_pipeline = build_pipeline
        self._pipeline: PipelinePort | None = None
        self._tally = tally
        self._clock = clock
        self._snapshot: Snapshot | None = None
        self._pause_s = FIRST_PAUSE_S
        self._retry_s: float | None = None
        self._told: str | None = None
        self._was_heard = False

    def start(self) -> None:
        """Open the source."""
        self._open()

    def take(self) -> Snapshot | None:
        """The newest snapshot, none before ``start``; opens the source again when it is time."""
        if self._pipeline is None:
            return None
        self._snapshot = snapshot = self._pipeline.take()
        now_s = self._clock()
        self._listen(snapshot, now_s)
        self.feed = self._feed(snapshot, now_s)
        self._look_after(snapshot, now_s)
        return snapshot

    @property
    def decisions(self) -> int:
        """How many ticks have been decided."""
        return self._tally.count

    @property
    def named(self) -> int:
        """In how many of them a gesture was decided on."""
        return self._tally.named

    @property
    def waiting(self) -> str | None:
        """What a decision waits for: "loading", "source" or nothing."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.loading == "network":
            return "loading"
        if snapshot.loading == "source" and self.attempts == 1:
            return "loading"
        return "source" if self.feed is not Feed.EVENTS else None

    def stop(self, timeout_s: float) -> bool:
        """End it; false if something did not end in time."""
        return self._pipeline is None or self._pipeline.stop(timeout_s)

    def _open(self) -> None:
        self.attempts += 1
        self._retry_s = None
        self._events = self._dropped_here = 0
        self._heard_s = self._clock()
        if self._pipeline is None:
            self._pipeline = self._build_pipeline(self._open_source)
            self._pipeline.start()
        else:
            # A camera can be open only once, so the run that lost it goes first.
            self._pipeline.replace_source(self._open_source, at_once=True)

    def _listen(self, snapshot: Snapshot, now_s: float) -> None:
        stats = snapshot.stats
        if stats.events > self._events:
            self._heard_s, self._was_heard = now_s, True
            self._pause_s, self._told = FIRST_PAUSE_S, None
        self._events = stats.events
        self.dropped += max(stats.dropped_slices - self._dropped_here, 0)
        self._dropped_here = stats.dropped_slices

    def _feed(self, snapshot: Snapshot, now_s: float) -> Feed:
        absent = Feed.LOST if self._was_heard else Feed.NONE
        if snapshot.info is None or snapshot.state in ENDED or not self._events:
            return absent
        silent_s = now_s - self._heard_s
        if snapshot.info.is_live and silent_s > (TROUBLED_S if snapshot.notice else SILENT_S):
            return absent
        return Feed.EVENTS

    def _look_after(self, snapshot: Snapshot, now_s: float) -> None:
        if snapshot.state not in ENDED:
            self._retry_s = None
            self._look_after_silence(snapshot, now_s)
        elif self._retry_s is None:
            self._retry_s = now_s + self._pause_s
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
            self._tell(snapshot.failure or "the source has ended")
        elif now_s >= self._retry_s:
            self._open()

    def _look_after_silence(self, snapshot: Snapshot, now_s: float) -> None:
        if snapshot.info is None or not snapshot.info.is_live:
            return
        limit_s = REOPEN_TROUBLED_S if snapshot.notice else REOPEN_S
        if now_s - self._heard_s > limit_s:
            self._tell(snapshot.notice or "the source says nothing")
            self._open()

    def _tell(self, reason: str) -> None:
        """Say it once, not with every attempt."""
        if reason != self._told:
            self._told = reason
            log.warning("%s; it is opened again", reason)
