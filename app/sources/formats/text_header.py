"""Where the text at the beginning of AEDAT 2.0 and 3 ends and the events begin.

Both end it with a line of their own, which old programs left out. Preferences that jAER writes
into it may hold control characters and line breaks, so without that line the text goes on as long
as lines look like text, and ends with the last that begins with ``#``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

_MAX_HEADER_BYTES = 1 << 25
_LINE = re.compile(rb"[^\n]*\n")
_CONTROLS = bytes(set(range(32)) - set(b"\t\r\n"))
# A comment may hold so many control characters; what a line break has torn off may hold none.
_CONTROL_SHARE = 0.1
_MAX_TORN_LINES = 100


@dataclass(frozen=True, slots=True)
class TextHeader:
    """The text in latin-1, its length in bytes, and whether its end line was there."""

    text: str
    size: int
    has_end: bool


def read_text_header(raw: np.ndarray, end_line: re.Pattern[bytes]) -> TextHeader:
    """The header of (bytes,) uint8 ``raw``; ``end_line`` begins after a line break."""
    head = raw[:_MAX_HEADER_BYTES].data
    end = end_line.search(head)
    size = end.end() if end else _end_of_text(head)
    return TextHeader(bytes(head[:size]).decode("latin-1"), size, end is not None)


def _end_of_text(head: memoryview) -> int:
    end = torn = 0
    for match in _LINE.finditer(head):
        line = match[0]
        if _is_comment(line):
            end, torn = match.end(), 0
        elif torn < _MAX_TORN_LINES and _controls_in(line) == 0:
            torn += 1
        else:
            break
    return end


def _is_comment(line: bytes) -> bool:
    return line.startswith(b"#") and _controls_in(line) <= _CONTROL_SHARE * len(line)


def _controls_in(line: bytes) -> int:
    return len(line) - len(line.translate(None, _CONTROLS))
