"""Whether somebody moves before the camera, told from the events alone.

::

    counts -> cells, about 16 to a row -> bins of 30 ms -> above the cell's floor? -> regions
                                                            not a lamp, not a light
           -> large, or small and staying in its place -> present

The floor of a cell is a high but usual rate of its events when nobody is there: noise, lamps, a
screen in the corner at its busiest. It rises faster than it falls, within seconds while nobody is
there and within minutes while somebody is: a visitor, who does now this and now that, is not
learnt away, and a fan is in the end. Noise that all cells share is known at once, as their median.

What is told apart from a person, and how:

* a lamp or a screen that flickers fires evenly from bin to bin, a moving edge does not;
* a change of light, or a knock at the camera, is seen by most of the picture at once and is over
  soon: while nobody is there, such a moment is let pass;
* somebody who passes far behind is small and goes on, somebody far away who waves is small and
  stays; a small region must stay for a second;
* what moves at the very edge only, such as a curtain, is learnt like noise.

All of it is ours; the floor with its threshold in standard deviations of a Poisson process is the
usual detector of a rate that rises.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from app.events import Resolution
from app.recognition.regions import Region, regions_of

CELLS_ACROSS = 16
BIN_US = 30_000
# So many bins make the window in which a cell's rate must be above its floor, and in which a lamp
# shows how even it is.
WINDOW_BINS, EVEN_BINS = 3, 4
DEVIATIONS, LEAST_EVENTS = 5.0, 4.0
EVENNESS, POISSON, LEAST_EVEN = 0.22, 1.5, 8.0
# A region of which so much is even is a lamp.
LAMP_SHARE = 0.6
# A light that so many cells see is let pass for so long, and the next one not sooner than after.
LIGHT_SHARE, LIGHT_S, NEXT_LIGHT_S = 0.6, 0.5, 2.0
LARGE, SMALL = 8, 3
# So many of the last bins must show something large: more than a lamp needs to show its evenness.
LARGE_BINS, RECENT_BINS = 4, 6
STAYS_S = 1.0
STAYS_SHARE, STAYS_CELLS = 0.7, 1.2
HOLD_S = 1.0
# How fast the floor rises, and falls.
LEARN_IDLE_S, LEARN_PRESENT_S = (3.0, 20.0), (60.0, 600.0)
# Events per pixel and second that a cell may have before anything has been learnt.
FIRST_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class _Bin:
    """What the cells counted (R, C) in ``duration_s``."""

    counts: np.ndarray
    duration_s: float


class Presence:
    """Follows one source; fed with everything it sends, in pieces of any length.

    Args:
        resolution: size of the sensor.
    """

    def __init__(self, resolution: Resolution) -> None:
        side = max(1, round(max(resolution.width, resolution.height) / CELLS_ACROSS))
        self._rows = np.arange(0, resolution.height, side)
        self._columns = np.arange(0, resolution.width, side)
        heights = np.diff(self._rows, append=resolution.height)
        widths = np.diff(self._columns, append=resolution.width)
        self._first_floor = FIRST_FLOOR * np.outer(heights, widths)
        self.reset()

    def reset(self) -> None:
        """The source begins anew, so nothing is known."""
        self._floor = self._first_floor.copy()
        self._bins: deque[_Bin] = deque(maxlen=EVEN_BINS)
        self._waiting = np.zeros(self._floor.shape)
        self._waiting_us = 0
        self._now_s = 0.0
        self._large: deque[bool] = deque(maxlen=RECENT_BINS)
        self._lit_s = self._moved_s = float("-inf")
        self._places: deque[tuple[float, Region | None]] = deque()
        self._present = False

    def push(self, counts: np.ndarray, duration_us: int) -> bool:
        """Take in counts (2, H, W) of ``duration_us`` of sensor time; whether somebody is there."""
        by_row = np.add.reduceat(counts.sum(0, dtype=np.int64), self._rows, axis=0)
        self._waiting += np.add.reduceat(by_row, self._columns, axis=1)
        self._waiting_us += duration_us
        if self._waiting_us >= BIN_US:
            self._look(_Bin(self._waiting, self._waiting_us / 1e6))
            self._waiting, self._waiting_us = np.zeros(self._floor.shape), 0
        return self._present

    def _look(self, bin_: _Bin) -> None:
        self._now_s += bin_.duration_s
        self._bins.append(bin_)
        counts, duration_s = self._window()
        if self._is_light(counts, duration_s):
            self._judge([])
            return
        shared = np.median(counts) / duration_s
        risen = _risen(counts, np.maximum(self._floor, shared) * duration_s)
        even = self._even()
        found = [each for each in regions_of(risen) if each.size >= SMALL]
        self._judge([each for each in found if not _is_lamp(each, even)])
        self._learn(counts / duration_s, bin_.duration_s)

    def _window(self) -> tuple[np.ndarray, float]:
        """What the cells counted lately (R, C), and in how long."""
        window = list(self._bins)[-WINDOW_BINS:]
        counts = np.sum([each.counts for each in window], axis=0)
        return counts, sum(each.duration_s for each in window)

    def _is_light(self, counts: np.ndarray, duration_s: float) -> bool:
        """Whether this belongs to a moment that most of the picture has seen at once."""
        fills = _risen(counts, self._floor * duration_s).mean() > LIGHT_SHARE
        if fills and not self._present and self._now_s - self._lit_s >= NEXT_LIGHT_S:
            self._lit_s = self._now_s
        return self._now_s - self._lit_s < LIGHT_S

    def _even(self) -> np.ndarray:
        """(R, C) bool: the cells that fire as evenly as a lamp does."""
        if len(self._bins) < EVEN_BINS:
            return np.zeros(self._floor.shape, bool)
        counts = np.array([each.counts * BIN_US / 1e6 / each.duration_s for each in self._bins])
        mean = counts.mean(0)
        return (mean > LEAST_EVEN) & (counts.var(0) < (EVENNESS * mean) ** 2 + POISSON * mean)

    def _judge(self, found: list[Region]) -> None:
        """Decide about presence by the regions that move now."""
        inner = [region for region in found if not region.at_edge]
        self._large.append(any(region.size >= LARGE for region in inner))
        self._places.append((self._now_s, max(inner, key=lambda each: each.size, default=None)))
        while self._places[0][0] <= self._now_s - STAYS_S:
            self._places.popleft()
        if inner:
            self._moved_s = self._now_s
        if sum(self._large) >= LARGE_BINS or self._stays():
            self._present = True
        elif self._now_s - self._moved_s > HOLD_S:
            self._present = False

    def _stays(self) -> bool:
        """Whether something has moved in one place for a second."""
        seen = [region for _, region in self._places if region is not None]
        span_s = self._now_s - self._places[0][0]
        if span_s < 0.9 * STAYS_S or len(seen) < STAYS_SHARE * len(self._places):
            return False
        third = max(len(seen) // 3, 1)
        first, last = (
            np.mean([each.centre for each in part], axis=0)
            for part in (seen[:third], seen[-third:])
        )
        return bool(np.hypot(*(last - first)) < STAYS_CELLS)

    def _learn(self, rate: np.ndarray, duration_s: float) -> None:
        up_s, down_s = LEARN_PRESENT_S if self._present else LEARN_IDLE_S
        tau_s = np.where(rate > self._floor, up_s, down_s)
        self._floor += (rate - self._floor) * -np.expm1(-duration_s / tau_s)


def _risen(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """(R, C) bool: the cells that count more than chance makes of what is expected."""
    return counts > expected + DEVIATIONS * np.sqrt(expected) + LEAST_EVENTS


def _is_lamp(region: Region, even: np.ndarray) -> bool:
    rows, columns = np.array(region.places).T
    return bool(even[rows, columns].mean() >= LAMP_SHARE)
