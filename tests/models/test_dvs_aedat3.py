"""AEDAT 3.1 of a data set: bytes by hand, round trips, overflow, damage."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from models.data.dvs_gesture.aedat3 import read_aedat3
from models.data.dvs_gesture.aedat3_writer import PACKET_EVENTS, write_aedat3
from models.data.dvs_gesture.findings import DataSetError
from models.data.events import EVENT_DTYPE
from tests.models.dvs_sets import noise

HEADER = b"#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n"


def word(x: int, y: int, p: int, valid: int = 1) -> int:
    return x << 17 | y << 2 | p << 1 | valid


def packet(*events: tuple[int, int], kind: int = 1, overflow: int = 0) -> bytes:
    """A packet of (data, time) events."""
    head = struct.pack("<hhiiiiii", kind, 1, 8, 4, overflow, *[len(events)] * 3)
    return head + b"".join(struct.pack("<Ii", *event) for event in events)


def tape(tmp_path: Path, *packets: bytes) -> Path:
    path = tmp_path / "user01_led.aedat"
    path.write_bytes(HEADER + b"".join(packets))
    return path


def test_an_event_by_hand(tmp_path: Path) -> None:
    # x 127 in bits 17-31, y 2 in bits 2-16, ON, valid: 0x00FE000B; time 0x01020304.
    body = bytes.fromhex("0b00fe00 04030201")
    path = tape(tmp_path, struct.pack("<hhiiiiii", 1, 1, 8, 4, 0, 1, 1, 1), body)
    recording = read_aedat3(path)
    assert recording.events.tolist() == [(0x01020304, 127, 2, 1)]
    assert recording.events.dtype == EVENT_DTYPE
    assert recording.note is None


@pytest.mark.parametrize("count", [1, PACKET_EVENTS, 100_001])
@pytest.mark.parametrize("start_us", [0, 80_000_000, 2**31 - 500_000, 2**40])
def test_what_is_written_is_read_again(tmp_path: Path, count: int, start_us: int) -> None:
    events = noise(count, start_us, 1_000_000)
    write_aedat3(tmp_path / "a.aedat", events)
    assert np.array_equal(read_aedat3(tmp_path / "a.aedat").events, events)


def test_the_overflow_counts_by_31_bits(tmp_path: Path) -> None:
    path = tape(
        tmp_path, packet((word(1, 2, 1), 2**31 - 1)), packet((word(3, 4, 0), 5), overflow=3)
    )
    assert read_aedat3(path).events["t"].tolist() == [2**31 - 1, 3 * 2**31 + 5]


def test_other_packets_and_invalid_events_are_skipped(tmp_path: Path) -> None:
    special = packet((word(9, 9, 1), 1), kind=0)
    imu = struct.pack("<hhiiiiii", 3, 1, 36, 4, 0, 2, 2, 2) + bytes(72)
    mixed = packet((word(1, 1, 1, valid=0), 3), (word(2, 3, 0), 4))
    path = tape(tmp_path, special, imu, mixed, special)
    assert read_aedat3(path).events.tolist() == [(4, 2, 3, 0)]


def test_events_out_of_order_are_sorted_and_told(tmp_path: Path) -> None:
    path = tape(tmp_path, packet((word(1, 1, 0), 9), (word(2, 2, 0), 5)), packet((0b1, 7)))
    recording = read_aedat3(path)
    assert recording.events["t"].tolist() == [5, 7, 9]
    assert recording.note == "holds events out of order, which were sorted"


def test_every_cut_keeps_the_whole_events_before_it(tmp_path: Path) -> None:
    events = noise(40, 100, 1000)
    write_aedat3(tmp_path / "a.aedat", events)
    content = (tmp_path / "a.aedat").read_bytes()
    body = len(HEADER) + 28
    for cut in range(body + 8, len(content)):
        (tmp_path / "a.aedat").write_bytes(content[:cut])
        recording = read_aedat3(tmp_path / "a.aedat")
        assert np.array_equal(recording.events, events[: (cut - body) // 8])
        assert recording.note == "ends in a half-written packet"


def test_a_cut_in_a_packet_header_is_told_too(tmp_path: Path) -> None:
    path = tape(tmp_path, packet((word(1, 1, 0), 9)), packet((word(1, 1, 0), 9))[:20])
    recording = read_aedat3(path)
    assert len(recording.events) == 1
    assert recording.note == "ends in a half-written packet"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"<html>not found</html>", "does not begin as an AEDAT 3.1 recording"),
        (b"#!AER-DAT2.0\r\n", "does not begin as an AEDAT 3.1 recording"),
        (HEADER[:-10], "does not begin as an AEDAT 3.1 recording"),
        (HEADER, "holds no events"),
        (HEADER + packet((word(1, 1, 1, valid=0), 3)), "holds no events"),
        (HEADER + packet((1, 1)) + bytes(100), f"is damaged at byte {len(HEADER) + 36}"),
        (HEADER + packet((word(128, 1, 0), 1)), "outside the 128x128 pixels"),
        (HEADER + packet((word(1, 128, 0), 1)), "outside the 128x128 pixels"),
    ],
)
def test_what_cannot_be_used_is_said_with_a_remedy(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "user07_lab.aedat"
    path.write_bytes(content)
    with pytest.raises(DataSetError, match=r"^user07_lab\.aedat .*; copy it again") as caught:
        read_aedat3(path)
    assert sentence in str(caught.value)


def test_a_missing_recording(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="cannot be read"):
        read_aedat3(tmp_path / "user07_lab.aedat")
