"""The table of packets at the end of an AEDAT 4 file, by which readers go to a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.sources.formats.aedat4_encoding import STREAM_ID, vector_head
from app.sources.formats.flatbuffer import BadBufferError, root_table

# One packet; the fields begin after the distance to the list that says where they stand.
_ROW_DTYPE = np.dtype(
    {
        "names": ["to_fields", "stream", "bytes", "position", "events", "first_us", "last_us"],
        "formats": ["<i4", "<i4", "<i4", "<i8", "<i8", "<i8", "<i8"],
        "offsets": [0, 4, 8, 12, 20, 28, 36],
        "itemsize": 48,
    }
)
# Sizes of field list and row; where position, stream and size, events, first and last time stand.
_FIELDS = np.array([14, 44, 12, 4, 20, 28, 36], "<u2")
_FIELDS_BYTES = 20  # so that the 64-bit numbers of a row are aligned


@dataclass(frozen=True, slots=True)
class PacketEntry:
    """One packet: where in the file its content lies, and its events, both times inclusive."""

    position: int
    content_bytes: int
    events: int
    first_us: int
    last_us: int


def packet_table(entries: list[PacketEntry]) -> bytes:
    """The size-prefixed FlatBuffer of the packets of a file, not compressed."""
    count = len(entries)
    rows = np.zeros(count, _ROW_DTYPE)
    rows["stream"] = STREAM_ID
    rows["position"] = [entry.position for entry in entries]
    rows["bytes"] = [entry.content_bytes for entry in entries]
    rows["events"] = [entry.events for entry in entries]
    rows["first_us"] = [entry.first_us for entry in entries]
    rows["last_us"] = [entry.last_us for entry in entries]
    rows["to_fields"] = _FIELDS_BYTES + rows.itemsize * np.arange(count)
    pointers = 4 * (count + count % 2)  # an even number, again for the alignment
    to_rows = pointers + _FIELDS_BYTES + (rows.itemsize - 4) * np.arange(count, dtype="<u4")
    content = (
        to_rows.astype("<u4").tobytes().ljust(pointers, b"\0")
        + _FIELDS.tobytes().ljust(_FIELDS_BYTES, b"\0")
        + rows.tobytes()
    )
    return vector_head(b"FTAB", count, len(content)) + content


@dataclass(frozen=True, slots=True)
class TableRows:
    """What a table says, one row a packet: where its content lies, its stream, its bytes."""

    positions: np.ndarray
    streams: np.ndarray
    sizes: np.ndarray


def table_rows(table: bytes) -> TableRows | None:
    """Read the FlatBuffer of a file's packets, all rows at once; none if it points anywhere."""
    data = np.frombuffer(table, np.uint8)
    try:
        start, count = root_table(table, b"FTAB").vector(0)
        if start + 4 * count > data.size:
            return None
        pointers = start + 4 * np.arange(count)
        rows = pointers + _numbers(data, pointers, "<u4")
        lists = rows - _numbers(data, rows, "<i4")
        where, packet = (_numbers(data, lists + 4 + 2 * field, "<u2") for field in (0, 1))
        return TableRows(
            _numbers(data, rows + where, "<i8"),
            _numbers(data, rows + packet, "<i4"),
            _numbers(data, rows + packet + 4, "<i4"),
        )
    except (BadBufferError, IndexError):
        return None


def _numbers(data: np.ndarray, places: np.ndarray, form: str) -> np.ndarray:
    """The numbers at (N,) byte ``places``, as int64.

    Raises:
        IndexError: a place is outside the data.
    """
    if places.size and places.min() < 0:
        raise IndexError("expected places inside the data")
    size = np.dtype(form).itemsize
    return data[places[:, None] + np.arange(size)].view(form)[:, 0].astype(np.int64)
