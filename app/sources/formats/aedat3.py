"""AEDAT 3.0 and 3.1, as cAER and the DVS128 Gesture data set have it; little endian.

Text lines up to ``#!END-HEADER``, which 3.0 may leave out, then packets. Packet header, 28 bytes:
type, source (int16), event size, offset of the time in an event, time overflow, capacity, number,
valid (int32). Only polarity packets are read, others are skipped by number x size. Polarity event,
8 bytes:

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
from app.sources.contract import SourceError
from app.sources.formats.aedat3_index import (
    EVENT_BYTES,
    PACKET_HEADER,
    TIME_OFFSET,
    PacketIndex,
    index_packets,
    is_packet_header,
)
from app.sources.formats.blocks import BLOCK_EVENTS
from app.sources.formats.mapping import Mapping
from app.sources.formats.sensors import SENSOR_SIZES, Extent, sensor_named_in, sized_by_events
from app.sources.formats.streams import Stream, chosen_stream
from app.sources.formats.text_header import TextHeader, read_text_header
from app.sources.notes import joined

_END_OF_HEADER = re.compile(rb"(?<=\n)#!END-HEADER\r?\n")
_FORMAT = re.compile(r"^# *Format: *(\S+)", re.MULTILINE)
_SOURCE = re.compile(r"^# *Source *(-?\d+) *: *([^\r\n]*)", re.MULTILINE)
_SAMPLED_BLOCKS = 64


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

    ``stream`` is one of several cameras by number or name, else the first that has events is
    played; ``size`` is taken instead of the size that the file gives.

    Raises:
        SourceError: the file cannot be read, its header has no end, the events are compressed,
            or there are none.
    """

    def __init__(
        self, path: Path, version: str, stream: str | None = None, size: Resolution | None = None
    ) -> None:
        self.name = path.name
        self._layout = _LAYOUTS[version]
        self._mapping = Mapping(path)
        self._raw = self._mapping.raw
        header = _header(self._raw, path.name)
        self._index = index_packets(self._raw, header.size, self._mapping.touch)
        if not self._index.counts.size:
            raise SourceError(f"the recording {path.name} holds no events")
        named = {int(number): name.strip() for number, name in _SOURCE.findall(header.text)}
        self._notes = [self._choose(named, stream), self._index.note]
        self._first_of_block = _blocks(self._index.counts)
        self.marks_us = self._marks()
        self.resolution = size or self._resolution(named)

    @property
    def data_bytes(self) -> int:
        return int(EVENT_BYTES * self._index.counts.sum())

    @property
    def note(self) -> str | None:
        return joined(*self._notes)

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
        self._mapping.touch(words.nbytes)
        return words, np.repeat(self._index.overflows[rows], counts)

    def _marks(self) -> np.ndarray:
        """The time of each block's first event, (B,) int64."""
        firsts = self._first_of_block[:-1]
        time_bytes = self._index.offsets[firsts][:, None] + np.arange(TIME_OFFSET, EVENT_BYTES)
        low = self._raw[time_bytes].view("<i4")[:, 0]
        return low + (self._index.overflows[firsts] << 31)

    def _choose(self, named: dict[int, str], wanted: str | None) -> str | None:
        """Keep the packets of one camera; says which, if there are several."""
        present = np.unique(self._index.sources).tolist()
        streams = [
            Stream(number, f"camera {number}", named.get(number, ""), number in present)
            for number in sorted({*present, *named})
        ]
        if len(present) == 1 and wanted is None:
            streams = [stream for stream in streams if stream.has_events]
        choice = chosen_stream(self.name, streams, wanted)
        self.streams, self.stream, self._source = choice.names, choice.name, choice.number
        ours = self._index.sources == choice.number
        if not ours.any():
            raise SourceError(f"the stream {choice.name} of {self.name} holds no events")
        index = self._index
        self._index = PacketIndex(
            index.offsets[ours], index.counts[ours], index.overflows[ours], index.sources[ours],
            index.note,
        )  # fmt: skip
        return choice.note

    def _resolution(self, named: dict[int, str]) -> Resolution:
        # A header of one line is meant, whatever number its packets bear.
        name = named.get(self._source) or (next(iter(named.values())) if len(named) == 1 else "")
        sensor = sensor_named_in(name)
        if sensor is not None:
            return SENSOR_SIZES[sensor]
        extent = Extent()
        blocks = self.marks_us.size
        for block in np.linspace(0, blocks - 1, min(blocks, _SAMPLED_BLOCKS)).astype(int).tolist():
            data = self._words(block)[0][:, 0]
            extent.add(data >> self._layout.x, data >> self._layout.y & self._layout.mask)
        why = f"its sensor {name} is not known" if name else "it names no sensor"
        size, note = sized_by_events(f"the recording {self.name}", why, extent)
        self._notes.append(note)
        return size


def _header(raw: np.ndarray, name: str) -> TextHeader:
    header = read_text_header(raw, _END_OF_HEADER)
    follows = bytes(raw[header.size : header.size + PACKET_HEADER.size])
    if not header.has_end and not is_packet_header(follows):
        raise SourceError(f"the recording {name} is damaged: its header has no end")
    packing = _FORMAT.search(header.text)
    if packing and packing[1].upper() != "RAW":
        raise SourceError(f"expected AEDAT 3 in RAW format, but {name} has {packing[1]!r:.80}")
    return header


def _blocks(counts: np.ndarray) -> np.ndarray:
    """Cut packets into runs of about BLOCK_EVENTS; (B + 1,) index of each run's first packet."""
    if not counts.size:
        return np.zeros(1, np.int64)
    before = np.cumsum(counts) - counts
    firsts = np.flatnonzero(np.diff(before // BLOCK_EVENTS, prepend=-1))
    return np.append(firsts, counts.size)
