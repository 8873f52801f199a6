"""Prophesee's DAT files: text, the type and the size of an event in a byte each, then events.

An event is 8 bytes, little endian: time in microseconds, which wraps at 32 bits, and

version 2   bits 0-13 x, 14-27 y, 28-31 polarity
version 1   bits 0-8 x, 9-16 y, 17 polarity

The origin is at the upper left.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from app.events import EVENT_DTYPE, Resolution
from app.sources.contract import SourceError
from app.sources.formats.blocks import block_events
from app.sources.formats.mapping import Mapping
from app.sources.formats.prophesee_header import read_prophesee_header
from app.sources.formats.sensors import sized_by_blocks
from app.sources.formats.wrapping import WrappingTimes
from app.sources.notes import joined

_EVENT_BYTES = 8
# Event2D and EventCD; others are triggers, frames and the like.
_READABLE_TYPES = (0x00, 0x0C)
_VERSION = re.compile(r"^version (\d+)", re.MULTILINE)


class DatFile:
    """Blocks of a DAT file; ``size`` is taken instead of the size that the file gives.

    Raises:
        SourceError: the file cannot be read, or holds something else than events.
    """

    streams: tuple[str, ...] = ()
    stream = ""

    def __init__(self, path: Path, size: Resolution | None = None) -> None:
        self.name = path.name
        self._mapping = Mapping(path)
        raw = self._mapping.raw
        header = read_prophesee_header(raw)
        kinds = raw[header.size : header.size + 2].tolist()
        if len(kinds) < 2 or kinds[0] not in _READABLE_TYPES or kinds[1] != _EVENT_BYTES:
            raise SourceError(
                f"expected a DAT recording with events of {_EVENT_BYTES} bytes, but "
                f"{path.name} has type and size {kinds}"
            )
        body = raw[header.size + 2 :]
        self._left_over = body.size % _EVENT_BYTES
        self._pairs = body[: body.size - self._left_over].view("<u4").reshape(-1, 2)
        version = _VERSION.search(header.text)
        self._is_old = version is not None and int(version[1]) < 2
        self._block_pairs = block_events(len(self._pairs))
        firsts = np.arange(0, len(self._pairs), self._block_pairs)
        low = self._mapping.pick(self._pairs[:, 0], firsts).astype(np.uint32)
        self._times = WrappingTimes(low)
        self.marks_us = self._times.marks_us
        self._size_note: str | None = None
        self.resolution = size or header.resolution or self._size_by_events()

    @property
    def data_bytes(self) -> int:
        return int(self._pairs.nbytes)

    @property
    def note(self) -> str | None:
        half = "the last event is half-written" if self._left_over else None
        return joined(self._size_note, half)

    def decode(self, block: int) -> np.ndarray:
        pairs = self._pairs[block * self._block_pairs : (block + 1) * self._block_pairs]
        self._mapping.touch(pairs.nbytes)
        data = pairs[:, 1]
        events = np.empty(len(pairs), EVENT_DTYPE)
        events["t"] = self._times.of(block, pairs[:, 0])
        if self._is_old:
            events["x"], events["y"] = data & 0x1FF, data >> 9 & 0xFF
            events["p"] = data >> 17 & 1
        else:
            events["x"], events["y"] = data & 0x3FFF, data >> 14 & 0x3FFF
            events["p"] = data >> 28
        return events

    def close(self) -> None:
        self._pairs = self._pairs[:0].copy()

    def _size_by_events(self) -> Resolution:
        size, self._size_note = sized_by_blocks(self.name, self.marks_us.size, self.decode)
        return size
