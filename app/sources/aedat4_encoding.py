"""The bytes of AEDAT 4 as an event server sends them: one IOHE header, then EVTS packets.

Written by hand because dv-processing takes events one at a time, while an uncompressed packet is
nothing but a fixed head and the event array itself.
"""

from __future__ import annotations

import struct
from xml.sax.saxutils import escape

import numpy as np

from app.events import EVENT_DTYPE, Resolution

STREAM_ID = 0

_INFO = """\
<dv version="2.0">
    <node name="outInfo" path="/outInfo/">
        <node name="0" path="/outInfo/0/">
            <attr key="compression" type="string">NONE</attr>
            <attr key="originalModuleName" type="string">spikehand</attr>
            <attr key="originalOutputName" type="string">events</attr>
            <attr key="typeIdentifier" type="string">EVTS</attr>
            <node name="info" path="/outInfo/0/info/">
                <attr key="sizeX" type="int">{width}</attr>
                <attr key="sizeY" type="int">{height}</attr>
                <attr key="source" type="string">{source}</attr>
            </node>
        </node>
    </node>
</dv>
"""


def io_header(resolution: Resolution, source: str) -> bytes:
    """The size-prefixed FlatBuffer that says what follows: uncompressed events, no table."""
    info = _INFO.format(width=resolution.width, height=resolution.height, source=escape(source))
    text = info.encode("utf-8")
    text += bytes(4 - len(text) % 4)
    body = struct.pack(
        "<I4s6x5HiiIq4xI",
        24,  # from here to the table
        b"IOHE",
        *(10, 24, 4, 12, 8),  # sizes of field list and table; where the three fields stand
        10,  # from the field list to the table
        0,  # no compression
        16,  # from here to the text
        -1,  # no table of packets
        len(info.encode("utf-8")),
    )
    return struct.pack("<I", len(body) + len(text)) + body + text


def event_packet(events: np.ndarray) -> bytes:
    """One packet of (N,) EVENT_DTYPE events, head included."""
    raw = np.array(events, EVENT_DTYPE).view(np.uint8).reshape(-1, EVENT_DTYPE.itemsize)
    raw[:, 13:] = 0  # padding, which would tell of our memory
    body = struct.pack(
        "<I4s2x3HiII",
        16,  # from here to the table
        b"EVTS",
        *(6, 8, 4),  # sizes of field list and table; where the field stands
        6,  # from the field list to the table
        4,  # from here to the vector
        len(events),
    )
    size = len(body) + raw.size
    return struct.pack("<iiI", STREAM_ID, size + 4, size) + body + raw.tobytes()
