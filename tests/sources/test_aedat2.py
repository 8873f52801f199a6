from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.aedat2 import Aedat2File
from app.sources.formats.blocks import BLOCK_EVENTS, BlockReader
from app.sources.formats.recording import RecordingSource
from tests.sources.making import DVS128_HEADER_2, aedat2_bytes, events_of, random_events

DAVIS346_HEADER = b"#!AER-DAT2.0\r\n# AEChip: eu.seebetter.ini.chips.davis.Davis346blue\r\n"


def opened(path: Path, content: bytes, *, on_is_zero: bool = True) -> RecordingSource:
    path.write_bytes(content)
    return RecordingSource(path.name, BlockReader(Aedat2File(path, on_is_zero=on_is_zero)))


def all_events(source: RecordingSource) -> np.ndarray:
    return np.concatenate([batch.events for batch in source.batches()])


def pairs(*rows: tuple[int, int]) -> bytes:
    return b"".join(struct.pack(">II", address, t) for address, t in rows)


def test_a_dvs128_address_by_hand(tmp_path: Path) -> None:
    # y 5 from below, x 3 from the right, polarity bit 1: OFF in jAER's convention.
    address = 5 << 8 | 3 << 1 | 1
    content = DVS128_HEADER_2 + pairs((address, 1000))
    assert content[-8:] == b"\x00\x00\x05\x07\x00\x00\x03\xe8"
    source = opened(tmp_path / "a.aedat", content)
    assert source.info.resolution == Resolution(128, 128)
    assert all_events(source).tolist() == [(1000, 127 - 3, 127 - 5, 0)]


def test_the_other_polarity_convention(tmp_path: Path) -> None:
    content = DVS128_HEADER_2 + pairs((1, 0), (0, 1))
    assert all_events(opened(tmp_path / "a", content))["p"].tolist() == [0, 1]
    assert all_events(opened(tmp_path / "b", content, on_is_zero=False))["p"].tolist() == [1, 0]


def test_a_davis_address_by_hand(tmp_path: Path) -> None:
    address = 7 << 22 | 300 << 12 | 1 << 11
    source = opened(tmp_path / "a.aedat", DAVIS346_HEADER + pairs((address, 5)))
    assert source.info.resolution == Resolution(346, 260)
    assert all_events(source).tolist() == [(5, 345 - 300, 259 - 7, 1)]


@pytest.mark.parametrize(
    ("chip", "size"), [("Davis240C", (240, 180)), ("DAVIS640", (640, 480)), ("DVS128", (128, 128))]
)
def test_the_chip_is_read_from_the_header(tmp_path: Path, chip: str, size: tuple[int, int]) -> None:
    header = f"#!AER-DAT2.0\r\n# created in K\xf6ln\r\n# AEChip: x.{chip}\r\n".encode("latin-1")
    source = opened(tmp_path / "a.aedat", header + pairs((0, 0)))
    assert source.info.resolution == Resolution(*size)


def test_foreign_samples_are_left_out(tmp_path: Path) -> None:
    dvs = DVS128_HEADER_2 + pairs((0x8000, 1), (0x80000000, 2), (0, 3))
    assert all_events(opened(tmp_path / "a", dvs))["t"].tolist() == [3]
    picture, imu, special = 1 << 31, 1 << 31 | 3 << 10, 1 << 10
    davis = DAVIS346_HEADER + pairs((picture, 1), (imu, 2), (special, 3), (0, 4))
    assert all_events(opened(tmp_path / "b", davis))["t"].tolist() == [4]


def test_the_32_bit_time_goes_on_after_71_minutes(tmp_path: Path) -> None:
    wrap = 2**32
    content = DVS128_HEADER_2 + pairs((0, wrap - 100), (0, wrap - 1), (0, 5), (0, 70))
    assert content[-32:-24] == b"\x00\x00\x00\x00\xff\xff\xff\x9c"
    source = opened(tmp_path / "a.aedat", content)
    assert all_events(source)["t"].tolist() == [wrap - 100, wrap - 1, wrap + 5, wrap + 70]
    assert source.info.duration_us == 171


def test_two_wraps_over_many_blocks(tmp_path: Path) -> None:
    events = random_events(10 * BLOCK_EVENTS + 77, span_us=9 * 10**9)
    source = opened(tmp_path / "a.aedat", aedat2_bytes(events))
    assert np.array_equal(all_events(source), events)


def test_a_half_written_last_event_is_noted(tmp_path: Path) -> None:
    events = random_events(50)
    source = opened(tmp_path / "a.aedat", aedat2_bytes(events)[:-3])
    assert source.info.note == "the last event is half-written"
    assert np.array_equal(all_events(source), events[:-1])


def test_jaers_end_of_header_line_ends_the_header(tmp_path: Path) -> None:
    header = DVS128_HEADER_2 + b"#End Of ASCII Header\r\n"
    first = b"#abc" + b"\r\n\x00\x00"  # an address and a time that look like a text line
    source = opened(tmp_path / "a.aedat", header + first + pairs((0, 2**31)))
    assert all_events(source)["t"].tolist() == [2**31]


def test_an_event_that_begins_like_a_header_line(tmp_path: Path) -> None:
    address = int.from_bytes(b"#\x00\x00\x00", "big")
    source = opened(tmp_path / "a.aedat", DAVIS346_HEADER + pairs((address, 9)))
    assert all_events(source)["t"].tolist() == [9]


@pytest.mark.parametrize("body", [b"", b"\x00\x00\x00"])
def test_a_header_without_events(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SourceError, match=r"the recording a\.aedat holds no events"):
        opened(tmp_path / "a.aedat", DVS128_HEADER_2 + body)


def test_events_outside_the_sensor(tmp_path: Path) -> None:
    content = DAVIS346_HEADER + pairs((0, 1), (511 << 22, 2), (1023 << 12, 3))
    source = opened(tmp_path / "a.aedat", content)
    assert all_events(source)["t"].tolist() == [1]
    assert source.info.note == "events outside the 346x260 sensor left out: 2"


def test_time_going_backwards(tmp_path: Path) -> None:
    events = events_of((100, 1, 1, 1), (50, 2, 2, 0), (120, 3, 3, 1))
    source = opened(tmp_path / "a.aedat", aedat2_bytes(events))
    assert all_events(source)["t"].tolist() == [50, 100, 120]
    assert source.info.note == "steps back in time put in order: 1"


def test_closing_lets_go_of_the_file(tmp_path: Path) -> None:
    source = opened(tmp_path / "a.aedat", aedat2_bytes(random_events(10)))
    source.close()
    source.close()
    assert list(source.batches()) == []
