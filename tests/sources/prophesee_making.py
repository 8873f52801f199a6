"""Prophesee's formats written word by word, as their documents have them."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator

import numpy as np

RAW_HEADER = "% camera_integrator_name Prophesee\n% format {}\n% end\n"


def raw_header(coding: str, size: str = ";height=128;width=128") -> bytes:
    return RAW_HEADER.format(coding + size).encode()


def rows_of(events: np.ndarray) -> list[tuple[int, int, int, int]]:
    return [tuple(row) for row in events.tolist()]


def evt2_words(events: np.ndarray, period_us: int = 1 << 14) -> bytes:
    """A time high whenever it changes, and now and then once more."""
    words, last, said_us = [], None, 0
    for t, x, y, p in rows_of(events):
        if t >> 6 != last or t - said_us > period_us:
            last, said_us = t >> 6, t
            words.append(8 << 28 | last & 0xFFFFFFF)
            words.append(0xA << 28 | (t & 63) << 22 | 1)  # a trigger, to be skipped
        words.append(p << 28 | (t & 63) << 22 | x << 11 | y)
    return np.array(words, "<u4").tobytes()


def evt21_words(events: np.ndarray, *, legacy: bool) -> bytes:
    """Events of one time, row, polarity and 32 columns share a word."""
    words, last = [], None
    for (t, y, p, left), group in _groups(events, 32):
        if t >> 6 != last:
            last = t >> 6
            words.append((8 << 28 | last & 0xFFFFFFF, 0))
        mask = sum(1 << x - left for x in group)
        words.append((p << 28 | (t & 63) << 22 | left << 11 | y, mask))
    halves = np.array(words, "<u4")
    return (halves if legacy else halves[:, ::-1]).tobytes()


def evt3_words(events: np.ndarray) -> bytes:
    """Vectors where columns lie within 32, single events else."""
    words: list[int] = []
    state: dict[int, int] = {}

    def say(kind: int, value: int) -> None:
        if state.get(kind) != value:
            state[kind] = value
            words.append(kind << 12 | value)

    for (t, y, p, left), group in _groups(events, 32):
        if state.get(8) != t >> 12 & 0xFFF:
            state.pop(6, None)  # the low part begins anew
        say(8, t >> 12 & 0xFFF)
        say(6, t & 0xFFF)
        say(0, y)
        if len(group) == 1:
            words.append(2 << 12 | p << 11 | group[0])
            continue
        mask = sum(1 << x - left for x in group)
        words += [3 << 12 | p << 11 | left, 4 << 12 | mask & 0xFFF]
        words += [4 << 12 | mask >> 12 & 0xFFF, 5 << 12 | mask >> 24]
        words.append(0xE << 12 | 0x14)  # a count, to be skipped
    return np.array(words, "<u2").tobytes()


def dat_bytes(
    events: np.ndarray, version: int = 2, size: str = "% Height 128\n% Width 128\n"
) -> bytes:
    """A file of the given version; its header is that of Metavision."""
    header = f"% Data file containing CD events.\n% Version {version}\n{size}% end\n".encode()
    x_bits, y_bits = (14, 14) if version == 2 else (9, 8)
    body = b"".join(
        struct.pack("<II", t & 0xFFFFFFFF, x | y << x_bits | p << x_bits + y_bits)
        for t, x, y, p in rows_of(events)
    )
    return header + bytes([0x0C, 8]) + body


def _groups(
    events: np.ndarray, width: int
) -> Iterator[tuple[tuple[int, int, int, int], list[int]]]:
    """Neighbours of one time, row, polarity and range of columns: what they share, and their x."""
    keyed = itertools.groupby(
        rows_of(events), lambda row: (row[0], row[2], row[3], row[1] // width * width)
    )
    for key, rows in keyed:
        yield key, [x for _, x, _, _ in rows]


def in_row_order(events: np.ndarray) -> np.ndarray:
    """The events without doubles, those of one time in the order in which sensors read them."""
    columns = np.stack([events[name].astype(np.int64) for name in "typx"], axis=1)
    ordered = np.unique(columns, axis=0)
    out = np.empty(len(ordered), events.dtype)
    for column, name in enumerate("typx"):
        out[name] = ordered[:, column]
    return out
