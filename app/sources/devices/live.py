"""A device that may vanish and come back, as one endless source."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from app.events import EventBatch, Resolution, empty_events
from app.sources.contract import SourceError, SourceInfo
from app.sources.guard import EventGuard
from app.sources.notes import joined

_POLL_S = 0.001
_QUIET_S = 0.02
_RETRY_S = 1.0
_SILENCE_NOTED_S = 2.0
# A server that lives sends what its sensor sends, which is noise at least: complete silence means
# that it hangs, or has vanished without a goodbye.
SILENCE_LIMIT_S = 5.0


class Device(Protocol):
    """An open camera or connection."""

    name: str
    resolution: Resolution

    def read(self) -> np.ndarray | None:
        """Events that have arrived as (N,) EVENT_DTYPE, or none. SourceError: it is broken."""
        ...

    def is_alive(self) -> bool: ...

    def close(self) -> None: ...


# One step towards an open device, none when not there yet. SourceError: this attempt has failed.
Connect = Callable[[], Device | None]


class LiveSource:
    """Reads a device, and opens it again whenever it is lost or silent, every second for ever.

    ``reopen_after_s`` is how long a device may say nothing before it is given up, none for ever.
    If it ``opens_slowly``, ``info`` says before each attempt that it ``is_opening``.

    Raises:
        SourceError: the device cannot be opened to begin with.
    """

    def __init__(
        self,
        connect: Connect,
        *,
        reopen_after_s: float | None = SILENCE_LIMIT_S,
        opens_slowly: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connect = connect
        self._reopen_after_s = reopen_after_s
        self._opens_slowly = opens_slowly
        self._clock = clock
        self._sleep = sleep
        self._closed = False
        while (device := connect()) is None:
            sleep(_POLL_S)
        self._device: Device | None = device
        self._info = SourceInfo(device.name, device.resolution, is_live=True)
        self._guard = EventGuard(device.resolution)
        self._trouble: str | None = None
        self._lost_s: float | None = None
        self._is_opening = self._has_news = False
        self._retry_s = 0.0
        self._heard_s = self._opened_s = self._spoke_s = clock()

    @property
    def info(self) -> SourceInfo:
        notes = [note for note in (self._trouble, self._guard.note()) if note]
        note = joined(*notes)
        return replace(self._info, note=note, is_opening=self._is_opening)

    def batches(self) -> Iterator[EventBatch]:
        while not self._closed:
            events = self._read()
            now_s = self._clock()
            if events is not None:
                yield self._batch(events, now_s)
            elif self._has_news or now_s - self._spoke_s >= _QUIET_S:
                yield self._batch(empty_events(), now_s)
            else:
                self._sleep(_POLL_S)

    def seek(self, t_us: int) -> None:
        raise SourceError(f"{self._info.name} is live: it cannot go to another time")

    def close(self) -> None:
        self._closed = True
        if self._device:
            self._device.close()
            self._device = None

    def __enter__(self) -> LiveSource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _read(self) -> np.ndarray | None:
        if self._device is None:
            self._reconnect()
            return None
        try:
            events = self._device.read()
        except SourceError as error:
            self._lose(f"{error}; it is being opened again")
            return None
        now_s = self._clock()
        if events is not None and events.size:
            self._heard_s, self._trouble = now_s, None
            return events
        # Only after an empty read: a device that has ended may still hold events.
        if not self._device.is_alive():
            self._lose(f"{self._info.name} is gone; it is being opened again")
        else:
            self._look_at_silence(now_s)
        return None

    def _look_at_silence(self, now_s: float) -> None:
        if now_s - self._heard_s > _SILENCE_NOTED_S:
            self._trouble = f"{self._info.name} has sent no events for {_SILENCE_NOTED_S:.0f} s"
        silent_s = now_s - max(self._heard_s, self._opened_s)
        if self._reopen_after_s is not None and silent_s > self._reopen_after_s:
            self._lose(self._trouble)

    def _lose(self, trouble: str | None) -> None:
        assert self._device is not None
        self._device.close()
        self._device = None
        self._trouble = trouble
        self._lost_s = max(self._heard_s, self._opened_s)
        self._retry_s = self._clock()

    def _reconnect(self) -> None:
        """Take one step towards the device, if it is time for one and everybody knows of it."""
        if self._clock() < self._retry_s:
            return
        if self._opens_slowly and not self._is_opening:
            self._is_opening = self._has_news = True
            return
        try:
            device = self._connect()
        except SourceError as error:
            self._is_opening, self._trouble = False, str(error)
            self._retry_s = self._clock() + _RETRY_S
            return
        if device is None:
            return
        self._is_opening = False
        if device.resolution != self._info.resolution:
            device.close()
            raise SourceError(
                f"{self._info.name} came back with {device.resolution} pixels instead of "
                f"{self._info.resolution}"
            )
        self._device, self._opened_s = device, self._clock()
        self._guard.forget_time()

    def _batch(self, events: np.ndarray, now_s: float) -> EventBatch:
        self._spoke_s, self._has_news = now_s, False
        events, restarted = self._guard.clean(events)
        gap_us = 0
        if self._device is not None and self._lost_s is not None:
            restarted, gap_us = True, round((now_s - self._lost_s) * 1e6)
            self._lost_s = None
        return EventBatch(events, now_s, gap_us, restarted)
