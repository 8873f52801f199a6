"""Events and recordings made for the tests, byte by byte where the format is in question."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.events import EVENT_DTYPE

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "recordings"

DVS128_HEADER_2 = b"#!AER-DAT2.0\r\n# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n"
DVS128_HEADER_3 = b"#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n"


def events_of(*rows: tuple[int, int, int, int]) -> np.ndarray:
    """Events from rows of t, x, y, p."""
    return np.array(list(rows), EVENT_DTYPE)


def random_events(
    count: int, *, width: int = 128, height: int = 128, span_us: int = 1_000_000, start_us: int = 0,
    seed: int = 0,
) -> np.ndarray:  # fmt: skip
    """``count`` events in order, spread over ``span_us`` from ``start_us`` on."""
    rng = np.random.default_rng(seed)
    events = np.empty(count, EVENT_DTYPE)
    events["t"] = start_us + np.sort(rng.integers(0, span_us, count))
    events["x"] = rng.integers(0, width, count)
    events["y"] = rng.integers(0, height, count)
    events["p"] = rng.integers(0, 2, count)
    return events


def in_batches(events: np.ndarray, size: int) -> list[np.ndarray]:
    return [events[start : start + size] for start in range(0, len(events), size)]


def aedat2_bytes(events: np.ndarray, header: bytes = DVS128_HEADER_2) -> bytes:
    """A DVS128 recording as jAER writes it: ON is 0, x from the right, y from below."""
    address = (
        (127 - events["y"].astype(np.uint32)) << 8
        | (127 - events["x"].astype(np.uint32)) << 1
        | (1 - events["p"].astype(np.uint32))
    )
    pairs = np.stack([address, events["t"].astype(np.uint64).astype(np.uint32)], axis=1)
    return header + pairs.astype(">u4").tobytes()


def aedat1_bytes(events: np.ndarray, header: bytes = b"#!AER-DAT1.0\r\n") -> bytes:
    """The same in 16 bits of address and 32 of time."""
    pairs = np.frombuffer(aedat2_bytes(events, b""), np.uint8).reshape(-1, 8)
    return header + pairs[:, 2:].tobytes()


def packet_3(
    *rows: tuple[int, int, int, int], overflow: int = 0, kind: int = 1, number: int | None = None
) -> bytes:
    """One AEDAT 3.1 polarity packet from rows of ts, x, y, p, all valid."""
    count = len(rows) if number is None else number
    body = b"".join(struct.pack("<Ii", x << 17 | y << 2 | p << 1 | 1, t) for t, x, y, p in rows)
    return struct.pack("<hhiiiiii", kind, 1, 8, 4, overflow, count, count, count) + body


def shared_recording(name: str) -> Path:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"needs the real recording shared/recordings/{name} beside the checkout")
    return path
