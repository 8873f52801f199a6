"""Recordings of gestures to be looked at: read once in the background, shown at any time.

No network sees them. An event takes 8 bytes, and a recording is cut off at ``MOST_EVENTS``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.events import EventBatch, Resolution
from app.sources.bundled import bundled_recordings, gesture_of
from app.sources.contract import EventSource, FileSpec, SourceError
from app.sources.hosting.host import HostedSource

log = logging.getLogger(__name__)

MOST_EVENTS = 2_000_000
# Whoever has not asked for longer than this sees the last moment only, not a heap of events.
LONGEST_FRAME_US = 100_000
MOST_COUNT = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class Performance:
    """One recording: when (N,) and in which cell (N,) of (2, H, W) its events are."""

    gesture: str
    resolution: Resolution
    t_us: np.ndarray
    cell: np.ndarray
    duration_us: int

    def counts(self, from_us: int, to_us: int) -> np.ndarray:
        """(2, H, W) uint16 events per polarity, 0 = OFF, of this stretch of time."""
        shape = (2, self.resolution.height, self.resolution.width)
        first, last = np.searchsorted(self.t_us, (from_us, to_us))
        counts = np.bincount(self.cell[first:last], minlength=shape[0] * shape[1] * shape[2])
        return np.minimum(counts, MOST_COUNT).astype(np.uint16).reshape(shape)


@dataclass(frozen=True, slots=True)
class ReelFrame:
    """What to draw: events since the last frame, and how far it is, 0..1.

    ``restarted`` says that what was drawn before belongs to another time or gesture.
    """

    gesture: str
    counts: np.ndarray
    position: float
    restarted: bool


class Showreel:
    """Performances, in the order of ``specs``; all methods but the reading are for one thread."""

    def __init__(
        self,
        specs: Sequence[FileSpec] | None = None,
        open_source: Callable[[FileSpec], EventSource] = HostedSource,
    ) -> None:
        self._specs = bundled_recordings() if specs is None else list(specs)
        self._open_source = open_source
        self._ready: dict[str, Performance] = {}
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._source: EventSource | None = None
        self._playing: Performance | None = None
        self._began_s = 0.0
        self._shown_us = 0

    def start(self) -> None:
        """Begin to read; what has been read can be shown at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._read_all, name="showreel", daemon=True)
            self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> bool:
        """End the reading; false if it did not end in time."""
        with self._lock:
            self._stopped = True
            source = self._source
        if source is not None:
            source.close()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def gestures(self) -> tuple[str, ...]:
        """Those that can be shown by now."""
        return tuple(self._ready)

    def frame(self, now_s: float, gesture: str | None = None) -> ReelFrame | None:
        """The next picture of ``gesture``, or of all in turn; none while nothing is read yet.

        A gesture that there is no recording of is played by the one that plays already.
        """
        if not self._ready:
            return None
        wanted = self._ready.get(gesture or "", self._playing) or next(iter(self._ready.values()))
        restarted = wanted is not self._playing
        if not restarted and now_s - self._began_s >= wanted.duration_us / 1e6:
            restarted, wanted = True, self._ready.get(gesture or "") or self._after(wanted)
        if restarted:
            self._playing, self._began_s, self._shown_us = wanted, now_s, 0
        to_us = round((now_s - self._began_s) * 1e6)
        from_us = max(self._shown_us, to_us - LONGEST_FRAME_US)
        self._shown_us = to_us
        counts = wanted.counts(from_us, to_us)
        return ReelFrame(wanted.gesture, counts, min(to_us / wanted.duration_us, 1.0), restarted)

    def _after(self, performance: Performance) -> Performance:
        ready = list(self._ready.values())
        return ready[(ready.index(performance) + 1) % len(ready)]

    # The thread's own

    def _read_all(self) -> None:
        for spec in self._specs:
            if self._stopped:
                return
            try:
                performance = self._read(spec)
            except SourceError as error:
                if not self._stopped:
                    log.warning("%s; it is not shown", error)
                continue
            if performance is not None:
                self._ready = {**self._ready, performance.gesture: performance}

    def _read(self, spec: FileSpec) -> Performance | None:
        """Read one recording; none if it is empty or not wanted any more.

        Raises:
            SourceError: it cannot be read.
        """
        source = self._open_source(spec)
        with self._lock:
            self._source = source
        try:
            if self._stopped:
                return None
            resolution, parts, size = source.info.resolution, [], 0
            for batch in source.batches():
                if self._stopped:
                    return None
                parts.append(_packed(batch, resolution))
                size += len(batch.events)
                if size >= MOST_EVENTS:
                    break
        finally:
            with self._lock:
                self._source = None
            source.close()
        return _joined(gesture_of(spec), resolution, parts) if size else None


def _packed(batch: EventBatch, resolution: Resolution) -> tuple[np.ndarray, np.ndarray]:
    events = batch.events
    row = events["p"].astype(np.uint32) * resolution.height + events["y"].astype(np.uint32)
    return events["t"].copy(), row * np.uint32(resolution.width) + events["x"].astype(np.uint32)


def _joined(
    gesture: str, resolution: Resolution, parts: list[tuple[np.ndarray, np.ndarray]]
) -> Performance:
    t_us = np.concatenate([t for t, _ in parts])
    since_us = (t_us - t_us[0]).astype(np.uint32)
    cell = np.concatenate([cell for _, cell in parts])
    return Performance(gesture, resolution, since_us, cell, int(since_us[-1]) + 1)
