"""Reads single fields of FlatBuffers whose every number may be a lie.

A buffer begins with its size, then where its root table is, then four letters that say what it is.
A table begins with how far back its list of fields is; the list says where in the table each
field stands, 0 where it has been left out.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

PREFIX_BYTES = 4
_IDENTIFIER = slice(PREFIX_BYTES + 4, PREFIX_BYTES + 8)


class BadBufferError(ValueError):
    """A place outside the buffer, or something else than what was expected."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table at ``place`` of ``data``, which may be only the beginning of a buffer."""

    data: bytes
    place: int

    def field(self, index: int) -> int | None:
        """Where a field stands, or none if it has been left out.

        Raises:
            BadBufferError: the table points out of the data.
        """
        fields = self.place - self._number("<i", self.place)
        entry = 4 + 2 * index
        if entry + 2 > self._number("<H", fields):
            return None
        offset = self._number("<H", fields + entry)
        return self.place + offset if offset else None

    def number(self, form: str, index: int, default: int) -> int:
        """A field as a number in ``struct``'s notation."""
        place = self.field(index)
        return default if place is None else self._number(form, place)

    def vector(self, index: int) -> tuple[int, int]:
        """Where the first element of a vector stands, and how many there are; 0 and 0 if none.

        Only the beginning is sure to lie inside the data.
        """
        place = self.field(index)
        if place is None:
            return 0, 0
        start = place + self._number("<I", place)
        return start + 4, self._number("<I", start)

    def _number(self, form: str, place: int) -> int:
        if not 0 <= place <= len(self.data) - struct.calcsize(form):
            raise BadBufferError(f"expected a number at byte {place} of {len(self.data)}")
        number: int = struct.unpack_from(form, self.data, place)[0]
        return number


def root_table(data: bytes, identifier: bytes) -> Table:
    """The root of a size-prefixed buffer.

    Raises:
        BadBufferError: it is too short, or not of this kind.
    """
    if data[_IDENTIFIER] != identifier:
        raise BadBufferError(f"expected {identifier!r}, got {data[_IDENTIFIER]!r}")
    to_root = int.from_bytes(data[PREFIX_BYTES : PREFIX_BYTES + 4], "little")
    return Table(data, PREFIX_BYTES + to_root)
