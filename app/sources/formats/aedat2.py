"""AEDAT 1.0 and 2.0, as jAER writes them: text lines, then big-endian pairs of address and time.

See ``aedat2_address`` for the address, which has 16 bits in 1.0 and 32 in 2.0. The time is in
microseconds and wraps at 32 bits, after 71 minutes. jAER's picture has its origin at the lower left
and the chips count x from the right, so x and y are both turned round here.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from app.events import EVENT_DTYPE, Resolution
from app.sources.formats.aedat2_address import DVS128, address_of, chip_in
from app.sources.formats.blocks import BLOCK_EVENTS, block_events
from app.sources.formats.mapping import Mapping
from app.sources.formats.sensors import (
    SENSOR_SIZES,
    Extent,
    Sensor,
    sensor_named_in,
    sized_by_events,
)
from app.sources.formats.streams import Stream, chosen_stream, require_no_stream
from app.sources.formats.text_header import read_text_header
from app.sources.formats.wrapping import WrappingTimes
from app.sources.notes import joined

_PAIRS = {
    "1.0": np.dtype([("address", ">u2"), ("time", ">u4")]),
    "2.0": np.dtype([("address", ">u4"), ("time", ">u4")]),
}
_END_OF_HEADER = re.compile(rb"(?<=\n)# ?End Of ASCII Header[^\n]{0,80}\n", re.IGNORECASE)
_SAMPLED_BLOCKS = 64


class Aedat2File:
    """Blocks of an AEDAT 1.0 or 2.0 file. ``on_is_zero`` concerns DVS128 addresses only, which are
    all that 1.0 can hold.

    ``stream`` is one of several cameras by number; ``sensor`` is taken instead of the chip that
    the file names.

    Raises:
        SourceError: the file cannot be read, or there is no such stream.
    """

    def __init__(
        self,
        path: Path,
        version: str = "2.0",
        *,
        on_is_zero: bool,
        stream: str | None = None,
        sensor: Sensor | None = None,
    ) -> None:
        self.name = path.name
        self._mapping = Mapping(path)
        raw = self._mapping.raw
        header = read_text_header(raw, _END_OF_HEADER)
        body = raw[header.size :]
        pair = _PAIRS[version]
        self._left_over = body.size % pair.itemsize
        self._pairs = body[: body.size - self._left_over].view(pair)
        self._block_pairs = block_events(self._pairs.size)
        self._notes: list[str | None] = []
        chip = "DVS128" if version == "1.0" else chip_in(header.text)
        sample = self._sampled_addresses()
        self._address = address_of(chip, sensor, sample)
        self._on_value = 0 if self._address.polarity == DVS128.polarity and on_is_zero else 1
        self.resolution = self._sized(chip, sensor, sample)
        self._choose_camera(stream)
        low = self._mapping.pick(self._pairs["time"], self._firsts).astype(np.uint32)
        self._times = WrappingTimes(low)
        self.marks_us = self._times.marks_us

    @property
    def data_bytes(self) -> int:
        return int(self._pairs.nbytes)

    @property
    def note(self) -> str | None:
        half = "the last event is half-written" if self._left_over else None
        return joined(*self._notes, half)

    def decode(self, block: int) -> np.ndarray:
        pairs = self._block(block)
        self._mapping.touch(pairs.nbytes)
        address, low_time = (pairs[name].astype(np.uint32) for name in ("address", "time"))
        ours = self._is_ours(address)
        address, low_time = address[ours], low_time[ours]
        events = np.empty(address.size, EVENT_DTYPE)
        events["t"] = self._times.of(block, low_time)
        events["x"] = self.resolution.width - 1 - self._address.xs(address)
        events["y"] = self.resolution.height - 1 - self._address.ys(address)
        events["p"] = (address >> self._address.polarity & 1) == self._on_value
        return events

    def close(self) -> None:
        self._pairs = self._pairs[:0].copy()

    def _block(self, block: int) -> np.ndarray:
        return self._pairs[block * self._block_pairs : (block + 1) * self._block_pairs]

    def _is_ours(self, addresses: np.ndarray) -> np.ndarray:
        ours = self._address.are_events(addresses)
        if self._camera is not None:
            ours &= self._address.cameras(addresses) == self._camera
        return ours

    def _sampled_addresses(self) -> np.ndarray:
        """The addresses of some blocks from all over the file, (N,) uint32."""
        blocks = -(-len(self._pairs) // self._block_pairs)
        picked = np.linspace(0, blocks - 1, min(blocks, _SAMPLED_BLOCKS)).astype(int).tolist()
        blocks_read = (self._block(block)[:BLOCK_EVENTS] for block in picked)
        parts = [pairs["address"].astype(np.uint32) for pairs in blocks_read]
        return np.concatenate(parts) if parts else np.empty(0, np.uint32)

    def _sized(self, chip: str, sensor: Sensor | None, sample: np.ndarray) -> Resolution:
        if sensor is not None:
            return sensor.size
        name = sensor_named_in(chip)
        if name is not None:
            return SENSOR_SIZES[name]
        extent = Extent()
        events = sample[self._address.are_events(sample)]
        extent.add(self._address.xs(events), self._address.ys(events))
        why = f"its chip {chip} is not known" if chip else "it names no chip"
        size, note = sized_by_events(f"the recording {self.name}", why, extent)
        self._notes.append(note)
        return size

    def _choose_camera(self, wanted: str | None) -> None:
        """Fix the camera, and where in each block its first event is."""
        self.streams: tuple[str, ...] = ()
        self.stream = ""
        self._camera: int | None = None
        self._firsts = np.arange(0, len(self._pairs), self._block_pairs)
        if not self._address.camera_mask:
            require_no_stream(self.name, wanted)
            return
        firsts = self._firsts_by_camera()
        cameras = sorted({0, *firsts})
        streams = [Stream(n, f"camera {n}", "", n in firsts) for n in cameras]
        choice = chosen_stream(self.name, streams, wanted)
        self.streams, self.stream = choice.names, choice.name
        self._notes.append(choice.note)
        self._camera = choice.number
        rows = firsts.get(choice.number, {})
        # A block without an event of this camera begins where another camera's does.
        for block, row in rows.items():
            self._firsts[block] += row

    def _firsts_by_camera(self) -> dict[int, dict[int, int]]:
        """For each camera, the row of its first event in each block that has one."""
        firsts: dict[int, dict[int, int]] = {}
        for block in range(len(self._firsts)):
            addresses = self._block(block)["address"].astype(np.uint32)
            self._mapping.touch(addresses.nbytes * 2)
            rows = np.flatnonzero(self._address.are_events(addresses))
            cameras, places = np.unique(self._address.cameras(addresses[rows]), return_index=True)
            for camera, place in zip(cameras.tolist(), places.tolist(), strict=True):
                firsts.setdefault(camera, {})[block] = int(rows[place])
        return firsts
