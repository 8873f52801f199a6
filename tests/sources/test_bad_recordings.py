"""Bad recordings through the hosted source: one sentence each, in time, and nothing left over."""

from __future__ import annotations

import re
import time
from pathlib import Path

import dv_processing as dv
import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.formats.aedat4_encoding import event_packet, io_header
from app.sources.hosting.host import HostedSource
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.by_dv import write_by_dv
from tests.sources.making import (
    DVS128_HEADER_2,
    DVS128_HEADER_3,
    aedat2_bytes,
    events_of,
    in_batches,
    packet_3,
    random_events,
)

SIZE = Resolution(128, 128)
HEADER_4 = b"#!AER-DAT4.0\r\n"
LIMIT_S = 3.0


def play(path: Path) -> tuple[np.ndarray, str | None]:
    """All events of a recording, and its note in the end."""
    with HostedSource(FileSpec(str(path))) as source:
        batches = [batch.events for batch in source.batches()]
        return np.concatenate(batches), source.info.note


def complaint(path: Path) -> str:
    """The sentence with which a recording is refused."""
    # The first start of a child on a cold machine takes longer than the opening itself.
    source = HostedSource(FileSpec(str(path)))
    began_s = time.monotonic()
    with pytest.raises(SourceError) as caught:
        source.open()
    assert time.monotonic() - began_s < LIMIT_S + 2
    sentence = str(caught.value)
    assert sentence
    assert "\n" not in sentence
    assert len(sentence) < 300
    return sentence


CONTENTS = {
    "empty": (b"", "is empty"),
    "not AEDAT": (b"GIF89a" + bytes(1000), "expected a recording of AEDAT"),
    "AEDAT 5": (b"#!AER-DAT5.0\r\n" + bytes(600), "is of version 5.0"),
    "2.0, header only": (DVS128_HEADER_2, "holds no events"),
    "3.1, header only": (DVS128_HEADER_3, "holds no events"),
    "3.1, half a header": (DVS128_HEADER_3[:40], "its header has no end"),
    "3.1, zero events": (DVS128_HEADER_3 + packet_3(), "holds no events"),
    "4, version line only": (HEADER_4, "cannot be opened"),
    "4, header only": (HEADER_4 + io_header(SIZE, "x"), "holds no events"),
    "4, half a header": (HEADER_4 + io_header(SIZE, "x")[:100], "cannot be opened"),
    "4, noise": (HEADER_4 + np.random.default_rng(5).bytes(5000), "the recording tape"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_that_cannot_be_played(tmp_path: Path, name: str) -> None:
    content, expected = CONTENTS[name]
    (tmp_path / "tape.aedat").write_bytes(content)
    assert expected in complaint(tmp_path / "tape.aedat")


def test_a_missing_file(tmp_path: Path) -> None:
    assert "there is no recording" in complaint(tmp_path / "tape.aedat")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in complaint(tmp_path)


@pytest.mark.parametrize("packing", ["LZ4", "ZSTD"])
def test_damage_in_the_middle_of_aedat4_costs_only_its_packets(
    tmp_path: Path, packing: str
) -> None:
    """dv-processing never returns from such a packet."""
    events = random_events(60_000, span_us=6_000_000, start_us=50)
    path = tmp_path / "tape.aedat4"
    write_by_dv(path, events, packing=dv.CompressionType.__members__[packing])
    content = bytearray(path.read_bytes())
    head = content.find(b"\0\0\0\0", len(content) // 2)  # of a packet, or nearly
    content[head - 200 : head + 200] = b"\xff" * 400
    path.write_bytes(content)
    played, note = play(path)
    assert 57_000 <= len(played) < 60_000
    assert set(played["t"]) <= set(events["t"])
    assert played["t"][-1] == events["t"][-1]
    assert note is not None
    assert re.search(
        r"damaged places skipped: 1 \([\d,]+ bytes and 0\.[1-3]\d\d s are missing\)", note
    )


def with_bad_pixels() -> np.ndarray:
    return events_of((1, 5, 5, 1), (2, 500, 5, 1), (3, 5, 5000, 0), (4, 6, 6, 0))


def test_events_outside_the_sensor_in_aedat4(tmp_path: Path) -> None:
    path = tmp_path / "tape.aedat4"
    path.write_bytes(HEADER_4 + io_header(SIZE, "x") + event_packet(with_bad_pixels()))
    events, note = play(path)
    assert events["t"].tolist() == [1, 4]
    assert note == "events outside the 128x128 sensor left out: 2"


def test_events_outside_the_sensor_in_aedat3(tmp_path: Path) -> None:
    path = tmp_path / "tape.aedat"
    write_aedat3(path, with_bad_pixels())
    events, note = play(path)
    assert events["t"].tolist() == [1, 4]
    assert note == "events outside the 128x128 sensor left out: 2"


def test_time_going_backwards_in_aedat4(tmp_path: Path) -> None:
    path = tmp_path / "tape.aedat4"
    packets = [random_events(50, start_us=start, span_us=1000, seed=start)
               for start in (10_000, 20_000, 15_000, 30_000)]  # fmt: skip
    content = b"".join(event_packet(packet) for packet in packets)
    path.write_bytes(HEADER_4 + io_header(SIZE, "x") + content)
    events, note = play(path)
    assert (np.diff(events["t"]) >= 0).all()
    assert set(events["t"]) <= set(np.concatenate(packets)["t"])
    assert len(events) == 150
    assert note == "events with a wrong time left out: 50"


def test_time_going_backwards_in_aedat2(tmp_path: Path) -> None:
    path = tmp_path / "tape.aedat"
    events = random_events(100)
    path.write_bytes(aedat2_bytes(events[::-1]))
    played, note = play(path)
    assert played["t"].tolist() == events["t"].tolist()
    assert note is not None
    assert "steps back in time put in order" in note


@pytest.mark.parametrize("version", ["2.0", "3.1", "4.0"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.9999])
def test_a_truncated_recording_plays_to_its_cut(tmp_path: Path, version: str, kept: float) -> None:
    events = random_events(30_000)
    path = tmp_path / "tape.aedat4"
    if version == "2.0":
        path.write_bytes(aedat2_bytes(events))
    elif version == "3.1":
        write_aedat3(path, events)
    else:
        with Aedat4Writer(path, SIZE) as writer:
            for part in in_batches(events, 1000):
                writer.write(part)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(int(size * kept) | 1)  # in the middle of an event
    played, note = play(path)
    assert np.array_equal(played, events[: len(played)])
    assert len(played) > (kept - 0.08) * len(events)
    assert note is not None
