"""Prophesee's RAW files: text, then words of EVT 2, 2.1 or 3 (see ``evt`` and ``evt3``).

What a word means depends on words before it, so the reading of a block begins a little before it.
The upper part of the time wraps, in EVT 3 after 17 s; wraps are counted from block to block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.evt import Coding, Evt2, Evt21, is_evt21_legacy
from app.sources.formats.evt3 import Evt3
from app.sources.formats.mapping import PAGES_BYTES, Mapping
from app.sources.formats.prophesee_header import PropheseeHeader, read_prophesee_header
from app.sources.formats.sensors import sized_by_blocks
from app.sources.formats.wrapping import signed_step, unwrapped
from app.sources.notes import joined

_BLOCK_BYTES = 1 << 17
_MOST_BLOCKS = 1 << 13
# A longer recording is not read whole when it is opened, only the beginning of each block.
_READ_WHOLE_BYTES = 1 << 28
_BEGINNING_BYTES = 1 << 14
_BACK_WORDS = 1 << 10
_MOST_BACK_WORDS = 1 << 16
_EVT = re.compile(r"^(?:format +evt|evt +)(\d)\.?(\d?)", re.MULTILINE)


class RawFile:
    """Blocks of a RAW file; ``size`` is taken instead of the size that the file gives.

    Raises:
        SourceError: the file cannot be read, its coding is not known, or it holds no time.
    """

    streams: tuple[str, ...] = ()
    stream = ""

    def __init__(self, path: Path, size: Resolution | None = None) -> None:
        self.name = path.name
        self._mapping = Mapping(path)
        raw = self._mapping.raw
        header = read_prophesee_header(raw)
        body = raw[header.size :]
        self._coding = _coding_of(header, body[:_BEGINNING_BYTES], path.name)
        word_bytes = self._coding.word.itemsize
        self._left_over = body.size % word_bytes
        self._words = body[: body.size - self._left_over].view(self._coding.word)
        block_bytes = max(_BLOCK_BYTES, -(-body.size // _MOST_BLOCKS))
        self._block_words = -(-block_bytes // word_bytes)
        with self._mapping.scattered() if self._is_long else nullcontext():
            self._highs = self._counter_at_blocks()
        self.marks_us = (self._highs + 1 << self._coding.low_bits) - 1
        self._size_note: str | None = None
        self.resolution = size or header.resolution or self._size_by_events()

    @property
    def _is_long(self) -> bool:
        return self._words.nbytes > _READ_WHOLE_BYTES

    @property
    def data_bytes(self) -> int:
        return int(self._words.nbytes)

    @property
    def note(self) -> str | None:
        half = "the last event is half-written" if self._left_over else None
        return joined(self._size_note, half)

    def decode(self, block: int) -> np.ndarray:
        start = block * self._block_words
        back = self._words_back(start)
        words = self._words[start - back : start + self._block_words]
        self._mapping.touch(words.nbytes)
        return self._coding.decode(words, self._counter(words, block, back), back)

    def close(self) -> None:
        self._words = self._words[:0].copy()

    def _words_back(self, start: int) -> int:
        """How many words before ``start`` are needed to know the state there."""
        back = min(_BACK_WORDS, start)
        while back < min(start, _MOST_BACK_WORDS) and not self._coding.is_enough(
            self._words[start - back : start]
        ):
            back = min(2 * back, start)
        return back

    def _counter(self, words: np.ndarray, block: int, start: int) -> np.ndarray:
        """The upper part of the time at each of a block's words, its wraps counted in."""
        places, counts = self._coding.highs(words)
        if not places.size:
            return np.full(words.size, self._highs[block])
        values = unwrapped(counts, self._coding.high_bits)
        # The first word of its kind in the block is where the block's own count was taken.
        known = min(int(np.searchsorted(places, start)), places.size - 1)
        expected = self._highs[block]
        step = signed_step(counts[known] - expected, self._coding.high_bits)
        values += expected + step - values[known]
        before = max(int(values[0]) - 1, 0)
        return np.append(before, values)[np.searchsorted(places, np.arange(words.size), "right")]

    def _counter_at_blocks(self) -> np.ndarray:
        """(B,) int64: the upper part of the time where each block first says it, or the next."""
        first: list[int | None] = []
        newest: np.ndarray | None = None  # the count as it is in the file, and as it goes on
        total = 0
        for counts in self._counts_by_block():
            first.append(None)
            if counts.size:
                known = counts[:1] if newest is None else newest
                values = unwrapped(np.concatenate([known, counts]), self._coding.high_bits)
                total = int(counts[0]) if newest is None else total
                first[-1] = total + int(values[1] - values[0])
                total += int(values[-1] - values[0])
                newest = counts[-1:]
        if newest is None and first:
            raise SourceError(f"the recording {self.name} holds no times")
        return _filled_up(first, total)

    def _counts_by_block(self) -> Iterator[np.ndarray]:
        looked_at = self._block_words
        if self._is_long:
            looked_at = min(looked_at, _BEGINNING_BYTES // self._coding.word.itemsize)
        for start in range(0, self._words.size, self._block_words):
            words = self._words[start : start + looked_at]
            self._mapping.touch(max(words.nbytes, PAGES_BYTES))
            yield self._coding.highs(words)[1]

    def _size_by_events(self) -> Resolution:
        size, self._size_note = sized_by_blocks(self.name, self.marks_us.size, self.decode)
        return size


def _coding_of(header: PropheseeHeader, beginning: np.ndarray, name: str) -> Coding:
    said = _EVT.search(header.text)
    version = f"{said[1]}.{said[2] or '0'}" if said else "unknown"
    match version:
        case "2.0":
            return Evt2()
        case "2.1":
            says_order = "endianness" in header.text
            is_legacy = "legacy" in header.text if says_order else is_evt21_legacy(beginning)
            return Evt21(is_legacy=is_legacy)
        case "3.0":
            return Evt3()
    raise SourceError(
        f"expected a RAW recording of EVT 2, 2.1 or 3, but {name} is of version {version}"
    )


def _filled_up(first: list[int | None], last: int) -> np.ndarray:
    """What stands in the list, or next in it."""
    values = np.empty(len(first), np.int64)
    following = last
    for block in reversed(range(len(first))):
        value = first[block]
        following = following if value is None else value
        values[block] = following
    return values
