"""The event rate over a whole recording, counted beside playback by a reader of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from app.pipeline.faults import fault_of
from app.sources.contract import EventSource, SourceInfo

BINS = 1_000
# After each batch, whoever plays has this many times as long for itself.
REST = 1.5
LEAST_REST_S = 0.002

OpenSource = Callable[[], EventSource]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known by now of a recording that reaches from ``start_us`` over ``duration_us``.

    ``counts`` is (2, B) int64, events per polarity (0 = OFF) in bins of ``bin_us``, of which the
    first ``counted`` are whole; ``is_whole`` says that all were read, ``note`` what was damaged,
    ``failure`` why the rest cannot be read.
    """

    start_us: int
    duration_us: int
    bin_us: int
    counts: np.ndarray = field(compare=False)
    counted: int = 0
    is_whole: bool = False
    note: str | None = None
    failure: str | None = None

    @property
    def rates(self) -> np.ndarray:
        """(counted,) events a second."""
        return self.counts[:, : self.counted].sum(axis=0) * (1e6 / self.bin_us)

    @property
    def events(self) -> tuple[int, int]:
        """How many OFF and ON events were counted."""
        off, on = self.counts.sum(axis=1).tolist()
        return off, on


def empty_overview(info: SourceInfo) -> Overview:
    """Nothing is counted yet of this recording."""
    duration_us = max(info.duration_us or 1, 1)
    bin_us = -(-duration_us // BINS)
    bins = -(-duration_us // bin_us)
    counts = np.zeros((2, bins), np.int64)
    return Overview(info.start_us or 0, duration_us, bin_us, counts)


class Surveyor:
    """Reads the recording that ``open_source`` opens, in a thread; ``close`` ends it early.

    The source should be one that takes the processor only when nobody else does.
    """

    def __init__(self, open_source: OpenSource) -> None:
        self._open_source = open_source
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._overview: Overview | None = None
        self._source: EventSource | None = None
        self._threads: list[threading.Thread] = []
        self._spawn(self._run, "surveying")

    def _spawn(self, body: Callable[[], None], doing: str) -> None:
        thread = threading.Thread(target=body, name=doing, daemon=True)
        self._threads.append(thread)
        thread.start()

    def take(self) -> Overview | None:
        """What is known by now, none before the source is open."""
        with self._lock:
            return self._overview

    @property
    def alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def close(self) -> None:
        """Ask it to end; returns at once and may be called again."""
        if not self._closed.is_set():
            self._closed.set()
            self._spawn(self._close_source, "closing a source")  # which may take its time

    def join(self, deadline_s: float) -> bool:
        """Wait until it has ended, until ``deadline_s`` on the monotonic clock; false if not."""
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return not self.alive

    def _close_source(self) -> None:
        with self._lock:
            source, self._source = self._source, None
        if source is not None:
            source.close()

    def _run(self) -> None:
        try:
            source = self._open_source()
            with self._lock:
                self._source = source
            if not self._closed.is_set():
                self._read(source)
        # Everything: this is the top of a thread, and a missing picture must not end playback.
        except Exception as error:  # noqa: BLE001
            self._fail(fault_of(error, "surveying the recording").sentence)
        finally:
            self._close_source()

    def _fail(self, sentence: str) -> None:
        with self._lock:
            if self._overview is not None and not self._closed.is_set():
                self._overview = replace(self._overview, failure=sentence)

    def _read(self, source: EventSource) -> None:
        overview = empty_overview(source.info)
        counts = overview.counts
        self._show(overview, counts, 0)
        began_s = time.monotonic()
        for batch in source.batches():
            if self._closed.is_set():
                return
            if batch.events.size:
                newest = _count(batch.events, overview, counts)
                self._show(overview, counts, newest)
            busy_s = time.monotonic() - began_s
            self._closed.wait(max(REST * busy_s, LEAST_REST_S))
            began_s = time.monotonic()
        whole = replace(overview, is_whole=True, note=source.info.note)
        self._show(whole, counts, counts.shape[1])

    def _show(self, overview: Overview, counts: np.ndarray, counted: int) -> None:
        with self._lock:
            self._overview = replace(overview, counts=counts.copy(), counted=counted)


def _count(events: np.ndarray, overview: Overview, counts: np.ndarray) -> int:
    """Add (N,) events to ``counts``; returns the bin of the last one."""
    bins = counts.shape[1]
    places = (events["t"] - overview.start_us) // overview.bin_us
    places = np.clip(places, 0, bins - 1) + bins * events["p"].astype(np.int64)
    counts += np.bincount(places, minlength=2 * bins).reshape(2, bins)
    return int(places[-1]) % bins
