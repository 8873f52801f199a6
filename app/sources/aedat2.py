"""AEDAT 2.0, as jAER writes it: text lines, then big-endian pairs of address and time.

DVS128 address      bit 0 polarity, 1-7 x, 8-14 y; bit 15 external and bit 31 special events
DAVIS address       bit 10 special, 11 polarity, 12-21 x, 22-30 y; bit 31 picture or IMU samples

The time is in microseconds and wraps at 32 bits, after 71 minutes. jAER's picture has its origin
at the lower left and both chips count x from the right, so x and y are both turned round here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.events import EVENT_DTYPE
from app.sources.blocks import BLOCK_EVENTS, without_outliers
from app.sources.sensors import SENSOR_SIZES, sensor_named_in

_PAIR_BYTES = 8
_MAX_HEADER_BYTES = 1 << 20
# Events may begin with a '#' byte too, but no text line holds control characters.
_HEADER_LINE = re.compile(rb"#[^\x00-\x08\x0a-\x1f]*\r?\n")
_END_OF_HEADER = b"#End Of ASCII Header"


@dataclass(frozen=True, slots=True)
class _Address:
    """Where things stand in an address: shifts, and the bits that must be zero."""

    polarity: int
    x: int
    x_mask: int
    y: int
    y_mask: int
    foreign: int


_DVS128 = _Address(polarity=0, x=1, x_mask=0x7F, y=8, y_mask=0x7F, foreign=0xFFFF8000)
_DAVIS = _Address(polarity=11, x=12, x_mask=0x3FF, y=22, y_mask=0x1FF, foreign=0x80000400)


class Aedat2File:
    """Blocks of an AEDAT 2.0 file. ``on_is_zero`` concerns DVS128 addresses only."""

    def __init__(self, path: Path, *, on_is_zero: bool) -> None:
        self.name = path.name
        raw = np.memmap(path, np.uint8, mode="r").view(np.ndarray)
        header = _header(raw[:_MAX_HEADER_BYTES].tobytes())
        sensor = sensor_named_in(header.decode("latin-1")) or "DVS128"
        self.resolution = SENSOR_SIZES[sensor]
        self._address = _DVS128 if sensor == "DVS128" else _DAVIS
        self._on_value = 0 if sensor == "DVS128" and on_is_zero else 1
        body = raw[len(header) :]
        self._left_over = body.size % _PAIR_BYTES
        self._pairs = body[: body.size - self._left_over].view(">u4").reshape(-1, 2)
        self._low_marks = without_outliers(self._pairs[::BLOCK_EVENTS, 1].astype(np.uint32))
        self.marks_us = _unwrapped(self._low_marks)

    @property
    def note(self) -> str | None:
        return "the last event is half-written" if self._left_over else None

    def decode(self, block: int) -> np.ndarray:
        start = block * BLOCK_EVENTS
        pairs = self._pairs[start : start + BLOCK_EVENTS].astype(np.uint32)
        pairs = pairs[(pairs[:, 0] & self._address.foreign) == 0]
        address, low_time = pairs[:, 0], pairs[:, 1]
        layout = self._address
        events = np.empty(len(pairs), EVENT_DTYPE)
        # The signed difference to the block's start is right across a wrap.
        since_mark = (low_time - self._low_marks[block]).view(np.int32)
        events["t"] = self.marks_us[block] + since_mark
        events["x"] = self.resolution.width - 1 - (address >> layout.x & layout.x_mask).view("i4")
        events["y"] = self.resolution.height - 1 - (address >> layout.y & layout.y_mask).view("i4")
        events["p"] = (address >> layout.polarity & 1) == self._on_value
        return events

    def close(self) -> None:
        self._pairs = self._pairs[:0].copy()


def _header(head: bytes) -> bytes:
    """The text lines at the beginning of a file."""
    end = 0
    while line := _HEADER_LINE.match(head, end):
        end = line.end()
        if line[0].startswith(_END_OF_HEADER):
            break
    return head[:end]


def _unwrapped(low: np.ndarray) -> np.ndarray:
    """64-bit times from (B,) uint32 times that lie less than 35 minutes apart."""
    if not low.size:
        return np.empty(0, np.int64)
    steps = (low[1:] - low[:-1]).view(np.int32)
    times = np.concatenate([[0], np.cumsum(steps, dtype=np.int64)]) + int(low[0])
    # Only a damaged first time can make what follows negative.
    return times + (1 << 32) if times.min() < 0 else times
