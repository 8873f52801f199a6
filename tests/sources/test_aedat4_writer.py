from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dv_processing as dv
import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, Resolution, empty_events
from app.sources.contract import SourceError
from app.sources.dv_bridge import to_numpy
from app.sources.formats.aedat4 import Aedat4File, Aedat4Writer
from app.sources.formats.aedat4_encoding import event_buffer
from app.sources.formats.aedat4_table import PacketEntry, packet_table
from app.sources.formats.blocks import BlockReader
from app.sources.formats.recording import RecordingSource
from tests.sources.by_dv import write_by_dv
from tests.sources.making import events_of, in_batches, random_events

ROOT = Path(__file__).resolve().parents[2]
SIZE = Resolution(128, 128)
START_US = 1_718_321_489_911_158


def write(path: Path, *parts: np.ndarray) -> Path:
    with Aedat4Writer(path, SIZE) as writer:
        for part in parts:
            writer.write(part)
    return path


def played(path: Path) -> np.ndarray:
    source = RecordingSource(path.name, BlockReader(Aedat4File(path)))
    parts = [batch.events for batch in source.batches()]
    return np.concatenate([empty_events(), *parts])


def in_range(recording: dv.io.MonoCameraRecording, start_us: int, end_us: int) -> np.ndarray:
    store = recording.getEventsTimeRange(start_us, end_us, "events")
    return to_numpy(store) if store else empty_events()


def table_of(path: Path) -> bytes:
    """The unpacked table at the end of a recording of ours or of dv-processing."""
    content = path.read_bytes()
    position = int.from_bytes(content[54:62], "little")
    return zstandard.ZstdDecompressor().decompressobj().decompress(content[position:])


@pytest.mark.parametrize("size", [1, 999, 16_384, 40_000])
def test_dv_processing_reads_every_event_and_goes_to_every_time(tmp_path: Path, size: int) -> None:
    events = random_events(1 if size == 1 else 60_000, start_us=START_US)
    path = write(tmp_path / "a.aedat4", *in_batches(events, size))
    recording = dv.io.MonoCameraRecording(str(path))
    assert recording.getEventResolution() == (128, 128)
    assert recording.getCameraName() == "spikehand"
    assert recording.getTimeRange() == (events["t"][0], events["t"][-1])
    stores = iter(recording.getNextEventBatch, None)
    assert np.array_equal(np.concatenate([to_numpy(store) for store in stores]), events)
    for start_us in range(START_US - 10_000, START_US + 1_000_000, 37_000):
        wanted = events[(events["t"] >= start_us) & (events["t"] < start_us + 50_000)]
        assert np.array_equal(in_range(recording, start_us, start_us + 50_000), wanted)


def test_aedat_reads_the_same(tmp_path: Path) -> None:
    aedat = pytest.importorskip("aedat", reason="compared with the reader of the package aedat")
    events = random_events(60_000, start_us=START_US)
    path = write(tmp_path / "a.aedat4", *in_batches(events, 20_000))
    read = np.concatenate([packet["events"] for packet in aedat.Decoder(path)])
    for theirs, ours in (("t", "t"), ("x", "x"), ("y", "y"), ("on", "p")):
        assert np.array_equal(read[theirs], events[ours])


@pytest.mark.parametrize("packets", [1, 2, 3])
def test_the_table_says_what_dv_processing_says(tmp_path: Path, packets: int) -> None:
    """Both are laid out differently, so their fields are compared, read as the format wants it."""
    events = random_events(1000 * packets, start_us=START_US)
    path = write(tmp_path / "a.aedat4", *in_batches(events, 1000))
    rows = rows_of(table_of(path))
    content = path.read_bytes()
    for (position, stream, size, count, first_us, last_us), part in zip(
        rows, in_batches(events, 1000), strict=True
    ):
        packet = zstandard.ZstdDecompressor().decompress(content[position : position + size])
        assert packet == bytes(event_buffer(part))
        assert (stream, count) == (0, 1000)
        assert (first_us, last_us) == (part["t"][0], part["t"][-1])
    write_by_dv(tmp_path / "dv.aedat4", events, packing=dv.CompressionType.ZSTD)
    theirs = rows_of(table_of(tmp_path / "dv.aedat4"))
    assert [(row[1], *row[3:]) for row in rows] == [(row[1], *row[3:]) for row in theirs]


def rows_of(table: bytes) -> list[tuple[int, ...]]:
    """Position, stream, size, events, first and last time of each packet, by the FlatBuffer."""

    def number(place: int, size: int) -> int:
        return int.from_bytes(table[place : place + size], "little", signed=size > 2)

    def field(row: int, index: int) -> int:
        fields = row - number(row, 4)
        offset = number(fields + 4 + 2 * index, 2) if 4 + 2 * index < number(fields, 2) else 0
        return row + offset if offset else 0

    root = 4 + number(4, 4)
    vector = field(root, 0)
    vector += number(vector, 4)
    rows = []
    for place in range(vector + 4, vector + 4 + 4 * number(vector, 4), 4):
        row = place + number(place, 4)
        packet = field(row, 1)
        numbers = [
            number(field(row, index), 8) if field(row, index) else 0 for index in (0, 2, 3, 4)
        ]
        rows.append((numbers[0], number(packet, 4), number(packet + 4, 4), *numbers[1:]))
    return rows


@given(st.lists(st.tuples(*[st.integers(0, 2**62)] * 4, st.integers(0, 2**31 - 1)), max_size=9))
def test_a_table_holds_its_rows(numbers: list[tuple[int, ...]]) -> None:
    entries = [PacketEntry(p, size, n, first, last) for p, n, first, last, size in numbers]
    table = packet_table(entries)
    assert int.from_bytes(table[:4], "little") == len(table) - 4
    assert rows_of(table) == [
        (e.position, 0, e.content_bytes, e.events, e.first_us, e.last_us) for e in entries
    ]


def test_no_stray_memory_is_written() -> None:
    events = np.full(2 * EVENT_DTYPE.itemsize, 0xAB, np.uint8).view(EVENT_DTYPE)
    buffer = event_buffer(events)
    assert buffer[-3:] == bytes(3)
    assert buffer[-19:-16] == bytes(3)


def test_events_that_are_not_contiguous(tmp_path: Path) -> None:
    events = random_events(50_000)
    assert np.array_equal(played(write(tmp_path / "a.aedat4", events[::3])), events[::3])


def test_polarities_other_than_0_and_1_are_refused(tmp_path: Path) -> None:
    with (
        Aedat4Writer(tmp_path / "a.aedat4", SIZE) as writer,
        pytest.raises(SourceError, match=r"^expected polarities 0 and 1 to write to a\.aedat4"),
    ):
        writer.write(events_of((5, 0, 0, 2)))


WRITES_AND_DIES = """\
import os, signal, sys
from pathlib import Path
from app.events import Resolution
from app.sources.formats.aedat4 import Aedat4Writer
from tests.sources.making import in_batches, random_events
writer = Aedat4Writer(Path(sys.argv[1]), Resolution(128, 128))
for part in in_batches(random_events(30_000), 1000):
    writer.write(part)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_written_before_a_kill_can_be_played(tmp_path: Path) -> None:
    died = subprocess.run(
        [sys.executable, "-c", WRITES_AND_DIES, str(tmp_path / "a.aedat4")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert np.array_equal(played(left), random_events(30_000))


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files may not grow beyond 100 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^cannot write .*a\.aedat4: File too large$"):
        write(tmp_path / "a.aedat4", *in_batches(random_events(60_000), 5000))
    assert list(tmp_path.iterdir()) == []
