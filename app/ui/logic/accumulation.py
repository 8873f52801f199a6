"""How events become a picture: fading, of a constant time, of a constant count, a time surface.

All pictures are levels (2, H, W) float32 of OFF and ON in events, which ``palettes`` colours. Knows
no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.settings import DisplaySettings
from app.ui.logic.fading import EventFader, is_before
from app.ui.logic.recent_events import RecentEvents

# A level from which on a palette has its strongest colour.
FULL = np.float32(31 / 8)
NEVER = np.iinfo(np.int64).min // 2


def count_levels(events: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """How often each polarity and pixel is among the events (N,)."""
    _, height, width = shape
    row = events["p"].astype(np.int64) * height + events["y"]
    counts = np.bincount(row * width + events["x"], minlength=2 * height * width)
    return counts.astype(np.float32).reshape(shape)


def faded_levels(
    events: np.ndarray, now_us: int, fading_ms: float, shape: tuple[int, ...]
) -> np.ndarray:
    """The sum of exp(-age / fading) of the events (N,) of each polarity and pixel."""
    _, height, width = shape
    row = events["p"].astype(np.int64) * height + events["y"]
    weights = np.exp((events["t"] - now_us) / (1000.0 * fading_ms))
    faded = np.bincount(row * width + events["x"], weights, minlength=2 * height * width)
    return faded.astype(np.float32).reshape(shape)


class TimeSurface:
    """The time and the polarity of the last event of every pixel."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._last_us = np.full(shape[1:], NEVER, np.int64)
        self._is_on = np.zeros(shape[1:], bool)

    def add(self, events: np.ndarray) -> None:
        """Add events (N,) in order of time; of a pixel's several, the last one stays."""
        at = events["y"].astype(np.int64) * self._last_us.shape[1] + events["x"]
        self._last_us.reshape(-1)[at] = events["t"]
        self._is_on.reshape(-1)[at] = events["p"] == 1

    def levels(self, now_us: int, fading_ms: float) -> np.ndarray:
        """``FULL`` times exp(-age / fading) in the polarity of the last event, 0 in the other."""
        age_ms = ((now_us - self._last_us) / 1000.0).astype(np.float32)
        strength = FULL * np.exp(np.minimum(age_ms / np.float32(-fading_ms), 0.0))
        return np.stack([np.where(self._is_on, 0, strength), np.where(self._is_on, strength, 0)])


class Accumulation:
    """The picture of a stream, in the way that ``display`` wants.

    ``levels`` is none before the first events; ``recent`` are the events themselves.
    """

    def __init__(self, display: DisplaySettings) -> None:
        self.recent = RecentEvents()
        self.levels: np.ndarray | None = None
        self.position_us: int | None = None
        self.display = display
        self.recent.least = display.span_events
        self._fader = EventFader(display.fading_ms)
        self._surface: TimeSurface | None = None

    def set_display(self, display: DisplaySettings) -> None:
        """Make another kind of picture, at once of what has been."""
        is_other = _kind(display) != _kind(self.display)
        self.display = display
        self.recent.least = display.span_events
        self._fader.fading_ms = display.fading_ms
        if is_other and self.levels is not None and self.position_us is not None:
            self._begin(self.levels.shape, self.position_us)

    def _begin(self, shape: tuple[int, ...], now_us: int) -> None:
        events = self.recent.last(self.recent.size)
        self._surface = None
        if self.display.accumulation == "fading":
            if events.size:
                faded = faded_levels(events, now_us, self.display.fading_ms, shape)
                self._fader.begin(faded, now_us)
                self.levels = faded
        else:
            self._accumulate([events], shape, now_us)

    def is_new(self, counts: np.ndarray, position_us: int | None, restarted: bool) -> bool:
        """Whether the picture changes when these are added; at rest it does not."""
        if restarted or position_us != self.position_us or self.levels is None:
            return True
        return self.levels.shape != counts.shape or bool(counts.any())

    def add(
        self,
        counts: np.ndarray,
        parts: Sequence[np.ndarray],
        position_us: int | None,
        restarted: bool = False,
    ) -> None:
        """Add what came until ``position_us``: counts (2, H, W), and the same events as arrays."""
        goes_back = is_before(position_us, self.position_us)
        is_other = self.levels is None or self.levels.shape != counts.shape
        if restarted or goes_back or is_other:
            self.recent.clear()
            self._surface = None
        self.recent.add(parts)
        self.position_us = position_us
        if self.display.accumulation == "fading" or position_us is None:
            self._fader.add(counts, position_us, restarted or is_other)
            self.levels = self._fader.levels
        else:
            self._accumulate(parts, counts.shape, position_us)

    def _accumulate(self, parts: Sequence[np.ndarray], shape: tuple[int, ...], now_us: int) -> None:
        display = self.display
        if display.accumulation == "time":
            self.levels = count_levels(self.recent.since(now_us - 1000 * display.span_ms), shape)
        elif display.accumulation == "count":
            self.levels = count_levels(self.recent.last(display.span_events), shape)
        else:
            self._surface = self._surface or TimeSurface(shape)
            for events in parts:
                self._surface.add(events)
            self.levels = self._surface.levels(now_us, display.fading_ms)

    def clear(self) -> None:
        """Forget everything, as if nothing had been added."""
        self.recent.clear()
        self._fader.clear()
        self._surface = self.levels = self.position_us = None


def _kind(display: DisplaySettings) -> tuple[object, ...]:
    return display.accumulation, display.fading_ms, display.span_ms, display.span_events
