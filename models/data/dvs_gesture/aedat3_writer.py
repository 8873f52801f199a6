"""Writes AEDAT 3.1 polarity packets, the format of DVS128 Gesture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.data.dvs_gesture.aedat3 import EVENT_BYTES, PACKET_HEADER, POLARITY, TIME_OFFSET

PACKET_EVENTS = 4096
_HEADER = "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: {}\r\n#!END-HEADER\r\n"


def write_aedat3(path: Path, events: np.ndarray, sensor: str = "DVS128") -> None:
    """Write (N,) EVENT_DTYPE events, ordered in time and inside the sensor, as one file.

    The format tells the sensor's size by its name only.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("wb") as file:
        file.write(_HEADER.format(sensor).encode("ascii"))
        for packet in _packets(events):
            file.write(_packet_header(packet))
            file.write(_words(packet).tobytes())


def _packets(events: np.ndarray) -> Iterator[np.ndarray]:
    """Runs of at most PACKET_EVENTS events that share their time overflow."""
    new_overflow = np.flatnonzero(np.diff(events["t"] >> 31)) + 1
    for run in np.split(events, new_overflow):
        for start in range(0, run.size, PACKET_EVENTS):
            yield run[start : start + PACKET_EVENTS]


def _packet_header(packet: np.ndarray) -> bytes:
    overflow, number = int(packet["t"][0]) >> 31, packet.size
    return PACKET_HEADER.pack(
        POLARITY, 1, EVENT_BYTES, TIME_OFFSET, overflow, number, number, number
    )


def _words(packet: np.ndarray) -> np.ndarray:
    words = np.empty((packet.size, 2), "<u4")
    x, y, p = (packet[name].astype(np.uint32) for name in "xyp")
    words[:, 0] = x << 17 | y << 2 | p << 1 | 1
    words[:, 1] = packet["t"] & 0x7FFFFFFF
    return words
