"""Unpacks the packets of AEDAT 4, and believes no length that it has not checked.

What a packet is packed with is told by its first four bytes. Before anything is unpacked, its
first few bytes are, which say how long the whole is and how many events it holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import lz4.frame
import numpy as np
import zstandard

from app.events import EVENT_DTYPE
from app.sources.formats.flatbuffer import PREFIX_BYTES, BadBufferError, root_table

ZSTD_MAGIC, LZ4_MAGIC = b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"
MAX_PACKET_BYTES = 1 << 27
_HEAD_BYTES = 256
_ELEMENTS = 0


@dataclass(frozen=True, slots=True)
class PacketHead:
    """What an event packet says about itself: bytes unpacked, where its events begin, how many.

    ``first_us`` is the time of the first event, none if there is none.
    """

    unpacked_bytes: int
    start: int
    events: int
    first_us: int | None


def event_packet_head(content: memoryview) -> PacketHead | None:
    """The head of a packet as it stands in the file, or none if it is damaged."""
    if len(content) > MAX_PACKET_BYTES:
        return None
    try:
        head = _unpack(content, _HEAD_BYTES)
        size = PREFIX_BYTES + int.from_bytes(head[:PREFIX_BYTES], "little")
        start, count = root_table(head, b"EVTS").vector(_ELEMENTS)
    except (BadBufferError, RuntimeError, EOFError, zstandard.ZstdError):
        return None
    end = start + EVENT_DTYPE.itemsize * count
    if not len(head) <= size <= MAX_PACKET_BYTES or end > size:
        return None
    if not count:
        return PacketHead(size, start, 0, None)
    first = head[start : start + 8]
    first_us = int.from_bytes(first, "little", signed=True)
    return PacketHead(size, start, count, first_us) if len(first) == 8 else None


def unpack_events(content: memoryview) -> np.ndarray | None:
    """The events (N,) EVENT_DTYPE of a packet as it stands in the file, or none if damaged."""
    head = event_packet_head(content)
    if head is None:
        return None
    try:
        data = _unpack(content, head.unpacked_bytes)
    except (RuntimeError, EOFError, zstandard.ZstdError):
        return None
    if len(data) < head.start + EVENT_DTYPE.itemsize * head.events:
        return None
    return np.frombuffer(data, EVENT_DTYPE, head.events, head.start)


def unpack_table(content: memoryview) -> bytes | None:
    """The table of packets (FTAB) in full, or none if it is damaged or larger than is believed."""
    try:
        head = _unpack(content, _HEAD_BYTES)
        root_table(head, b"FTAB")
        size = PREFIX_BYTES + int.from_bytes(head[:PREFIX_BYTES], "little")
        data = _unpack(content, size) if size <= MAX_PACKET_BYTES else b""
    except (BadBufferError, RuntimeError, EOFError, zstandard.ZstdError):
        return None
    return data if len(data) == size else None


def _unpack(content: memoryview, limit: int) -> bytes:
    """The first ``limit`` bytes of what has been packed, or all if there are fewer.

    Raises:
        RuntimeError, EOFError, zstandard.ZstdError: the packet is damaged.
    """
    magic = bytes(content[:4])
    if magic == ZSTD_MAGIC:
        return _unpack_zstd(content, limit)
    if magic == LZ4_MAGIC:
        data: bytes = lz4.frame.LZ4FrameDecompressor().decompress(content, max_length=limit)
        return data
    return bytes(content[:limit])


def _unpack_zstd(content: memoryview, limit: int) -> bytes:
    unpack = zstandard.ZstdDecompressor()
    if limit > _HEAD_BYTES and zstandard.frame_content_size(content) in (limit, -1):
        return unpack.decompress(content, max_output_size=limit)
    with unpack.stream_reader(content) as reader:
        return reader.read(limit)
