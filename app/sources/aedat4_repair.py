"""Makes an AEDAT 4 file playable whose table of packets at the end is missing or damaged.

The file begins with its version line, then a FlatBuffer "IOHE" that says where the table lies. A
position of -1 means that there is none, and dv-processing then looks for the packets itself.
"""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

from app.sources.contract import SourceError

_VERSION_LINE_BYTES = 14
_SIZE_PREFIX_BYTES = 4
_HEADER_BYTES = 4096
_TABLE_POSITION_FIELD = 1  # of IOHeader: compression, dataTablePosition, infoNode
_NO_TABLE = struct.pack("<q", -1)


def copy_without_table(path: Path, target: Path) -> Path:
    """Copy a recording to ``target`` such that its table of packets is left alone.

    Raises:
        SourceError: the header is damaged as well, or there is no room for the copy.
    """
    try:
        with open(path, "rb") as file:
            place = table_position_offset(file.read(_HEADER_BYTES))
        if place is None:
            raise SourceError(f"the recording {path.name} is damaged in its header")
        shutil.copyfile(path, target)
        with open(target, "r+b") as file:
            file.seek(place)
            file.write(_NO_TABLE)
    except OSError as error:
        raise SourceError(
            f"the recording {path.name} lacks its end, and a copy of it cannot be made: "
            f"{error.strerror}"
        ) from error
    return target


def table_position_offset(head: bytes) -> int | None:
    """Where in a file the 64-bit position of the table stands, or none if the header lacks it."""
    buffer = _VERSION_LINE_BYTES + _SIZE_PREFIX_BYTES
    if head[buffer + 4 : buffer + 8] != b"IOHE":
        return None
    try:
        table = buffer + struct.unpack_from("<I", head, buffer)[0]
        field_offsets = table - struct.unpack_from("<i", head, table)[0]
        fields_bytes = struct.unpack_from("<H", head, field_offsets)[0]
        entry = 4 + 2 * _TABLE_POSITION_FIELD
        if field_offsets < 0 or entry + 2 > fields_bytes:
            return None
        offset = struct.unpack_from("<H", head, field_offsets + entry)[0]
    except struct.error:
        return None
    whole = offset > 0 and table + offset + len(_NO_TABLE) <= len(head)
    return table + offset if whole else None
