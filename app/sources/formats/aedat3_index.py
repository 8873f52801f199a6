"""Where the polarity events of an AEDAT 3 file lie, found by walking from packet to packet."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.sources.formats.blocks import BLOCK_EVENTS
from app.sources.formats.mapping import PAGES_BYTES
from app.sources.notes import joined

POLARITY = 1
EVENT_BYTES = 8
TIME_OFFSET = 4
PACKET_HEADER = struct.Struct("<hhiiiiii")

_LAST_TYPE = 12
_MAX_EVENT_BYTES = 1 << 24
# Type 1, any source, events of 8 bytes with the time at 4: unlikely to occur among events.
_POLARITY_HEADER = re.compile(rb"\x01\x00..\x08\x00\x00\x00\x04\x00\x00\x00", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PacketIndex:
    """One row per run of events: byte offset, number, time overflow, camera, all int64."""

    offsets: np.ndarray
    counts: np.ndarray
    overflows: np.ndarray
    sources: np.ndarray
    note: str | None


class _Walk:
    """Goes from packet to packet; its lists are what it found."""

    def __init__(self, raw: memoryview, start: int, touch: Callable[[int], None]) -> None:
        self._raw = raw
        self._touch = touch
        self._position = start
        # Of the packet before, where a false length may have hidden a header.
        self._body = start
        self.bodies: list[int] = []
        self.numbers: list[int] = []
        self.overflows: list[int] = []
        self.sources: list[int] = []
        self.damaged = 0
        self.cut_off = False

    def run(self) -> None:
        size = len(self._raw)
        while self._position < size:
            if self._position + PACKET_HEADER.size > size:
                self.cut_off = True
                return
            header = PACKET_HEADER.unpack_from(self._raw, self._position)
            if not _is_plausible(header):
                self._resume_after(self._body)
                continue
            self._body = self._position + PACKET_HEADER.size
            kind, source, event_bytes, _, overflow, _, number, _ = header
            self._position = self._body + event_bytes * number
            self._touch(min(event_bytes * number, PAGES_BYTES))
            if kind == POLARITY:
                self._add(number, overflow, source)
            if self._position > size:
                self._end_or_resume()

    def _add(self, number: int, overflow: int, source: int) -> None:
        self.bodies.append(self._body)
        self.numbers.append(number)
        self.overflows.append(overflow)
        self.sources.append(source)

    def _end_or_resume(self) -> None:
        """A packet that reaches beyond the file is the half-written last one, or lies."""
        if _next_polarity_header(self._raw, self._body) is None:
            self.cut_off = True
            self._shorten_last_to(len(self._raw))
        else:
            self._resume_after(self._body)

    def _resume_after(self, place: int) -> None:
        self.damaged += 1
        found = _next_polarity_header(self._raw, place)
        self._position = len(self._raw) if found is None else found
        self._shorten_last_to(self._position)

    def _shorten_last_to(self, end: int) -> None:
        if self.bodies and self.bodies[-1] <= end:
            room = (end - self.bodies[-1]) // EVENT_BYTES
            self.numbers[-1] = min(self.numbers[-1], room)


def index_packets(
    raw: np.ndarray, start: int, touch: Callable[[int], None] = lambda size: None
) -> PacketIndex:
    """Walk the packets of (bytes,) uint8 ``raw`` from ``start`` on.

    ``touch`` is told how many bytes have been looked at. After a damaged packet header the walk
    goes on at the next polarity header that makes sense.
    """
    walk = _Walk(raw.data, start, touch)
    walk.run()
    notes = []
    if walk.damaged:
        notes.append(f"damaged places skipped: {walk.damaged}")
    if walk.cut_off:
        notes.append("the last packet is half-written")
    rows = np.array([walk.bodies, walk.numbers, walk.overflows, walk.sources], np.int64)
    offsets, counts, overflows, sources = _in_pieces(*rows)
    return PacketIndex(offsets, counts, overflows, sources, joined(*notes))


def is_packet_header(data: bytes) -> bool:
    """Whether a packet may begin with these bytes."""
    return len(data) == PACKET_HEADER.size and _is_plausible(PACKET_HEADER.unpack(data))


def _is_plausible(header: tuple[int, ...]) -> bool:
    kind, _, event_bytes, time_offset, _, capacity, number, valid = header
    if not (0 <= valid <= number <= capacity):
        return False
    if kind == POLARITY:
        return event_bytes == EVENT_BYTES and time_offset == TIME_OFFSET
    return 0 <= kind <= _LAST_TYPE and 0 < event_bytes <= _MAX_EVENT_BYTES


def _next_polarity_header(raw: memoryview, place: int) -> int | None:
    while match := _POLARITY_HEADER.search(raw, place):
        place = match.start()
        whole = place + PACKET_HEADER.size <= len(raw)
        if whole and _is_plausible(PACKET_HEADER.unpack_from(raw, place)):
            return place
        place += 1
    return None


def _in_pieces(
    offsets: np.ndarray, counts: np.ndarray, *others: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Leave out empty packets and cut those of more than BLOCK_EVENTS events."""
    pieces = -(-counts // BLOCK_EVENTS)
    first_piece = np.repeat(np.cumsum(pieces) - pieces, pieces)
    skipped = (np.arange(pieces.sum()) - first_piece) * BLOCK_EVENTS
    left = np.repeat(counts, pieces) - skipped
    return (
        np.repeat(offsets, pieces) + EVENT_BYTES * skipped,
        np.minimum(left, BLOCK_EVENTS),
        *(np.repeat(other, pieces) for other in others),
    )
