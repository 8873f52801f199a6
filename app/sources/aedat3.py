"""AEDAT 3.0 and 3.1, as cAER and the DVS128 Gesture data set have it; little endian.

Text lines up to ``#!END-HEADER``, then packets. Packet header, 28 bytes: type, source (int16),
event size, offset of the time in an event, time overflow, capacity, number, valid (int32). Only
polarity packets are read, others are skipped by number x size. Polarity event, 8 bytes:

3.1     bit 0 valid, 1 polarity, 2-16 y, 17-31 x; then int32 time; origin at the upper left
3.0     bit 0 valid, 1 polarity, 4-17 y, 18-31 x; then int32 time; origin at the lower left

Time in microseconds is (overflow << 31) + time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.events import EVENT_DTYPE, Resolution
from app.sources.aedat3_index import EVENT_BYTES, TIME_OFFSET, index_packets
from app.sources.blocks import BLOCK_EVENTS
from app.sources.contract import SourceError
from app.sources.sensors import SENSOR_SIZES, sensor_named_in, smallest_sensor_holding

_MAX_HEADER_BYTES = 1 << 20
_END_OF_HEADER = re.compile(rb"#!END-HEADER\r?\n")
_FORMAT = re.compile(r"#Format:\s*(\S+)")
_SOURCE = re.compile(r"#Source[^\r\n]*")


@dataclass(frozen=True, slots=True)
class _Layout:
    x: int
    y: int
    mask: int
    origin_below: bool


_LAYOUTS = {
    "3.0": _Layout(x=18, y=4, mask=0x3FFF, origin_below=True),
    "3.1": _Layout(x=17, y=2, mask=0x7FFF, origin_below=False),
}


class Aedat3File:
    """Blocks of an AEDAT 3 file of ``version`` "3.0" or "3.1".

    Raises:
        SourceError: the header has no end, the events are compressed, or there are none.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.name = path.name
        self._layout = _LAYOUTS[version]
        self._raw = np.memmap(path, np.uint8, mode="r").view(np.ndarray)
        header = _header(self._raw[:_MAX_HEADER_BYTES].tobytes(), path.name)
        self._index = index_packets(self._raw, len(header))
        self._first_of_block = _blocks(self._index.counts)
        if not self._index.counts.size:
            raise SourceError(f"the recording {path.name} holds no events")
        self.marks_us = self._marks()
        self.resolution = self._resolution(header.decode("latin-1"))

    @property
    def note(self) -> str | None:
        return self._index.note

    def decode(self, block: int) -> np.ndarray:
        words, overflows = self._words(block)
        valid = (words[:, 0] & 1).astype(bool)
        if not valid.all():
            words, overflows = words[valid], overflows[valid]
        data, layout = words[:, 0], self._layout
        events = np.empty(len(words), EVENT_DTYPE)
        events["t"] = words[:, 1].view(np.int32) + (overflows << 31)
        events["x"] = data >> layout.x
        events["y"] = data >> layout.y & layout.mask
        events["p"] = data >> 1 & 1
        if layout.origin_below:
            events["y"] = self.resolution.height - 1 - events["y"]
        return events

    def close(self) -> None:
        self._raw = np.empty(0, np.uint8)

    def _words(self, block: int) -> tuple[np.ndarray, np.ndarray]:
        """A block's events as (N, 2) uint32, and the time overflow of each as (N,) int64."""
        rows = slice(*self._first_of_block[block : block + 2])
        starts, counts = self._index.offsets[rows], self._index.counts[rows]
        ends = starts + EVENT_BYTES * counts
        pieces = [self._raw[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        words = np.concatenate(pieces).view("<u4").reshape(-1, 2)
        return words, np.repeat(self._index.overflows[rows], counts)

    def _marks(self) -> np.ndarray:
        """The time of each block's first event, (B,) int64."""
        firsts = self._first_of_block[:-1]
        time_bytes = self._index.offsets[firsts][:, None] + np.arange(TIME_OFFSET, EVENT_BYTES)
        low = self._raw[time_bytes].view("<i4")[:, 0]
        return low + (self._index.overflows[firsts] << 31)

    def _resolution(self, header: str) -> Resolution:
        named = sensor_named_in(" ".join(_SOURCE.findall(header)))
        if named:
            return SENSOR_SIZES[named]
        data = self._words(0)[0][:, 0]
        x = int((data >> self._layout.x).max())
        y = int((data >> self._layout.y & self._layout.mask).max())
        size = smallest_sensor_holding(x, y)
        if size is None:
            raise SourceError(
                f"the recording {self.name} names no sensor that we know, and its events reach "
                f"pixel ({x}, {y})"
            )
        return size


def _header(head: bytes, name: str) -> bytes:
    end = _END_OF_HEADER.search(head)
    if end is None:
        raise SourceError(f"the recording {name} is damaged: its header has no end")
    header = head[: end.end()]
    packing = _FORMAT.search(header.decode("latin-1"))
    if packing and packing[1].upper() != "RAW":
        raise SourceError(f"expected AEDAT 3 in RAW format, but {name} has {packing[1]}")
    return header


def _blocks(counts: np.ndarray) -> np.ndarray:
    """Cut packets into runs of about BLOCK_EVENTS; (B + 1,) index of each run's first packet."""
    if not counts.size:
        return np.zeros(1, np.int64)
    before = np.cumsum(counts) - counts
    firsts = np.flatnonzero(np.diff(before // BLOCK_EVENTS, prepend=-1))
    return np.append(firsts, counts.size)
