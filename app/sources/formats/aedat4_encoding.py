"""The bytes of AEDAT 4: one IOHE header, then EVTS packets, and in a file a table of them.

Written by hand because dv-processing takes events one at a time, while a packet before its
compression is nothing but a fixed head and the event array itself.
"""

from __future__ import annotations

import enum
import struct
from xml.sax.saxutils import escape

import numpy as np

from app.events import EVENT_DTYPE, Resolution

STREAM_ID = 0

_INFO = """\
<dv version="2.0">
    <node name="outInfo" path="/outInfo/">
        <node name="0" path="/outInfo/0/">
            <attr key="compression" type="string">{compression}</attr>
            <attr key="originalModuleName" type="string">spikehand</attr>
            <attr key="originalOutputName" type="string">events</attr>
            <attr key="typeIdentifier" type="string">EVTS</attr>
            <node name="info" path="/outInfo/0/info/">
                <attr key="sizeX" type="int">{width}</attr>
                <attr key="sizeY" type="int">{height}</attr>
                <attr key="source" type="string">{source}</attr>{lost}
            </node>
        </node>
    </node>
</dv>
"""
# Always of the same length, as it is written again when the recording ends.
_LOST = """
                <attr key="lostEvents" type="long">{:019d}</attr>"""
# A buffer that holds one vector: its size, where the table is, what it is, the table, the vector's
# length. 32 bytes, so that 64-bit numbers after it are aligned.
_VECTOR_HEAD = struct.Struct("<II4s2x3HiII")
_EVENT_WORDS = EVENT_DTYPE.itemsize // 8
# x, y and polarity; the padding after them would tell of our memory.
_SECOND_WORD_USED = 0x000000FF_FFFFFFFF


class Compression(enum.IntEnum):
    """How packets are packed, as the format numbers it."""

    NONE = 0
    ZSTD = 3


def io_header(
    resolution: Resolution,
    source: str,
    compression: Compression = Compression.NONE,
    table_position: int = -1,
    lost_events: int | None = None,
) -> bytes:
    """The size-prefixed FlatBuffer that says what follows; at -1 there is no table of packets.

    Its length does not depend on ``table_position`` nor on how many ``lost_events`` there are.
    """
    info = _INFO.format(
        width=resolution.width,
        height=resolution.height,
        # A file's name may hold what is no UTF-8.
        source=escape(source.encode(errors="replace").decode()),
        compression=compression.name,
        lost="" if lost_events is None else _LOST.format(lost_events),
    )
    text = info.encode("utf-8")
    text += bytes(4 - len(text) % 4)
    body = struct.pack(
        "<I4s6x5HiiIq4xI",
        24,  # from here to the table
        b"IOHE",
        *(10, 24, 4, 12, 8),  # sizes of field list and table; where the three fields stand
        10,  # from the field list to the table
        compression,
        16,  # from here to the text
        table_position,
        len(info.encode("utf-8")),
    )
    return struct.pack("<I", len(body) + len(text)) + body + text


def vector_head(identifier: bytes, length: int, content_bytes: int) -> bytes:
    """What precedes a vector of ``length`` that fills a size-prefixed FlatBuffer to its end."""
    return _VECTOR_HEAD.pack(
        _VECTOR_HEAD.size - 4 + content_bytes,
        16,  # from here to the table
        identifier,
        *(6, 8, 4),  # sizes of field list and table; where the field stands
        6,  # from the field list to the table
        4,  # from here to the vector
        length,
    )


def event_buffer(events: np.ndarray) -> bytearray:
    """The FlatBuffer of (N,) EVENT_DTYPE events, not compressed."""
    head = vector_head(b"EVTS", len(events), events.nbytes)
    buffer = bytearray(len(head) + events.nbytes)
    buffer[: len(head)] = head
    words = np.frombuffer(buffer, np.uint64, offset=len(head)).reshape(-1, _EVENT_WORDS)
    words[:] = np.ascontiguousarray(events).view(np.uint64).reshape(-1, _EVENT_WORDS)
    words[:, 1] &= np.uint64(_SECOND_WORD_USED)
    return buffer


def packet_head(content_bytes: int) -> bytes:
    """What precedes a packet's ``content_bytes``, which may be compressed."""
    return struct.pack("<ii", STREAM_ID, content_bytes)


def event_packet(events: np.ndarray) -> bytes:
    """One uncompressed packet of (N,) EVENT_DTYPE events, head included."""
    content = event_buffer(events)
    return packet_head(len(content)) + content
