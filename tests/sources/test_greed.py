"""Files that ask for far more memory than they are worth, and large ones that need not."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import h5py
import lz4.frame
import numpy as np
import psutil
import pytest
import zstandard

from app.events import EventBatch
from app.sources.contract import FileSpec, SourceError, SourceSpec
from app.sources.formats import numpy_file
from app.sources.formats.aedat4_encoding import event_buffer, vector_head
from app.sources.formats.aedat4_packing import MAX_PACKET_BYTES, event_packet_head, unpack_events
from app.sources.hosting.host import HostedSource
from app.sources.opening import open_source
from tests.sources.aedat4_making import VERSION_LINE, Kind, description, header, packet
from tests.sources.fakes import batch_at
from tests.sources.making import events_of, random_events

GREETING = VERSION_LINE + header(description([Kind(0)]))
GB = 1_000_000_000


def bomb(identifier: bytes, size: int, packing: str) -> bytes:
    """Few bytes that unpack to ``size`` zeros, which pretend to be events or nothing at all."""
    if packing == "LZ4":
        return lz4.frame.compress(vector_head(identifier, size // 16, size) + bytes(size))
    packer = zstandard.ZstdCompressor().compressobj()
    first = packer.compress(vector_head(identifier, size // 16, size) + bytes(size % 2**24))
    return (
        first
        + b"".join(packer.compress(bytes(2**24)) for _ in range(size // 2**24))
        + packer.flush()
    )


def most_memory(source: HostedSource) -> int:
    """Play to the end; the most that the child held meanwhile, in bytes."""
    most = 0
    child = psutil.Process(source._child._process.pid)
    for _ in source.batches():
        most = max(most, child.memory_full_info().uss)
    return most


@pytest.mark.parametrize("size", [2**31 - 1, 2_200_000_000, -1, -(2**31)])
def test_a_packet_head_alone_is_not_believed(tmp_path: Path, size: int) -> None:
    events = events_of((5, 1, 1, 1))
    good = packet(0, bytes(event_buffer(events)))
    liar = struct.pack("<iI", 0, size & 0xFFFFFFFF)
    (tmp_path / "tape").write_bytes(GREETING + good + liar)
    with HostedSource(FileSpec(str(tmp_path / "tape"))) as source:
        assert most_memory(source) < GB // 3
        assert "its end is missing" in str(source.info.note)


@pytest.mark.parametrize("packing", ["LZ4", "ZSTD"])
def test_bombs_are_left_out(tmp_path: Path, packing: str) -> None:
    good = packet(0, bytes(event_buffer(random_events(500))))
    bombs = packet(0, bomb(b"EVTS", 2 * MAX_PACKET_BYTES, packing)) * 20
    (tmp_path / "tape").write_bytes(GREETING + good + bombs + good)
    with HostedSource(FileSpec(str(tmp_path / "tape"))) as source:
        assert most_memory(source) < GB // 3
        assert "damaged places skipped: 1 (" in str(source.info.note)


def test_a_size_that_the_frame_does_not_tell_is_checked_before_it_is_unpacked() -> None:
    content = bomb(b"EVTS", 2 * MAX_PACKET_BYTES, "ZSTD")
    assert zstandard.frame_content_size(content) == -1
    assert event_packet_head(memoryview(content)) is None
    assert unpack_events(memoryview(content)) is None
    lying = zstandard.ZstdCompressor().compress(vector_head(b"EVTS", 2**30, 2**31) + bytes(64))
    assert event_packet_head(memoryview(lying)) is None


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numpy_file, "_MOST_UNPACKED_BYTES", 10**8)
    with zipfile.ZipFile(tmp_path / "tape.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("events.npy", bytes(10**8 + 1))
    with pytest.raises(SourceError, match=r"is packed and 0\.1 GB long: save it with numpy\.savez"):
        open_source(FileSpec(str(tmp_path / "tape.npz")))


def endless(file: h5py.File) -> None:
    for name in "txyp":
        file.create_dataset(name, (2**44,), "u1", chunks=(2**20,))


def one_chunk(file: h5py.File) -> None:
    for name in "txyp":
        data = file.create_dataset(name, (2**31,), "u1", chunks=(2**31,), compression="gzip")
        data.id.write_direct_chunk((0,), zlib.compress(bytes(1000)))


@pytest.mark.parametrize("fill", [endless, one_chunk])
def test_hdf5_that_claims_to_hold_more_than_there_is(
    tmp_path: Path, fill: Callable[[h5py.File], None]
) -> None:
    with h5py.File(tmp_path / "tape.h5", "w") as file:
        fill(file)
    with pytest.raises(SourceError, match=r"asks for more memory|is damaged"):
        HostedSource(FileSpec(str(tmp_path / "tape.h5"))).open()


def load_greedy(spec: SourceSpec) -> object:
    from tests.sources.fakes import _scripted

    return _scripted(batch_at(0), lambda: np.ones(2 * GB, np.uint8), is_live=False)


def test_a_reader_that_asks_for_too_much_ends_with_a_sentence() -> None:
    with HostedSource(FileSpec("tape"), load_greedy) as source:
        played: list[EventBatch] = []
        sentence = r"^the recording tape asks for more memory than 1\.4 GB$"
        with pytest.raises(SourceError, match=sentence):
            played.extend(source.batches())
        assert len(played) == 1


def test_a_large_recording_without_a_table_is_not_copied(tmp_path: Path) -> None:
    """1.5 GB, most of it a hole in the file."""
    content = packet(0, bytes(event_buffer(random_events(400))))
    filler = struct.pack("<ii", 7, 30_000_000) + vector_head(b"XXXX", 0, 29_000_000)
    path = tmp_path / "tape"
    with path.open("wb") as file:
        file.write(GREETING)
        for _ in range(50):
            file.write(content)
            place = file.tell()
            file.write(filler)
            file.seek(place + 8 + 30_000_000)
        file.write(content)
    assert path.stat().st_size > 1.5 * GB
    with HostedSource(FileSpec(str(path))) as source:
        assert source.info.note is None
        assert most_memory(source) < GB // 3
