"""What fuzzing has found, each as the smallest input that did it."""

from __future__ import annotations

import io
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.fuzz.readers import aedat4, take_recording
from tests.sources.aedat4_making import VERSION_LINE, Kind, description, header
from tests.sources.making import DVS128_HEADER_3


def test_a_format_that_a_terminal_would_obey_is_not_said_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.aedat"
    path.write_bytes(DVS128_HEADER_3.replace(b"RAW", b"R\x1b[2J"))
    assert not take_recording(path)


def test_a_stream_whose_name_a_terminal_would_obey(tmp_path: Path) -> None:
    path = tmp_path / "a.aedat4"
    frames = description([Kind(0, kind="FRME", name="ev\x7f\x7fnts")])
    path.write_bytes(VERSION_LINE + header(frames))
    assert not take_recording(path)


@pytest.mark.parametrize("encoding", [b"UTF-9", b"UTF-7", b"UTF-16", b"hex "])
def test_a_description_in_an_encoding_that_nobody_knows(encoding: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.aedat4"
    content = next(each for each in aedat4(tmp_path) if b'encoding="UTF-8"' in each)
    changed = b'encoding="' + encoding.ljust(5)[:5] + b'"'
    path.write_bytes(content.replace(b'encoding="UTF-8"', changed))
    take_recording(path)


def test_an_array_longer_than_anything(tmp_path: Path) -> None:
    array = io.BytesIO()
    np.save(array, np.zeros(8, [("t", "<i8"), ("x", "<i2"), ("y", "<i2"), ("p", "i1")]))
    for shape in (b"(-9223372036854775809,)", b"(0, 9223372036854775807)", b"(-8,)"):
        (tmp_path / "a.npy").write_bytes(array.getvalue().replace(b"(8,), }", shape + b", }"))
        assert not take_recording(tmp_path / "a.npy")


def test_an_array_whose_name_a_terminal_would_obey(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("events/p\x1b[2J", data=np.zeros(4))
    assert not take_recording(path)
