"""Several cameras in one AEDAT 2.0 or 3.1 file; AEDAT 4 is in ``test_aedat4_others``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.opening import open_source
from tests.sources.making import random_events

STEREO = b"#!AER-DAT2.0\r\n# AEChip: ch.unizh.ini.jaer.chip.stereopsis.DVS128StereoPair\r\n"
MULTI = b"#!AER-DAT2.0\r\n# AEChip: ch.unizh.ini.jaer.chip.multicamera.MultiDVS128CameraChip\r\n"
HEADER_3 = (
    b"#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#Source 2: DAVIS346\r\n#!END-HEADER\r\n"
)


def aedat2(header: bytes, shift: int, *cameras: np.ndarray) -> bytes:
    """Events of several DVS128, merged in order of time, the number of each in its address."""
    events = np.concatenate(cameras)
    number = np.repeat(np.arange(len(cameras)), [len(camera) for camera in cameras])
    order = np.argsort(events["t"], kind="stable")
    x, y, p = (events[name].astype(np.uint32) for name in "xyp")
    address = (127 - y) << 8 | (127 - x) << 1 | 1 - p | number.astype(np.uint32) << shift
    pairs = np.stack([address, events["t"].astype(np.uint32)], axis=1)[order]
    return header + pairs.astype(">u4").tobytes()


def aedat3(*cameras: tuple[int, np.ndarray]) -> bytes:
    """Packets of a thousand events by turns, by camera."""
    packets = []
    for number, events in cameras:
        for index in range(0, len(events), 1000):
            part = events[index : index + 1000]
            words = np.empty((len(part), 2), "<u4")
            x, y, p = (part[name].astype(np.uint32) for name in "xyp")
            words[:, 0] = x << 17 | y << 2 | p << 1 | 1
            words[:, 1] = part["t"]
            head = np.array([8, 4, 0, *[len(part)] * 3], "<i4").tobytes()
            kind = np.array([1, number], "<i2").tobytes()
            packets.append((index, kind + head + words.tobytes()))
    return HEADER_3 + b"".join(packet for _, packet in sorted(packets))


def played(path: Path, stream: str | None = None) -> tuple[np.ndarray, SourceInfo]:
    with open_source(FileSpec(str(path), stream=stream)) as source:
        parts = [batch.events for batch in source.batches()]
        return np.concatenate(parts), source.info


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.aedat"


@pytest.mark.parametrize(("header", "shift"), [(STEREO, 15), (MULTI, 24)])
def test_each_camera_of_aedat2(tape: Path, header: bytes, shift: int) -> None:
    left = random_events(20_000, start_us=5)
    right = random_events(20_000, start_us=9_000_000, seed=1)  # with a clock of its own
    tape.write_bytes(aedat2(header, shift, left, right))
    found, info = played(tape)
    assert np.array_equal(found, left)
    assert info.note == "plays stream 0: camera 0, not 1: camera 1"
    found, info = played(tape, "1")
    assert np.array_equal(found, right)
    assert info.start_us == right["t"][0]
    assert info.streams == ("0: camera 0", "1: camera 1")
    assert info.note is None


def test_the_camera_with_events_of_aedat2(tape: Path) -> None:
    right = random_events(3000)
    tape.write_bytes(aedat2(STEREO, 15, right[:0], right))
    found, info = played(tape)
    assert np.array_equal(found, right)
    assert info.stream == "1: camera 1"


def test_each_camera_of_aedat3(tape: Path) -> None:
    first = random_events(40_000, start_us=5)
    second = random_events(20_000, width=346, height=260, start_us=9_000_000)
    tape.write_bytes(aedat3((1, first), (2, second)))
    found, info = played(tape)
    assert np.array_equal(found, first)
    assert info.note == "plays stream 1: DVS128, not 2: DAVIS346"
    found, info = played(tape, "DAVIS346")
    assert np.array_equal(found, second)
    assert str(info.resolution) == "346x260"
    assert info.note is None


def test_the_camera_with_events_of_aedat3(tape: Path) -> None:
    second = random_events(3000, width=346, height=260)
    tape.write_bytes(aedat3((2, second)))
    found, info = played(tape)
    assert np.array_equal(found, second)
    assert str(info.resolution) == "346x260"
    with pytest.raises(SourceError, match=r"stream 1: DVS128 of tape\.aedat holds no events"):
        played(tape, "1")


def test_a_stream_of_a_file_with_one_camera(tape: Path) -> None:
    tape.write_bytes(aedat2(STEREO.replace(b"StereoPair", b""), 15, random_events(10)))
    with pytest.raises(SourceError, match=r"tape\.aedat has no stream '4', only 0: events"):
        played(tape, "4")
    assert len(played(tape, "0")[0]) == 10


def test_aedat_3_0_without_an_end_line(tape: Path) -> None:
    data = np.array([[5 << 18 | 120 << 4 | 3, 77]], "<u4").tobytes()
    packet = np.array([1, 0], "<i2").tobytes() + np.array([8, 4, 0, 1, 1, 1], "<i4").tobytes()
    tape.write_bytes(b"#!AER-DAT3.0\r\n#Format: RAW\r\n#Source 0: DVS128\r\n" + packet + data)
    found, info = played(tape)
    assert found.tolist() == [(77, 5, 127 - 120, 1)]
    assert info.note is None
