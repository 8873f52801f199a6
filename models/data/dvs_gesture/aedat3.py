"""Reads AEDAT 3.1 polarity events of a DVS128, whole files at a time.

Text lines up to ``#!END-HEADER``, then packets, little endian: a header of 28 bytes (type, source,
event size, offset of the time, time overflow, capacity, number, valid), then number x size bytes.
A polarity event is bit 0 valid, 1 polarity, 2-16 y, 17-31 x, and an int32 time; the full time in
microseconds is (overflow << 31) + time. Packets of other types are skipped.

The application reads the same format in blocks and plays on after damage; a data set is wanted
whole, so here damage is an error, save for a last packet that is half-written.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from models.data.dvs_gesture.findings import DataSetError
from models.data.events import EVENT_DTYPE

POLARITY, EVENT_BYTES, TIME_OFFSET = 1, 8, 4
PACKET_HEADER = struct.Struct("<hhiiiiii")
SIDE_PX = 128

_MAGIC = b"#!AER-DAT3.1"
_END_OF_HEADER = re.compile(rb"#!END-HEADER\r?\n")
_MAX_HEADER_BYTES = 1 << 20
_LAST_TYPE = 12
# Decoded at a time, so that what one step leaves is still in the cache for the next.
_BLOCK_EVENTS = 1 << 15
# Bits of (y << 16 | x) that are set outside 128x128 pixels.
_OUTSIDE = np.uint32(0xFF80FF80)


@dataclass(frozen=True, slots=True)
class Recording:
    """``events`` (N,) EVENT_DTYPE in order of time; ``note`` says what had to be mended."""

    events: np.ndarray
    note: str | None


@dataclass(frozen=True, slots=True)
class _Packets:
    """One row a packet: byte offset of its events, their number, their time overflow; int64."""

    bodies: np.ndarray
    counts: np.ndarray
    overflows: np.ndarray
    cut_off: bool


def read_aedat3(path: Path) -> Recording:
    """Decode a whole recording.

    Raises:
        DataSetError: the file is missing, damaged, without events, or not of a DVS128.
    """
    raw, packets = _open(path)
    events = np.empty(int(packets.counts.sum()), EVENT_DTYPE)
    low, wide = events.view("<u4").reshape(-1, 4), events.view("<i8").reshape(-1, 2)
    filled, last_us, in_order = 0, -(2**63), True
    for rows in _blocks(packets.counts):
        words = _words(raw, packets, rows)
        overflow = np.repeat(packets.overflows[rows], packets.counts[rows])
        data, t = words[:, 0], words[:, 1].view("<i4") + (overflow << 31)
        valid = (data & 1).astype(bool)
        if not valid.all():
            data, t = data[valid], t[valid]
        place = data >> 17 | (data >> 2 & 0x7FFF) << 16
        if (place & _OUTSIDE).any():
            side = f"{SIDE_PX}x{SIDE_PX}"
            raise DataSetError(path.name, f"holds events outside the {side} pixels of a DVS128")
        here = slice(filled, filled + len(t))
        wide[here, 0], low[here, 2], low[here, 3] = t, place, data >> 1 & 1
        if len(t):
            in_order &= bool(t[0] >= last_us and (t[1:] >= t[:-1]).all())
            last_us = int(t[-1])
        filled = here.stop
    events = events[:filled]
    if not filled:
        raise DataSetError(path.name, "holds no events")
    if not in_order:
        events = events[np.argsort(events["t"], kind="stable")]
    return Recording(events, _note(packets.cut_off, in_order))


def _open(path: Path) -> tuple[np.ndarray, _Packets]:
    try:
        if path.stat().st_size == 0:
            raise DataSetError(path.name, "is empty")
        raw = np.memmap(path, np.uint8, mode="r").view(np.ndarray)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataSetError(path.name, f"cannot be read ({reason})") from error
    head = raw[:_MAX_HEADER_BYTES].tobytes()
    end = _END_OF_HEADER.search(head)
    if not head.startswith(_MAGIC) or end is None:
        raise DataSetError(path.name, "does not begin as an AEDAT 3.1 recording")
    return raw, _walk(raw.data, end.end(), path.name)


def _walk(raw: memoryview, place: int, name: str) -> _Packets:
    """Go from packet to packet."""
    bodies: list[int] = []
    counts: list[int] = []
    overflows: list[int] = []
    size, cut_off = len(raw), False
    while place < size and not cut_off:
        body = place + PACKET_HEADER.size
        if body > size:
            cut_off = True
            break
        header = PACKET_HEADER.unpack_from(raw, place)
        if not _is_plausible(header):
            raise DataSetError(name, f"is damaged at byte {place}")
        kind, _, event_bytes, _, overflow, _, number, _ = header
        place = body + event_bytes * number
        if place > size:
            cut_off = True
            number = (size - body) // event_bytes
        if kind == POLARITY and number:
            bodies.append(body)
            counts.append(number)
            overflows.append(overflow)
    rows = np.array([bodies, counts, overflows], np.int64)
    return _Packets(rows[0], rows[1], rows[2], cut_off)


def _is_plausible(header: tuple[int, ...]) -> bool:
    kind, _, event_bytes, time_offset, _, capacity, number, valid = header
    if not (0 <= kind <= _LAST_TYPE and event_bytes > 0 and 0 <= valid <= number <= capacity):
        return False
    return kind != POLARITY or (event_bytes, time_offset) == (EVENT_BYTES, TIME_OFFSET)


def _blocks(counts: np.ndarray) -> list[slice]:
    """Runs of packets with about ``_BLOCK_EVENTS`` events each."""
    before = np.cumsum(counts) - counts
    firsts = np.flatnonzero(np.diff(before // _BLOCK_EVENTS, prepend=-1)).tolist()
    return [slice(a, b) for a, b in pairwise([*firsts, len(counts)])]


def _words(raw: np.ndarray, packets: _Packets, rows: slice) -> np.ndarray:
    """The events of some packets as they stand in the file, (N, 2) uint32."""
    starts = packets.bodies[rows]
    ends = starts + EVENT_BYTES * packets.counts[rows]
    pieces = [raw[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    return np.concatenate(pieces).view("<u4").reshape(-1, 2)


def _note(cut_off: bool, in_order: bool) -> str | None:
    notes = []
    if cut_off:
        notes.append("ends in a half-written packet")
    if not in_order:
        notes.append("holds events out of order, which were sorted")
    return " and ".join(notes) or None
