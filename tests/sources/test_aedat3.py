from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.aedat3 import Aedat3File
from app.sources.formats.blocks import BLOCK_EVENTS, BlockReader
from app.sources.formats.recording import RecordingSource
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.making import DVS128_HEADER_3, events_of, packet_3, random_events

SIZE = Resolution(128, 128)


def opened(path: Path, content: bytes, version: str = "3.1") -> RecordingSource:
    path.write_bytes(content)
    return RecordingSource(path.name, BlockReader(Aedat3File(path, version)))


def all_events(source: RecordingSource) -> np.ndarray:
    return np.concatenate([batch.events for batch in source.batches()])


def test_a_polarity_event_by_hand(tmp_path: Path) -> None:
    # x 127 in bits 17-31, y 2 in bits 2-16, ON, valid: 0x00FE000B; time 0x01020304.
    header = bytes.fromhex("0100 0100 08000000 04000000 00000000 01000000 01000000 01000000")
    content = DVS128_HEADER_3 + header + bytes.fromhex("0b00fe00 04030201")
    source = opened(tmp_path / "a.aedat", content)
    assert all_events(source).tolist() == [(0x01020304, 127, 2, 1)]
    assert source.info.resolution == SIZE
    assert source.info.note is None


def test_version_3_0_counts_y_from_below(tmp_path: Path) -> None:
    word = 100 << 18 | 27 << 4 | 0 << 1 | 1
    packet = packet_3(number=1) + struct.pack("<Ii", word, 7)
    content = DVS128_HEADER_3.replace(b"3.1", b"3.0") + packet
    assert all_events(opened(tmp_path / "a", content, "3.0")).tolist() == [(7, 100, 100, 0)]


def test_the_overflow_counts_by_31_bits(tmp_path: Path) -> None:
    late = packet_3((2**31 - 1, 0, 0, 0))
    early = packet_3((0, 0, 0, 0), (4, 0, 0, 0), overflow=1)
    source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + late + early)
    assert all_events(source)["t"].tolist() == [2**31 - 1, 2**31, 2**31 + 4]
    assert (source.info.start_us, source.info.duration_us) == (2**31 - 1, 6)


def test_other_packets_are_skipped_by_their_length(tmp_path: Path) -> None:
    special = packet_3((1, 9, 9, 1), kind=0)
    imu = struct.pack("<hhiiiiii", 3, 1, 36, 4, 0, 2, 2, 2) + bytes(72)
    config = struct.pack("<hhiiiiii", 7, 1, 10, 6, 0, 1, 1, 1) + bytes(10)
    content = DVS128_HEADER_3 + special + imu + config + packet_3((5, 1, 2, 1)) + config
    assert all_events(opened(tmp_path / "a.aedat", content)).tolist() == [(5, 1, 2, 1)]


def test_invalid_events_are_left_out(tmp_path: Path) -> None:
    body = struct.pack("<IiIi", 1 << 17, 5, 2 << 17 | 1, 6)
    source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + packet_3(number=2) + body)
    assert all_events(source).tolist() == [(6, 2, 0, 0)]


@pytest.mark.parametrize("start_us", [0, 80_000_000, 2**31 - 500_000, 1_718_321_489_911_158])
def test_what_is_written_is_read_again(tmp_path: Path, start_us: int) -> None:
    events = random_events(3 * BLOCK_EVENTS + 11, start_us=start_us)
    write_aedat3(tmp_path / "a.aedat", events)
    source = RecordingSource("a", BlockReader(Aedat3File(tmp_path / "a.aedat", "3.1")))
    assert np.array_equal(all_events(source), events)


def test_a_davis_recording_is_written_and_read_again(tmp_path: Path) -> None:
    events = random_events(500, width=346, height=260)
    write_aedat3(tmp_path / "a.aedat", events, "DAVIS346")
    source = RecordingSource("a", BlockReader(Aedat3File(tmp_path / "a.aedat", "3.1")))
    assert source.info.resolution == Resolution(346, 260)
    assert np.array_equal(all_events(source), events)


def test_a_packet_larger_than_a_block_is_cut(tmp_path: Path) -> None:
    rows = [(t, t % 128, 3, 0) for t in range(2 * BLOCK_EVENTS + 5)]
    source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + packet_3(*rows))
    sizes = [len(batch.events) for batch in source.batches()]
    assert sizes == [BLOCK_EVENTS, BLOCK_EVENTS, 5]


def test_a_nameless_sensor_is_the_smallest_that_holds_the_events(tmp_path: Path) -> None:
    header = DVS128_HEADER_3.replace(b"DVS128", b"toy")
    source = opened(tmp_path / "a", header + packet_3((0, 239, 179, 1)))
    assert source.info.resolution == Resolution(240, 180)
    with pytest.raises(SourceError, match=r"names no sensor.*reach pixel \(4096, 0\) or beyond"):
        opened(tmp_path / "b", header + packet_3((0, 5000, 0, 1)))


