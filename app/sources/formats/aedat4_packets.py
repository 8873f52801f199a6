"""Where the packets of an AEDAT 4 file lie: by its table if that is sound, else by walking.

A packet is its stream and its size (int32 each), then its content. The table at the end says
where every content begins; jAER has written where every head does. A table is believed if its
packets fill the file without a gap, so that nothing need be read to check it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.sources.formats.aedat4_header import NO_TABLE, Header
from app.sources.formats.aedat4_packing import LZ4_MAGIC, ZSTD_MAGIC, unpack_table
from app.sources.formats.aedat4_table import TableRows, table_rows
from app.sources.formats.mapping import PAGES_BYTES

HEAD = struct.Struct("<ii")
# The stream of a stretch that is no packet of any.
DAMAGED = -1
# What may be looked for after damage, and how far behind the beginning of a head it stands.
_MARKS = ((ZSTD_MAGIC, HEAD.size), (LZ4_MAGIC, HEAD.size), (b"EVTS", HEAD.size + 8))
_LETTERS = re.compile(rb".{8}[A-Z]{4}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PacketIndex:
    """One row a packet, in the order of the file, all (N,) int64: content, size and stream."""

    positions: np.ndarray
    sizes: np.ndarray
    streams: np.ndarray
    is_cut_off: bool


def index_packets(
    raw: np.ndarray, header: Header, touch: Callable[[int], None] = lambda size: None
) -> PacketIndex:
    """The packets of (bytes,) uint8 ``raw``, whatever its table or its header's lengths say.

    ``touch`` is told how many bytes have been looked at.
    """
    place = header.table_position
    has_table = header.body <= place < raw.size
    table = unpack_table(raw[place:].data) if has_table else None
    rows = None if table is None else table_rows(table)
    if rows is not None and (index := _chained(rows, header.body, place)) is not None:
        return index
    # What is no table may be a packet.
    walk = _Walk(raw.data, header.body, raw.size if rows is None else place, touch)
    walk.run()
    is_cut_off = walk.is_cut_off or (rows is None and place not in NO_TABLE)
    columns = np.array([walk.positions, walk.sizes, walk.streams], np.int64)
    return PacketIndex(columns[0], columns[1], columns[2], is_cut_off)


def _chained(rows: TableRows, body: int, end: int) -> PacketIndex | None:
    """The table's packets if each begins where the one before ends, or none."""
    if not rows.sizes.size or rows.sizes.min() < 0:
        return None
    ends = body + np.cumsum(HEAD.size + rows.sizes)
    contents = ends - rows.sizes
    skew = rows.positions - contents
    if ends[-1] != end or not (skew == skew[0]).all() or skew[0] not in (0, -HEAD.size):
        return None
    return PacketIndex(contents, rows.sizes, rows.streams, is_cut_off=False)


class _Walk:
    """Goes from head to head; after damage, on at the next place that looks like one."""

    def __init__(self, raw: memoryview, start: int, end: int, touch: Callable[[int], None]) -> None:
        self._raw = raw
        self._touch = touch
        self._place = start
        self._end = end
        self.positions: list[int] = []
        self.sizes: list[int] = []
        self.streams: list[int] = []
        self.is_cut_off = False

    def run(self) -> None:
        while self._place < self._end:
            packet = self._packet_at(self._place)
            if packet is None:
                self._skip_damage()
            else:
                self._add(self._place + HEAD.size, *packet)
                self._touch(min(packet[1], PAGES_BYTES))
                self._place += HEAD.size + packet[1]

    def _packet_at(self, place: int) -> tuple[int, int] | None:
        """Stream and size, if all of a packet seems to be there."""
        if not self._looks_like_head(place):
            return None
        stream, size = HEAD.unpack_from(self._raw, place)
        return (stream, size) if place + HEAD.size + size <= self._end else None

    def _looks_like_head(self, place: int) -> bool:
        """Whether a stream, a size and the beginning of something packed or of a buffer follow."""
        body = place + HEAD.size
        if place < 0 or body > self._end:
            return False
        stream, size = HEAD.unpack_from(self._raw, place)
        if stream < 0 or size <= 0:
            return False
        is_packed = self._raw[body : body + 4] in (ZSTD_MAGIC, LZ4_MAGIC)
        return is_packed or bool(_LETTERS.match(self._raw, body))

    def _skip_damage(self) -> None:
        """The size of the packet before may be false, and the next head lie inside it."""
        start = self.positions[-1] if self.positions else self._place
        following = self._next_head(start)
        if following is None:
            self.is_cut_off = True
            self._place = self._end
        elif following < self._place:
            self.sizes[-1] = following - start
            self._place = following
        else:
            self._add(self._place, DAMAGED, following - self._place)
            self._place = following

    def _next_head(self, start: int) -> int | None:
        """The first place from ``start`` on with a packet that another one or the end follows."""
        found = [self._next_marked(start, *mark) for mark in self._marks()]
        return min((place for place in found if place is not None), default=None)

    def _next_marked(self, start: int, mark: bytes, behind: int) -> int | None:
        marks = re.compile(re.escape(mark)).finditer(self._raw, start + behind, self._end)
        for match in marks:
            place = match.start() - behind
            packet = self._packet_at(place)
            if packet is not None:
                after = place + HEAD.size + packet[1]
                if after == self._end or self._looks_like_head(after):
                    return place
        return None

    def _marks(self) -> tuple[tuple[bytes, int], ...]:
        """What to look for: packets are packed as the first one is, if there is one."""
        if not self.positions:
            return _MARKS
        first = bytes(self._raw[self.positions[0] : self.positions[0] + 4])
        return tuple(mark for mark in _MARKS if mark[0] == first) or _MARKS[-1:]

    def _add(self, position: int, stream: int, size: int) -> None:
        self.positions.append(position)
        self.sizes.append(size)
        self.streams.append(stream)
