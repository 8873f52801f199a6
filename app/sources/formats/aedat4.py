"""AEDAT 4 recordings, read packet by packet; what is damaged in between is left out and told.

Not by way of dv-processing, which never returns from a damaged packet, reads only the table that
it would write itself, and takes sizes for granted.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.events import Resolution, empty_events, join_events
from app.sources.contract import SourceError
from app.sources.formats.aedat4_header import StreamInfo, read_header
from app.sources.formats.aedat4_packets import DAMAGED, index_packets
from app.sources.formats.aedat4_packing import event_packet_head, unpack_events
from app.sources.formats.aedat4_writer import Aedat4Writer
from app.sources.formats.damage import Damage
from app.sources.formats.mapping import PAGES_BYTES, Mapping
from app.sources.formats.sensors import Extent, sized_by_events
from app.sources.formats.streams import Stream, chosen_stream
from app.sources.notes import joined

__all__ = ["Aedat4File", "Aedat4Writer"]

# As many places to seek to; a block is one packet, or several where there are more.
_MAX_BLOCKS = 4096
_SIZED_BY_BLOCKS = 64
_CUT_OFF = "its end is missing or damaged, played as far as it goes"


class Aedat4File:
    """Blocks of one event stream: ``stream`` by number or name, else the first that has events.

    ``size`` is taken instead of the size that the file gives.

    Raises:
        SourceError: the file cannot be read, or it holds no events.
    """

    def __init__(
        self, path: Path, stream: str | None = None, size: Resolution | None = None
    ) -> None:
        self.name = path.name
        self._mapping = Mapping(path)
        self._raw = self._mapping.raw
        header = read_header(self._raw, path.name)
        index = index_packets(self._raw, header, self._mapping.touch)
        self._positions, self._sizes, self._streams = index.positions, index.sizes, index.streams
        infos = header.streams or self._found_streams()
        offered = self._offered(infos)
        choice = chosen_stream(self.name, offered, stream)
        self.streams, self.stream = choice.names, choice.name
        info = next(info for info in infos if info.number == choice.number)
        self._pick(choice.number)
        self._notes = [choice.note, _lost(info), _CUT_OFF if index.is_cut_off else None]
        self._damage = Damage()
        with self._mapping.scattered():
            self.marks_us = self._marks()
        self.resolution = size or info.size or self._size_by_events()
        self._from_below = info.from_below

    @property
    def note(self) -> str | None:
        notes = [*self._notes, self._damage.note()]
        return joined(*notes)

    @property
    def data_bytes(self) -> int:
        return int(self._sizes.sum())

    def decode(self, block: int) -> np.ndarray:
        parts = [self._packet(row) for row in range(*self._rows(block))]
        events = join_events([part for part in parts if part.size])
        if self._from_below and events.size:
            events = events.copy()
            events["y"] = self.resolution.height - 1 - events["y"]
        return events

    def close(self) -> None:
        self._raw = np.empty(0, np.uint8)

    def _offered(self, infos: tuple[StreamInfo, ...]) -> list[Stream]:
        streams = [info for info in infos if info.has_events]
        if not streams:
            names = ", ".join(info.name for info in infos) or "nothing"
            raise SourceError(f"the recording {self.name} has no event stream, only {names}")
        return [
            Stream(info.number, info.name, info.source, self._has_events(info.number))
            for info in streams
        ]

    def _found_streams(self) -> tuple[StreamInfo, ...]:
        """What the packets themselves show, where the header describes nothing."""
        numbers, rows = np.unique(self._streams, return_index=True)
        return tuple(
            StreamInfo(number, "EVTS", "events", "", None, from_below=False)
            for number, row in zip(numbers.tolist(), rows.tolist(), strict=True)
            if event_packet_head(self._content(row)) is not None
        )

    def _has_events(self, number: int) -> bool:
        """Whether any packet of a stream holds an event."""
        rows = np.flatnonzero(self._streams == number).tolist()
        heads = (event_packet_head(self._content(row)) for row in rows)
        return any(head is not None and head.events for head in heads)

    def _pick(self, number: int) -> None:
        """Keep one stream's packets, and the damaged stretches, which may have been its own."""
        rows = (self._streams == number) | (self._streams == DAMAGED)
        self._positions, self._sizes = self._positions[rows], self._sizes[rows]
        self._streams = self._streams[rows]
        self._step = max(1, -(-self._sizes.size // _MAX_BLOCKS))

    def _rows(self, block: int) -> tuple[int, int]:
        first = block * self._step
        return first, min(first + self._step, self._sizes.size)

    def _content(self, row: int) -> memoryview:
        start = int(self._positions[row])
        self._mapping.touch(max(int(self._sizes[row]), PAGES_BYTES))
        return self._raw[start : start + int(self._sizes[row])].data

    def _packet(self, row: int) -> np.ndarray:
        is_whole = self._streams[row] != DAMAGED
        events = unpack_events(self._content(row)) if is_whole else None
        if events is not None:
            return events
        if not self._damage.knows(row):
            self._note_damage(row)
        return empty_events()

    def _note_damage(self, row: int) -> None:
        """Tell of all the damaged packets around ``row`` at once."""
        first, last = row, row
        while first > 0 and self._first_us(first - 1) is None:
            first -= 1
        while last < self._sizes.size - 1 and self._first_us(last + 1) is None:
            last += 1
        before = unpack_events(self._content(first - 1)) if first else None
        after_us = self._first_us(last + 1) if last + 1 < self._sizes.size else None
        missing_us = None
        if before is not None and before.size and after_us is not None:
            missing_us = after_us - int(before["t"][-1])
        size = int(self._sizes[first : last + 1].sum())
        self._damage.add(range(first, last + 1), size, missing_us)

    def _first_us(self, row: int) -> int | None:
        if self._streams[row] == DAMAGED:
            return None
        head = event_packet_head(self._content(row))
        return None if head is None else head.first_us

    def _marks(self) -> np.ndarray:
        """The time of each block's first event, (B,) int64; of a neighbour where there is none."""
        blocks = range(-(-self._sizes.size // self._step))
        firsts = [self._first_us(self._rows(block)[0]) for block in blocks]
        known = np.array([block for block in blocks if firsts[block] is not None], np.int64)
        if not known.size:
            return np.empty(0, np.int64)
        times = np.array([firsts[block] for block in known.tolist()], np.int64)
        before = np.searchsorted(known, np.array(blocks), side="right") - 1
        return times[np.maximum(before, 0)]

    def _size_by_events(self) -> Resolution:
        blocks = self.marks_us.size
        extent = Extent()
        for block in np.linspace(0, blocks - 1, min(blocks, _SIZED_BY_BLOCKS)).astype(int).tolist():
            for row in range(*self._rows(block)):
                extent.add_events(self._packet(row))
        size, note = sized_by_events(
            f"the recording {self.name}", "its description gives no sensor size", extent
        )
        self._notes.append(note)
        return size


def _lost(info: StreamInfo) -> str | None:
    if not info.lost_events:
        return None
    return f"{info.lost_events:,} events came too fast when it was recorded and are missing"
