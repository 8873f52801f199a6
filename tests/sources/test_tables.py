"""Tables of t, x, y and p in the ways in which people save them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from app.events import EVENT_DTYPE, Resolution
from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.opening import open_source
from tests.sources.making import random_events

SIZE_NOTE = "it names no sensor, taken as 128x128 by its events (--sensor says it)"
EVENTS = random_events(40_000, span_us=3_000_000)


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape"


def played(
    path: Path, *, sensor: str | None = "DVS128", stream: str | None = None
) -> tuple[np.ndarray, SourceInfo]:
    with open_source(FileSpec(str(path), stream, sensor)) as source:
        parts = [batch.events for batch in source.batches()]
        return np.concatenate([np.empty(0, EVENT_DTYPE), *parts]), source.info


def save(path: Path, array: np.ndarray) -> None:
    with path.open("wb") as file:
        np.save(file, array)


def columns(order: str, dtype: str = "i8", **changed: np.ndarray) -> np.ndarray:
    return np.stack([changed.get(name, EVENTS[name]) for name in order], axis=1).astype(dtype)


def in_seconds() -> np.ndarray:
    return EVENTS["t"] / 1e6 + 1.5e9


def in_ms() -> np.ndarray:
    return EVENTS["t"] // 1000


# What is saved, the names of its columns, and its times in microseconds.
PLAIN = {
    "t x y p": (columns("txyp"), "t, x, y, p", None),
    "x y p t of Tonic": (columns("xypt"), "x, y, p, t", None),
    "x y t p": (columns("xytp", p=EVENTS["p"] * 2 - 1), "x, y, t, p", None),
    "in seconds": (columns("txyp", "f8", t=in_seconds()), "t, x, y, p", "seconds"),
    "in milliseconds": (columns("xypt", "f8", t=in_ms()), "x, y, p, t", "milliseconds"),
    "Fortran": (np.asfortranarray(columns("txyp")), "t, x, y, p", None),
    "big endian": (columns("txyp", ">i4"), "t, x, y, p", None),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_one_array_of_four_columns(tape: Path, kind: str) -> None:
    array, order, unit = PLAIN[kind]
    save(tape, array)
    events, info = played(tape)
    expected = EVENTS.copy()
    if unit == "seconds":
        expected["t"] += 1_500_000_000_000_000
    if unit == "milliseconds":
        expected["t"] = in_ms() * 1000
    assert np.array_equal(events, expected)
    notes = [f"its columns are taken as {order}"]
    notes += [f"its times are taken as {unit}"] if unit else []
    assert info.note == "; ".join(notes)


@pytest.mark.parametrize("polarity", ["?", "u1", "f4"])
def test_records_with_fields_in_any_order(tape: Path, polarity: str) -> None:
    records = np.empty(
        len(EVENTS), [("x", "i2"), ("y", "i2"), ("polarity", polarity), ("ts", "u4")]
    )
    for field, name in zip(records.dtype.names or (), "xypt", strict=True):
        records[field] = EVENTS[name]
    save(tape, records)
    events, info = played(tape, sensor=None)
    assert np.array_equal(events, EVENTS)
    assert info.resolution == Resolution(128, 128)
    assert info.note == SIZE_NOTE


@pytest.mark.parametrize("pack", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("shape", ["records", "columns"])
def test_archives(tape: Path, pack: Callable[..., None], shape: str) -> None:
    with tape.open("wb") as file:
        if shape == "records":
            pack(file, label=np.array(3), events=EVENTS)
        else:
            pack(file, label=np.array(3), **{name: EVENTS[name] for name in "txyp"})
    events, info = played(tape)
    assert np.array_equal(events, EVENTS)
    assert info.note is None


def e2vid(file: h5py.File) -> None:
    file["events/xs"], file["events/ys"] = EVENTS["x"], EVENTS["y"]
    file["events/ts"], file["events/ps"] = EVENTS["t"] / 1e6, EVENTS["p"].astype(bool)


def dsec(file: h5py.File) -> None:
    for name in "txyp":
        file.create_dataset(
            f"events/{name}", data=EVENTS[name].astype("u4"), compression="gzip", chunks=(1000,)
        )
    file["ms_to_idx"], file["t_offset"] = np.arange(10), 5


def metavision(file: h5py.File) -> None:
    file["CD/events"] = EVENTS.astype([("t", "i8"), ("x", "u2"), ("y", "u2"), ("p", "i2")])
    file["CD/indexes"] = np.zeros(3, [("id", "i8"), ("ts", "i8")])


def tonic(file: h5py.File) -> None:
    file["data/0"], file["target/0"] = EVENTS, 5


def at_the_root(file: h5py.File) -> None:
    for name, values in (("timestamps", "t"), ("x", "x"), ("y", "y"), ("pol", "p")):
        file[name] = EVENTS[values]


@pytest.mark.parametrize("fill", [e2vid, dsec, metavision, tonic, at_the_root])
def test_hdf5(tape: Path, fill: Callable[[h5py.File], None]) -> None:
    with h5py.File(tape, "w") as file:
        fill(file)
    events, info = played(tape)
    assert np.array_equal(events, EVENTS)
    assert info.note == ("its times are taken as seconds" if fill is e2vid else None)
    assert info.streams == ()


def test_two_cameras_in_hdf5(tape: Path) -> None:
    """As MVSEC has them: columns without names, Unix time in seconds."""
    others = random_events(100, span_us=3_000_000, seed=2)
    with h5py.File(tape, "w") as file:
        file["davis/left/events"] = columns("xytp", "f8", t=in_seconds())
        file["davis/right/events"] = np.stack([others[name] for name in "xytp"], 1).astype("f8")
    events, info = played(tape)
    assert np.array_equal(events["x"], EVENTS["x"])
    assert info.streams == ("0: davis/left/events", "1: davis/right/events")
    assert info.note is not None
    assert info.note.startswith("plays stream 0: davis/left/events, not 1: davis/right/events")
    assert len(played(tape, stream="davis/right/events")[0]) == 100
    assert len(played(tape, stream="1")[0]) == 100


def test_a_damaged_chunk_costs_its_blocks_only(tape: Path) -> None:
    with h5py.File(tape, "w") as file:
        data = file.create_dataset("events", data=EVENTS, chunks=(1024,), compression="gzip")
        place = data.id.get_chunk_info(30).byte_offset
    content = bytearray(tape.read_bytes())
    content[place : place + 200] = b"\xff" * 200
    tape.write_bytes(content)
    events, info = played(tape)
    assert np.array_equal(events, np.concatenate([EVENTS[:16_384], EVENTS[32_768:]]))
    assert info.note == "damaged blocks skipped: 1 of 3"


def test_numbers_that_can_be_no_event_are_left_out(tape: Path) -> None:
    array = columns("txyp", "f8", t=in_seconds())
    array[5, 1], array[6, 0], array[7, 2], array[8, 1] = np.nan, np.nan, 1e300, -70_000
    save(tape, array)
    events, info = played(tape)
    assert len(events) == len(EVENTS) - 4
    assert info.note is not None
    assert "events outside the 128x128 sensor left out: 4" in info.note


def test_a_file_that_was_cut_keeps_its_whole_rows(tape: Path) -> None:
    save(tape, EVENTS)
    tape.write_bytes(tape.read_bytes()[: -16 * 1000 - 3])
    assert np.array_equal(played(tape)[0], EVENTS[:-1001])


def test_a_large_array_is_not_read_whole(tape: Path) -> None:
    """100 million events, of which the file system stores almost nothing."""
    save(tape, EVENTS)
    header = bytearray(tape.read_bytes()[:128].replace(b"(40000,)", b"(100000000,)"))
    header = header.replace(b"    \n", b"\n")
    with tape.open("r+b") as file:
        file.write(header)
        file.truncate(len(header) + 16 * 100_000_000)
    with open_source(FileSpec(str(tape), sensor="DVS128")) as source:
        assert len(next(source.batches()).events)


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        played(path)
    return str(caught.value)


def test_what_needs_unpickling_is_refused(tape: Path) -> None:
    np.save(tape.with_suffix(".npy"), np.array([{"t": 1}], object), allow_pickle=True)
    assert "it holds Python objects" in refused(tape.with_suffix(".npy"))


def test_what_holds_no_events(tape: Path) -> None:
    save(tape, np.zeros((5, 128, 128)))
    assert refused(tape) == "expected arrays of t, x, y and p in tape, found array"
    save(tape, EVENTS[:0])
    assert refused(tape) == "the recording tape holds no events"
    with tape.open("wb") as file:
        np.savez(file, frames=np.zeros((5, 4, 4)), t=np.arange(5))
    assert refused(tape) == "expected arrays of t, x, y and p in tape, found frames, t"
    with h5py.File(tape, "w") as file:
        file["spikes/times"], file["spikes/units"] = np.arange(5), np.arange(5)
    assert refused(tape).endswith("found spikes/times, spikes/units")


def test_damaged_files(tape: Path) -> None:
    with h5py.File(tape, "w") as file:
        file["events"] = EVENTS
    tape.write_bytes(tape.read_bytes()[:5000])
    assert refused(tape).startswith("the recording tape is damaged: ")
    tape.write_bytes(b"\x93NUMPY\x01\0\x10\0" + b"(" * 16)
    assert refused(tape) == "the recording tape is damaged: it has no header of NumPy"
    with tape.open("wb") as file:
        np.savez_compressed(file, events=EVENTS)
    content = bytearray(tape.read_bytes())
    content[5000] ^= 0xFF
    tape.write_bytes(content)
    assert refused(tape).startswith("the recording tape is damaged: ")


def test_a_packing_that_is_not_installed(tape: Path) -> None:
    for number, advice in ((36559, "convert it to RAW or DAT"), (32001, "install hdf5plugin")):
        with h5py.File(tape, "w") as file:
            plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            plist.set_chunk((100,))
            plist.set_filter(number, h5py.h5z.FLAG_OPTIONAL)
            space = h5py.h5s.create_simple((100,))
            kind = h5py.h5t.py_create(EVENT_DTYPE)
            h5py.h5d.create(file.id, b"events", kind, space, plist)
        assert advice in refused(tape)