def test_every_cut_of_the_last_packet_is_tolerated(tmp_path: Path) -> None:
    first = DVS128_HEADER_3 + packet_3((1, 1, 1, 1))
    whole = first + packet_3((2, 2, 2, 0), (3, 3, 3, 1))
    for end in range(len(first) + 1, len(whole)):
        source = opened(tmp_path / "a.aedat", whole[:end])
        kept = max(0, (end - len(first) - 28) // 8)
        assert source.info.note == "the last packet is half-written"
        assert all_events(source)["t"].tolist() == [1, 2, 3][: 1 + kept]


def test_a_damaged_header_costs_only_its_packet(tmp_path: Path) -> None:
    packets = [packet_3((t, t, 0, 1), (t + 1, t, 0, 0)) for t in (10, 20, 30)]
    for place in (0, 4, 8, 21):  # type, event size, time offset, number
        damaged = bytearray(b"".join(packets))
        damaged[len(packets[0]) + place] ^= 0x40
        source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + damaged)
        assert source.info.note == "damaged places skipped: 1"
        assert all_events(source)["t"].tolist() == [10, 11, 30, 31]


@pytest.mark.parametrize("number", [1, 3, 4, 9, 2**30])
def test_a_wrong_number_of_events_does_not_swallow_the_next_packet(
    tmp_path: Path, number: int
) -> None:
    lying = packet_3((10, 1, 0, 1), (11, 1, 0, 1), number=number)
    honest = [packet_3((t, 2, 0, 1)) for t in (20, 30, 40)]
    source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + lying + b"".join(honest))
    times = all_events(source)["t"].tolist()
    assert times == ([10] if number == 1 else [10, 11]) + [20, 30, 40]
    assert source.info.note == "damaged places skipped: 1"


def test_random_bytes_after_the_header_end_quickly(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).bytes(20_000_000)
    with pytest.raises(SourceError, match="holds no events"):
        opened(tmp_path / "a.aedat", DVS128_HEADER_3 + noise)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (DVS128_HEADER_3, "holds no events"),
        (DVS128_HEADER_3 + packet_3(), "holds no events"),
        (DVS128_HEADER_3[:-16], "its header has no end"),
        (DVS128_HEADER_3.replace(b"RAW", b"SerializedTS"), "RAW format, but a has 'SerializedTS'"),
    ],
)
def test_files_without_readable_events(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        opened(tmp_path / "a", content)


def test_events_outside_the_sensor(tmp_path: Path) -> None:
    rows = events_of((1, 0, 0, 0), (2, 128, 0, 0), (3, 0, 500, 0)).tolist()
    source = opened(tmp_path / "a.aedat", DVS128_HEADER_3 + packet_3(*rows))
    assert all_events(source)["t"].tolist() == [1]
    assert source.info.note == "events outside the 128x128 sensor left out: 2"


def test_time_going_backwards(tmp_path: Path) -> None:
    content = DVS128_HEADER_3 + packet_3((9, 0, 0, 0), (5, 0, 0, 0)) + packet_3((7, 0, 0, 0))
    source = opened(tmp_path / "a.aedat", content)
    assert all_events(source)["t"].tolist() == [5, 7, 9]


def test_a_clock_that_begins_anew_is_said_so(tmp_path: Path) -> None:
    early = random_events(2 * BLOCK_EVENTS, start_us=10_000_000)
    late = random_events(2 * BLOCK_EVENTS, seed=1)
    write_aedat3(tmp_path / "a.aedat", np.concatenate([early, late]))
    source = RecordingSource("a", BlockReader(Aedat3File(tmp_path / "a.aedat", "3.1")))
    batches = list(source.batches())
    assert not any(batch.restarted for batch in batches)
    times = np.concatenate([batch.events["t"] for batch in batches])
    assert len(times) == 4 * BLOCK_EVENTS
    assert (np.diff(times) >= 0).all()
    assert source.info.note == "new beginnings of the clock: 1"
    assert source.info.duration_us == times[-1] - times[0] + 1


def test_seeking_goes_to_the_first_event_at_or_after(tmp_path: Path) -> None:
    events = random_events(5 * BLOCK_EVENTS, span_us=200_000)  # several events per time
    write_aedat3(tmp_path / "a.aedat", events)
    source = RecordingSource("a", BlockReader(Aedat3File(tmp_path / "a.aedat", "3.1")))
    for t_us in (150_000, 0, int(events["t"][BLOCK_EVENTS]), 199_999):
        source.seek(t_us)
        batches = list(source.batches())
        assert batches[0].restarted
        assert not any(batch.restarted for batch in batches[1:])
        rest = np.concatenate([batch.events for batch in batches])
        assert np.array_equal(rest, events[events["t"] >= t_us])
    source.seek(10**9)
    assert sum(len(batch.events) for batch in source.batches()) == 0
