from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from app.sources.contract import FileSpec, SourceError
from app.sources.formats.sniff import Format, recording_format
from app.sources.opening import open_source
from tests.sources.making import aedat1_bytes, random_events


@pytest.mark.parametrize("version", ["1.0", "2.0", "3.0", "3.1", "4.0"])
@pytest.mark.parametrize("extension", ["aedat", "aedat4", "dat", ""])
def test_the_version_comes_from_the_header(tmp_path: Path, version: str, extension: str) -> None:
    path = tmp_path / f"wave.{extension}"
    path.write_bytes(b"#!AER-DAT%s\r\nrest" % version.encode())
    assert recording_format(path).version == version


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the recording wave.aedat is empty"),
        (b"\x89PNG\r\n\x1a\n0000000000", "expected a recording of .*, but wave.aedat begins with"),
        (b"#ROSBAG V2.0\n", "expected a recording of .*, but wave.aedat is a ROS bag: convert it"),
        (b"Event Stream\x02\x00\x00", "wave.aedat is an ES file"),
        (b"#!AER-DAT", "is of version unknown"),
        (b"#!AER-DAT1.1\r\n", "is of version 1.1"),
        (b"#!AER-DAT5.0\r\n", "is of version 5.0"),
        (b"#!AER-DAT3.1 and then no line end, as far as one can see", "is of version unknown"),
    ],
)
def test_what_is_no_recording_is_said_so(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "wave.aedat"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        recording_format(path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"% evt 3.0\n% end\n", Format.RAW),
        (b"% date 2024\n% format EVT21;height=720;width=1280\n% end\n", Format.RAW),
        (b"% Data file containing CD events.\n% Version 2\n", Format.DAT),
        (b"% Version 1\n% Width 304\n", Format.DAT),
        (b"\x89HDF\r\n\x1a\n\0\0", Format.HDF5),
        (b"\x93NUMPY\x01\0", Format.NPY),
        (b"PK\x03\x04\0\0", Format.NPZ),
    ],
)
def test_other_formats(tmp_path: Path, content: bytes, expected: Format) -> None:
    (tmp_path / "wave.aedat").write_bytes(content)
    assert recording_format(tmp_path / "wave.aedat") is expected


def test_aedat_1_without_a_first_line(tmp_path: Path) -> None:
    events = random_events(1_000, start_us=5_000_000)
    (tmp_path / "tmpdiff.dat").write_bytes(aedat1_bytes(events, header=b""))
    assert recording_format(tmp_path / "tmpdiff.dat") is Format.AEDAT1
    with open_source(FileSpec(str(tmp_path / "tmpdiff.dat"))) as source:
        assert np.array_equal(np.concatenate([batch.events for batch in source.batches()]), events)


@pytest.mark.parametrize("content", [bytes(6_000), b"0 1 12 13 1\n" * 900, bytes(range(256)) * 9])
def test_what_only_resembles_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.txt").write_bytes(content)
    with pytest.raises(SourceError, match="expected a recording of"):
        recording_format(tmp_path / "table.txt")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no recording .*wave\.aedat"):
        recording_format(tmp_path / "wave.aedat")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        recording_format(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="is not an ordinary file"):
        recording_format(tmp_path / "pipe")


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wave.aedat"
    path.write_bytes(b"#!AER-DAT3.1\r\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceError, match=r"cannot read the recording .*: Permission denied"):
        recording_format(path)


def test_a_path_with_a_null_byte() -> None:
    with pytest.raises(SourceError, match="cannot read the recording"):
        recording_format(Path("wave\0.aedat"))
