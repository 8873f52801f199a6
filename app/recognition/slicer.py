"""Cuts a stream of event batches into slices of fixed length in sensor time.

::

    batches   [. .. ...]   [.. .]              [.   ..]
    slices    |--5ms--|--5ms--|--5ms--|--5ms--|--5ms--|
                                silent  silent

The grid is counted from the tick (a multiple of ``tick_us``) of the stream's first event; an event
exactly at ``t_end_us`` belongs to the next slice. Time never vanishes: unless a slice is
``restarted``, its ``t_start_us`` is the ``t_end_us`` of the one before plus its own ``gap_us``.
Only a slice beside a gap, at the end of a recording or where an anchor moves the grid is shorter
than ``slice_us``, and even that is a whole number of ticks.
"""

from __future__ import annotations

import numpy as np

from app.events import EventBatch, EventSlice, join_events

TICK_US = 1_000

# Silence is data and becomes empty slices. But no hand is this still: a longer jump of the clock
# means a damaged file or a suspended machine, and a 1 h jump would be 720,000 slices of 5 ms.
MAX_SILENCE_US = 2_000_000


class Slicer:
    """Cuts batches into slices of ``slice_us`` microseconds, a multiple of ``tick_us``.

    Raises:
        ValueError: ``slice_us`` is not a positive multiple of ``tick_us``.
    """

    def __init__(self, slice_us: int, tick_us: int = TICK_US) -> None:
        if slice_us < 1 or tick_us < 1 or slice_us % tick_us:
            raise ValueError(
                f"expected a slice of a whole number of {tick_us} us ticks, got {slice_us} us"
            )
        self._slice_us = slice_us
        self._tick_us = tick_us
        self._restarted = False
        self._anchor_us: int | None = None  # a line of the grid, if it is not for the first event
        self._forget()

    def _forget(self) -> None:
        self._origin_us: int | None = None  # a line of the grid; none before the first event
        self._start_us = 0  # start of the slice that is being filled
        self._reached_us = 0  # every tick before this has been seen, at least in part
        self._parts: list[np.ndarray] = []  # events of the slice that is being filled
        self._gap_us = 0  # goes into the next slice
        self._lost_us = 0  # said to be lost by the source, not yet placed on the time axis
        self._arrived_s = 0.0

    def restart(self, anchor_us: int | None = None) -> None:
        """Drop what is incomplete and begin a new stream; its first slice says ``restarted``.

        With ``anchor_us``, a whole number of ticks, a slice ends there if events lie around it.
        """
        self._forget()
        self._anchor_us = anchor_us
        self._restarted = True

    def push(self, batch: EventBatch) -> list[EventSlice]:
        """Take in a batch and return the slices that it completes.

        A batch that begins before the slice being filled (a live source that falls behind the
        wall clock) restarts the stream, as ``batch.restarted`` does.
        """
        if batch.restarted:
            self.restart()
        self._lost_us += batch.gap_us
        self._arrived_s = batch.arrived_s
        if not batch.events.size:
            return []
        t_us = batch.events["t"]
        if self._origin_us is not None and t_us[0] < self._start_us:
            self.restart()
        jumps = np.flatnonzero(np.diff(t_us) > MAX_SILENCE_US) + 1
        runs = np.split(batch.events, jumps)
        return [slice_ for run in runs for slice_ in self._push_run(run, batch.arrived_s)]

    def advance(self, t_us: int, arrived_s: float) -> list[EventSlice]:
        """Let time pass without events up to ``t_us`` and return the slices that are over."""
        t_us = self._tick_start(t_us)
        if self._origin_us is None or t_us <= self._reached_us:
            return []
        slices = self._skip_lost(t_us, arrived_s)
        self._reached_us = max(self._reached_us, t_us)
        return slices + self._cut(t_us, arrived_s)

    def flush(self) -> list[EventSlice]:
        """End of a recording: what is left, padded to whole ticks, as a last shorter slice."""
        return self._emit_until(self._reached_us, self._arrived_s)

    def _push_run(self, events: np.ndarray, arrived_s: float) -> list[EventSlice]:
        first_us, last_us = int(events["t"][0]), int(events["t"][-1])
        slices = self._skip_lost(self._tick_start(first_us), arrived_s)
        self._parts.append(events)
        self._reached_us = max(self._reached_us, self._tick_start(last_us) + self._tick_us)
        return slices + self._cut(last_us, arrived_s)

    def _skip_lost(self, t_us: int, arrived_s: float) -> list[EventSlice]:
        """Before something at the tick ``t_us``: close the slices before a gap, note the gap."""
        if self._origin_us is None:
            self._start_us = self._reached_us = t_us
            self._origin_us = t_us if self._anchor_us is None else self._anchor_us
            self._gap_us, self._lost_us = self._lost_us, 0
            return []
        lost_from_us = self._tick_start(t_us - self._lost_us)
        self._lost_us = 0
        if lost_from_us - self._reached_us > MAX_SILENCE_US:
            lost_from_us = self._reached_us
        lost_from_us = max(lost_from_us, self._reached_us)
        if lost_from_us >= t_us:
            return []
        slices = self._emit_until(lost_from_us, arrived_s)
        self._gap_us += t_us - lost_from_us
        self._start_us = self._reached_us = t_us
        return slices

    def _cut(self, t_us: int, arrived_s: float) -> list[EventSlice]:
        """Emit every slice of the grid that ends at or before ``t_us``."""
        assert self._origin_us is not None
        line_us = self._start_us - (self._start_us - self._origin_us) % self._slice_us
        ends = (t_us - line_us) // self._slice_us
        if ends < 1:
            return []
        ends_us = line_us + self._slice_us * np.arange(1, ends + 1)
        events = self._take_parts()
        *pieces, rest = np.split(events, np.searchsorted(events["t"], ends_us))
        self._parts = [rest] if rest.size else []
        return [
            self._emit(end_us, piece, arrived_s)
            for end_us, piece in zip(ends_us.tolist(), pieces, strict=True)
        ]

    def _emit_until(self, t_us: int, arrived_s: float) -> list[EventSlice]:
        """Emit everything before the tick ``t_us``, the last slice cut short if need be."""
        if self._origin_us is None:
            return []
        slices = self._cut(t_us, arrived_s)
        if t_us > self._start_us:
            slices.append(self._emit(t_us, self._take_parts(), arrived_s))
        return slices

    def _emit(self, end_us: int, events: np.ndarray, arrived_s: float) -> EventSlice:
        made = EventSlice(self._start_us, end_us, events, arrived_s, self._gap_us, self._restarted)
        self._start_us, self._gap_us, self._restarted = end_us, 0, False
        return made

    def _take_parts(self) -> np.ndarray:
        parts, self._parts = self._parts, []
        return join_events(parts)

    def _tick_start(self, t_us: int) -> int:
        return t_us // self._tick_us * self._tick_us
