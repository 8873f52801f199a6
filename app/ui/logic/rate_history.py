"""The last half minute as rates: events, spikes per layer and system, latency. Knows no Qt.

sensor time  ->  | 0 | 1 | 2 | ... | n-1 |     bin number = t // BIN_US
kept at          bin number modulo n, with the number it stands for
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.pipeline.snapshot import RasterChunk, Reading, Snapshot
from app.pipeline.systems import System
from app.ui.logic.words import spelled
from models.naming import model_name

BIN_US = 100_000
BINS = 300
# A recording that is played fast passes several bins between two snapshots; its rate, a mean of
# half a second, stands for those, but not for more than that.
CARRIED_BINS = 10
NO_BIN = -1  # sensor time is never negative


class RateRing:
    """Means per bin, weighted; a bin that nothing came into is unknown."""

    def __init__(self) -> None:
        self._sum = np.zeros(BINS)
        self._weight = np.zeros(BINS)
        self._number = np.full(BINS, NO_BIN)

    def add(self, number: int, amount: float, weight: float) -> None:
        """Add to the bin ``number``, in which nothing older is kept."""
        place = number % BINS
        if self._number[place] != number:
            self._number[place] = number
            self._sum[place] = self._weight[place] = 0.0
        self._sum[place] += amount
        self._weight[place] += weight

    def until(self, end: int) -> np.ndarray:
        """(BINS,) the means of the bins before ``end``, oldest first, nan where unknown."""
        numbers = np.arange(end - BINS, end)
        place = numbers % BINS
        weight = np.where(self._number[place] == numbers, self._weight[place], 0.0)
        means = np.full(BINS, np.nan)
        return np.divide(self._sum[place], weight, out=means, where=weight > 0)


@dataclass(frozen=True, slots=True)
class Layers:
    """Spikes a second of one system, (BINS,) each; ``hidden`` is none if no such layer spikes."""

    name: str
    output: np.ndarray
    hidden: np.ndarray | None


class _Spikes:
    """Spike rates of the two layers of one system."""

    def __init__(self) -> None:
        self.output, self.hidden = RateRing(), RateRing()
        self.has_hidden = False

    def add(self, chunk: RasterChunk) -> None:
        """Sum the spikes of the ticks in every bin, over the time of these ticks."""
        bins = (chunk.t_us + chunk.tick_us * np.arange(len(chunk.output))) // BIN_US
        starts = np.flatnonzero(np.diff(bins, prepend=bins[:1] - 1))
        if not starts.size:
            return
        self.has_hidden = chunk.hidden.shape[1] > 0
        seconds = np.diff(starts, append=len(bins)) * chunk.tick_us / 1e6
        for ring, spikes in ((self.output, chunk.output), (self.hidden, chunk.hidden)):
            sums = np.add.reduceat(spikes.sum(axis=1, dtype=np.int64), starts)
            for number, count, length_s in zip(bins[starts], sums, seconds, strict=True):
                ring.add(int(number), float(count), float(length_s))


class RateHistory:
    """Takes every snapshot; a seek and another source begin anew, a pause holds what is there."""

    def __init__(self) -> None:
        self._source: str | None = None
        self._readings: tuple[Reading, ...] = ()
        self._begin()

    def _begin(self) -> None:
        self._events, self._median, self._late = RateRing(), RateRing(), RateRing()
        self._spikes: dict[System, _Spikes] = {}
        self._first: int | None = None
        self._position_us: int | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add what is new in ``snapshot``."""
        source = snapshot.info.name if snapshot.info is not None else None
        if snapshot.restarted or source != self._source:
            self._source = source
            self._begin()
        self._readings = snapshot.readings
        for reading in snapshot.readings:
            spikes = self._spikes.setdefault(reading.system, _Spikes())
            for chunk in reading.raster:
                spikes.add(chunk)
        if snapshot.position_us is not None and snapshot.position_us != self._position_us:
            self._add_figures(snapshot, snapshot.position_us)

    def _add_figures(self, snapshot: Snapshot, position_us: int) -> None:
        """The figures as they are now, for all the time since the last ones if that is little."""
        number = max(position_us - 1, 0) // BIN_US
        last = number if self._position_us is None else max(self._position_us - 1, 0) // BIN_US
        first = last + 1 if number - CARRIED_BINS <= last < number else number
        self._position_us = position_us
        if self._first is None:
            self._first = number
        stats = snapshot.stats
        for each in range(first, number + 1):
            self._events.add(each, stats.event_rate, 1.0)
            for ring, value in (
                (self._median, stats.latency_ms_p50),
                (self._late, stats.latency_ms_p99),
            ):
                if value is not None:
                    ring.add(each, value, 1.0)

    @property
    def bins(self) -> int:
        """How many whole bins have passed since the beginning, ``BINS`` at most."""
        return 0 if self._first is None else min(self._end - self._first, BINS)

    @property
    def events(self) -> np.ndarray:
        """(BINS,) events a second."""
        return self._events.until(self._end)

    @property
    def latencies_ms(self) -> tuple[np.ndarray, np.ndarray]:
        """(BINS,) median and 99th percentile of the time to a decision."""
        return self._median.until(self._end), self._late.until(self._end)

    @property
    def layers(self) -> tuple[Layers, ...]:
        """Spikes a second of the systems at work, the leading one first."""
        return tuple(self._layers_of(reading) for reading in self._readings)

    def _layers_of(self, reading: Reading) -> Layers:
        spikes = self._spikes.get(reading.system) or _Spikes()
        hidden = spikes.hidden.until(self._end) if spikes.has_hidden else None
        name = spelled(model_name(reading.spec.name, reading.spec.system))
        return Layers(name, spikes.output.until(self._end), hidden)

    @property
    def _end(self) -> int:
        """The bin that is not whole yet."""
        return 0 if self._position_us is None else self._position_us // BIN_US
