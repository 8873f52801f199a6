"""The text at the beginning of Prophesee's RAW and DAT files: lines ``% key value``.

It ends at the line ``% end`` or, in older files, with the last line of this kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from app.events import MAX_SIDE_PX, Resolution

_MAX_HEADER_BYTES = 1 << 16
_LINE = re.compile(rb"% ?([\t\x20-\x7e\x80-\xff]{0,1000})\r?\n")
_SIZES = (
    re.compile(r"geometry[ :]+(\d{1,5})x(\d{1,5})"),
    re.compile(r"\bwidth[ =:]+(\d{1,5})"),
    re.compile(r"\bheight[ =:]+(\d{1,5})"),
)
# Older files name only the sensor.
_GENERATIONS = (
    (re.compile(r"genx320"), Resolution(320, 320)),
    (re.compile(r"gen(eration )?4|imx636|imx646"), Resolution(1280, 720)),
    (re.compile(r"gen(eration )?3"), Resolution(640, 480)),
)


@dataclass(frozen=True, slots=True)
class PropheseeHeader:
    """``text`` in lower case, a line each, and the length in bytes of what it was read from."""

    text: str
    size: int

    @property
    def resolution(self) -> Resolution | None:
        """The sensor's size, if the text says it or names a sensor that has but one."""
        geometry, wide, high = (pattern.search(self.text) for pattern in _SIZES)
        sides = geometry.groups() if geometry else (wide and wide[1], high and high[1])
        if all(side and 1 <= int(side) <= MAX_SIDE_PX for side in sides):
            return Resolution(int(sides[0] or 0), int(sides[1] or 0))
        return next((size for name, size in _GENERATIONS if name.search(self.text)), None)


def read_prophesee_header(raw: np.ndarray) -> PropheseeHeader:
    """The header of (bytes,) uint8 ``raw``."""
    head = bytes(raw[:_MAX_HEADER_BYTES])
    lines, size = [], 0
    while line := _LINE.match(head, size):
        size = line.end()
        lines.append(line[1].decode("latin-1").strip().lower())
        if lines[-1] == "end":
            break
    return PropheseeHeader("\n".join(lines), size)
