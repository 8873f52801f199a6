"""What the header of an AEDAT 4 file says: where the packets are, and which streams there are.

The version line is followed by a FlatBuffer "IOHE": packing, position of the table of packets, and
a description in XML. dv-processing writes -1 where there is no table, jAER -2 until it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.flatbuffer import PREFIX_BYTES, BadBufferError, root_table
from app.sources.printable import printable

# jAER puts all its preferences into the description.
_MAX_HEADER_BYTES = 1 << 26
_TABLE_POSITION, _INFO = 1, 2
NO_TABLE = (-1, -2)
_EVENTS = "EVTS"
_COUNT_DIGITS = 19


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One stream; ``size`` is none where the description does not tell it.

    jAER counts y from below. ``lost_events`` came too fast for whoever recorded them.
    """

    number: int
    kind: str
    name: str
    source: str
    size: Resolution | None
    from_below: bool
    lost_events: int = 0

    @property
    def has_events(self) -> bool:
        return self.kind == _EVENTS


@dataclass(frozen=True, slots=True)
class Header:
    """``body`` is where the first packet begins; ``table_position`` may point anywhere."""

    body: int
    table_position: int
    streams: tuple[StreamInfo, ...]


def read_header(raw: np.ndarray, name: str) -> Header:
    """The header of (bytes,) uint8 ``raw``, a recording called ``name``.

    Raises:
        SourceError: it is damaged.
    """
    start = raw[:64].tobytes().find(b"\n") + 1
    size = int.from_bytes(raw[start : start + PREFIX_BYTES].tobytes(), "little")
    body = start + PREFIX_BYTES + size
    if not 0 < size <= _MAX_HEADER_BYTES or body > raw.size:
        raise SourceError(
            f"the recording {name} cannot be opened: its header should have {size} bytes, and the "
            f"file has {raw.size}"
        )
    data = raw[start:body].tobytes()
    try:
        table = root_table(data, b"IOHE")
        position = table.number("<q", _TABLE_POSITION, -1)
        first, length = table.vector(_INFO)
    except BadBufferError as error:
        raise SourceError(
            f"the recording {name} cannot be opened: its header is damaged, {error}"
        ) from error
    return Header(body, position, _streams(data[first : first + length]))


@dataclass(slots=True)
class _Node:
    """A node of the description on its way to be whole."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)


def _streams(description: bytes) -> tuple[StreamInfo, ...]:
    """The streams, as far as the description can be read: preferences may break it further on."""
    found: list[StreamInfo] = []
    path: list[_Node] = []
    for event, element in _elements(description):
        if element.tag == "node" and event == "start":
            path.append(_Node(element.get("name", "")))
        elif element.tag == "node":
            node = path.pop()
            if path and path[-1].name == "outInfo" and node.name.isdecimal():
                found.append(_stream(int(node.name), node.texts))
            elif path and node.name == "info":
                path[-1].texts |= node.texts
        elif element.tag == "attr" and event == "end" and path:
            path[-1].texts[element.get("key", "")] = (element.text or "").strip()
    return tuple(found)


def _elements(description: bytes) -> Iterator[tuple[str, Element]]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    try:
        parser.feed(description.rstrip(b"\0"))
        yield from cast(Iterator[tuple[str, Element]], parser.read_events())
    except (ParseError, LookupError, ValueError):  # the latter of an encoding that nobody knows
        return


def _stream(number: int, texts: dict[str, str]) -> StreamInfo:
    return StreamInfo(
        number=number,
        kind=texts.get("typeIdentifier", ""),
        name=printable(texts.get("originalOutputName", "")) or str(number),
        source=printable(texts.get("source", "")),
        size=_size(texts),
        from_below=texts.get("originalModuleName") == "jAER",
        lost_events=_count(texts.get("lostEvents", "")),
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _COUNT_DIGITS else 0


def _size(texts: dict[str, str]) -> Resolution | None:
    try:
        return Resolution(int(texts["sizeX"]), int(texts["sizeY"]))
    except (KeyError, ValueError):
        return None
