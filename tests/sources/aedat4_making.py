"""AEDAT 4 made byte by byte, as others than dv-processing and we write it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lz4.frame
import numpy as np
import zstandard

from app.sources.formats.aedat4_encoding import event_buffer, vector_head

VERSION_LINE = b"#!AER-DAT4.0\r\n"
PACKINGS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "NONE": (0, bytes),
    "LZ4": (1, lz4.frame.compress),
    "ZSTD": (3, zstandard.ZstdCompressor().compress),
}


@dataclass(frozen=True)
class Kind:
    """A stream as the header describes it; no size if none is given."""

    number: int
    kind: str = "EVTS"
    name: str = "events"
    source: str = "DVS128"
    size: tuple[int, int] | None = (128, 128)


def description(kinds: Sequence[Kind], module: str = "capture", more: str = "") -> str:
    """The XML of the header, in jAER's way: no paths, everything in one line."""
    nodes = [
        f'<node name="{kind.number}">'
        f'<attr key="originalModuleName" type="string">{module}</attr>'
        f'<attr key="originalOutputName" type="string">{kind.name}</attr>'
        f'<attr key="typeIdentifier" type="string">{kind.kind}</attr>'
        '<node name="info">'
        + "".join(
            f'<attr key="size{axis}" type="int">{side}</attr>'
            for axis, side in zip("XY", kind.size or (), strict=False)
        )
        + f'<attr key="source" type="string">{kind.source}</attr></node></node>'
        for kind in kinds
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><dv version="2.0">'
        f'<node name="outInfo">{"".join(nodes)}</node>{more}</dv>'
    )


def header(info: str, packing: int = 0, table_position: int = -1) -> bytes:
    """The size-prefixed IOHE."""
    text = info.encode() + b"\0"
    body = struct.pack(
        "<I4s6x5HiiIq4xI",
        24, b"IOHE", *(10, 24, 4, 12, 8), 10, packing, 16, table_position, len(info.encode()),
    )  # fmt: skip
    return struct.pack("<I", len(body) + len(text)) + body + text


def packet(stream: int, content: bytes) -> bytes:
    return struct.pack("<ii", stream, len(content)) + content


def other_buffer(kind: str, size: int = 64) -> bytes:
    """What is no event: a buffer of another kind."""
    return vector_head(kind.encode(), size, size) + bytes(size)


def table(rows: Sequence[tuple[int, int, int, int, int, int]]) -> bytes:
    """FTAB as jAER builds it: position, stream, bytes, events, first and last time a row.

    Rows stand before the vector of pointers to them would in ours: each has fields of its own.
    """
    count = len(rows)
    head = struct.pack("<I4s2x3HiI", 16, b"FTAB", 6, 8, 4, 6, 4)
    parts, pointers = [], []
    at = 4 * count
    for index, (position, stream, size, events, first, last) in enumerate(rows):
        fields = struct.pack("<7H2x", 14, 44, 36, 4, 28, 20, 12)
        row = struct.pack("<iiiqqqq", len(fields), stream, size, last, first, events, position)
        pointers.append(at + len(fields) - 4 * index)
        parts.append(fields + row)
        at += len(fields) + len(row)
    body = head + struct.pack("<I", count) + struct.pack(f"<{count}I", *pointers) + b"".join(parts)
    return struct.pack("<I", len(body)) + body


def jaer_file(
    parts: Sequence[np.ndarray],
    packing: str = "LZ4",
    *,
    at_heads: bool = True,
    info: str | None = None,
    position: int | None = None,
) -> bytes:
    """A recording of jAER 3: its table is not packed, and its positions are those of the heads."""
    info = description([Kind(0), Kind(1, "FRME", "frames")]) if info is None else info
    number, pack = PACKINGS[packing]
    place = len(VERSION_LINE) + len(header(info, number, 0))
    packets, rows = [], []
    for part in parts:
        frame = packet(1, pack(other_buffer("FRME")))
        content = pack(bytes(event_buffer(part)))
        times = part["t"]
        rows.append(
            (place + 8 * (not at_heads), 1, len(frame) - 8, 1, int(times[0]), int(times[0]))
        )
        place += len(frame)
        rows.append(
            (place + 8 * (not at_heads), 0, len(content), len(part), int(times[0]), int(times[-1]))
        )
        place += 8 + len(content)
        packets += [frame, packet(0, content)]
    begin = VERSION_LINE + header(info, number, place if position is None else position)
    return begin + b"".join(packets) + table(rows)
