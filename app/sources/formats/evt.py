"""Prophesee's codings EVT 2 and EVT 2.1: words of 32 or 64 bits, little endian.

EVT 2   bits 28-31 kind (0 OFF, 1 ON, 8 time high), 22-27 low bits of the time, 11-21 x, 0-10 y;
        of a time high, bits 0-27 are the time above the low 6 bits
EVT 2.1 bits 60-63 kind, 54-59 time, 43-53 x, 32-42 y, and in bits 0-31 one bit for each event
        at x, x + 1 and so on; of a time high, bits 32-59 are the time

The sensors write EVT 2.1 with the two halves of a word exchanged, which is called legacy. EVT 3 is
in ``evt3``. Times are in microseconds; the origin is at the upper left.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.events import EVENT_DTYPE

TIME_HIGH = 8
_LOW_BITS = 6
_HIGH_BITS = 28
_HIGH_MASK = (1 << _HIGH_BITS) - 1


class Coding(Protocol):
    """How words stand for events. The time is ``low_bits`` bits below a counter of
    ``high_bits`` bits, which has words of its own."""

    word: np.dtype
    low_bits: int
    high_bits: int

    def highs(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where in (N,) words the counter's words are, and what it is there, as int64."""
        ...

    def is_enough(self, before: np.ndarray) -> bool:
        """Whether (N,) words tell everything that the words after them depend on."""
        ...

    def decode(self, words: np.ndarray, high: np.ndarray, start: int) -> np.ndarray:
        """The events of the words from ``start`` on; ``high`` (N,) int64 is the counter's value
        at each word, without its wraps."""
        ...


class Evt2:
    """EVT 2."""

    word = np.dtype("<u4")
    low_bits = _LOW_BITS
    high_bits = _HIGH_BITS

    def highs(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        places = np.flatnonzero(words >> 28 == TIME_HIGH)
        return places, (words[places] & _HIGH_MASK).astype(np.int64)

    def is_enough(self, before: np.ndarray) -> bool:
        return self.highs(before)[0].size > 0

    def decode(self, words: np.ndarray, high: np.ndarray, start: int) -> np.ndarray:
        words, high = words[start:], high[start:]
        ours = words >> 28 <= 1
        words, high = words[ours], high[ours]
        events = np.empty(words.size, EVENT_DTYPE)
        events["t"] = high << _LOW_BITS | (words >> 22 & 0x3F).astype(np.int64)
        events["x"], events["y"] = words >> 11 & 0x7FF, words & 0x7FF
        events["p"] = words >> 28
        return events


class Evt21:
    """EVT 2.1."""

    word = np.dtype("<u8")
    low_bits = _LOW_BITS
    high_bits = _HIGH_BITS

    def __init__(self, *, is_legacy: bool) -> None:
        self._upper, self._lower = (0, 1) if is_legacy else (1, 0)

    def highs(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        upper = self._halves(words)[0]
        places = np.flatnonzero(upper >> 28 == TIME_HIGH)
        return places, (upper[places] & _HIGH_MASK).astype(np.int64)

    def is_enough(self, before: np.ndarray) -> bool:
        return self.highs(before)[0].size > 0

    def decode(self, words: np.ndarray, high: np.ndarray, start: int) -> np.ndarray:
        upper, valid = self._halves(words[start:])
        ours = upper >> 28 <= 1
        upper, valid, high = upper[ours], valid[ours], high[start:][ours]
        rows, steps = set_bits(valid, 32)
        upper, high = upper[rows], high[rows]
        events = np.empty(rows.size, EVENT_DTYPE)
        events["t"] = high << _LOW_BITS | (upper >> 22 & 0x3F).astype(np.int64)
        events["x"], events["y"] = (upper >> 11 & 0x7FF) + steps, upper & 0x7FF
        events["p"] = upper >> 28
        return events

    def _halves(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        halves = words.view("<u4").reshape(-1, 2)
        return halves[:, self._upper], halves[:, self._lower]


def is_evt21_legacy(beginning: np.ndarray) -> bool:
    """Whether in the (bytes,) uint8 beginning of a recording, which does not say so, the halves of
    words are exchanged: times grow only in the right order."""
    words = beginning[: beginning.size // 8 * 8].view(Evt21.word)
    return _growth(Evt21(is_legacy=True), words) > _growth(Evt21(is_legacy=False), words)


def _growth(coding: Evt21, words: np.ndarray) -> float:
    """The share of steps of the time that are small and not backwards, if it grows at all."""
    steps = np.diff(coding.highs(words)[1])
    return float(np.mean((steps >= 0) & (steps < 1 << 16))) if (steps > 0).any() else 0.0


def set_bits(masks: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and number of each bit that is set in (N,) masks, from the lowest on, as (M,) each."""
    spread = np.unpackbits(
        np.ascontiguousarray(masks).astype("<u4").view(np.uint8).reshape(-1, 4),
        axis=1,
        bitorder="little",
    )
    rows, steps = np.nonzero(spread[:, :bits])
    return rows, steps.astype(np.uint32)
