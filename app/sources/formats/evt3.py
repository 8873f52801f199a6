"""Prophesee's coding EVT 3: words of 16 bits, little endian, each changing one part of a state.

Bits 12-15 are the kind of a word:

0 row        bits 0-10 y, for all that follows
2 event      bits 0-10 x, 11 polarity
3 base       bits 0-10 x, 11 polarity, for the vectors that follow
4, 5 vector  bits 0-11 or 0-7, one for each event from the base on, which then moves by 12 or 8
6, 8 time    bits 0-11 or 12-23 of the time in microseconds

Kind 1 is a row, too, but of something else than events; all others are skipped.
"""

from __future__ import annotations

import numpy as np

from app.events import EVENT_DTYPE
from app.sources.formats.evt import TIME_HIGH, set_bits

_ROW, _OTHER_ROW, _EVENT, _BASE, _VECTOR_12, _VECTOR_8, _TIME_LOW = range(7)
_LOW_BITS = 12
# One bit for each vector's event, by kind; a single event is a vector of one.
_WIDTHS = np.zeros(16, np.int64)
_WIDTHS[[_VECTOR_12, _VECTOR_8]] = 12, 8
_MASKS = np.zeros(16, np.uint16)
_MASKS[[_VECTOR_12, _VECTOR_8]] = 0xFFF, 0xFF


class Evt3:
    """EVT 3 as a ``Coding``."""

    word = np.dtype("<u2")
    low_bits = _LOW_BITS
    high_bits = 12

    def highs(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        places = np.flatnonzero(words >> 12 == TIME_HIGH)
        return places, (words[places] & 0xFFF).astype(np.int64)

    def is_enough(self, before: np.ndarray) -> bool:
        # A base stands right before its vectors, or far more often than rows and times do.
        kinds = before >> 12
        return all((kinds == kind).any() for kind in (_ROW, _TIME_LOW, TIME_HIGH))

    def decode(self, words: np.ndarray, high: np.ndarray, start: int) -> np.ndarray:
        kinds, values = words >> 12, words & 0xFFF
        row = _newest((kinds == _ROW) | (kinds == _OTHER_ROW))
        base = _newest(kinds == _BASE)
        has_base = (kinds == _VECTOR_12) | (kinds == _VECTOR_8)
        ours = ((kinds == _EVENT) | (has_base & (base >= 0))) & (row >= 0) & (kinds[row] == _ROW)
        ours[:start] = False
        places = np.flatnonzero(ours)
        is_single = kinds[places] == _EVENT
        masks = np.where(is_single, 1, values[places] & _MASKS[kinds[places]])
        origin = np.where(is_single, places, base[places])
        moved = np.cumsum(_WIDTHS[kinds]) - _WIDTHS[kinds]
        left = (values[origin] & 0x7FF) + moved[places] - moved[origin]
        times = self._times(kinds, values, high)
        rows, steps = set_bits(masks, 12)
        events = np.empty(rows.size, EVENT_DTYPE)
        events["t"] = times[places][rows]
        events["x"] = left[rows] + steps
        events["y"] = values[row[places]][rows] & 0x7FF
        events["p"] = (values[origin] >> 11 & 1)[rows]
        return events

    def _times(self, kinds: np.ndarray, values: np.ndarray, high: np.ndarray) -> np.ndarray:
        """(N,) times; the low part is 0 from a change of the high part on until it is said."""
        place = _newest(kinds == _TIME_LOW)
        is_of_now = (place >= 0) & (high[place] == high)
        return high << _LOW_BITS | np.where(is_of_now, values[place], 0).astype(np.int64)


def _newest(is_one: np.ndarray) -> np.ndarray:
    """For each of (N,) places the last one so far that is one, -1 before the first."""
    return np.maximum.accumulate(np.where(is_one, np.arange(is_one.size), -1))
