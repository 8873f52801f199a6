"""Recordings of every format that is read, each of a few hundred events."""

from __future__ import annotations

import io
from pathlib import Path

import h5py
import numpy as np

from app.events import Resolution
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.opening import open_source
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.aedat4_making import PACKINGS, jaer_file
from tests.sources.by_dv import write_by_dv
from tests.sources.making import aedat1_bytes, aedat2_bytes, in_batches, random_events
from tests.sources.prophesee_making import (
    dat_bytes,
    evt2_words,
    evt3_words,
    evt21_words,
    in_row_order,
    raw_header,
)

EVENTS = random_events(400)
UNIX = random_events(400, start_us=1_718_321_489_911_158)
MOST_BATCHES = 300


def aedat1(folder: Path) -> list[bytes]:
    """AEDAT 1.0."""
    return [aedat1_bytes(EVENTS)]


def aedat2(folder: Path) -> list[bytes]:
    """AEDAT 2.0, of two sensors."""
    davis = b"#!AER-DAT2.0\r\n# AEChip: eu.seebetter.ini.chips.davis.Davis346\r\n"
    return [aedat2_bytes(EVENTS), aedat2_bytes(EVENTS, davis + b"#End Of ASCII Header\r\n")]


def aedat3(folder: Path) -> list[bytes]:
    """AEDAT 3.1, one whose clock runs over."""
    content = []
    for start_us in (0, 2**31 - 500_000):
        write_aedat3(folder / "a.aedat", random_events(400, start_us=start_us))
        content.append((folder / "a.aedat").read_bytes())
    return content


def aedat4(folder: Path) -> list[bytes]:
    """AEDAT 4 by this program, by dv-processing and as jAER writes it."""
    with Aedat4Writer(folder / "a.aedat4", Resolution(128, 128)) as writer:
        for part in in_batches(UNIX, 100):
            writer.write(part)
    write_by_dv(folder / "b.aedat4", UNIX)
    jaer = [jaer_file(in_batches(UNIX, 100), packing) for packing in PACKINGS]
    return [(folder / f"{name}.aedat4").read_bytes() for name in "ab"] + jaer


def prophesee(folder: Path) -> list[bytes]:
    """RAW in three codings, and DAT."""
    rows = in_row_order(EVENTS)
    return [
        raw_header("EVT2") + evt2_words(EVENTS),
        raw_header("EVT21") + evt21_words(rows, legacy=False),
        raw_header("EVT3") + evt3_words(rows),
        dat_bytes(EVENTS),
    ]


def tables(folder: Path) -> list[bytes]:
    """Arrays of NumPy and HDF5."""
    columns = {name: EVENTS[name] for name in "txyp"}
    array, archive = io.BytesIO(), io.BytesIO()
    np.save(array, EVENTS)
    np.savez(archive, **columns)
    with h5py.File(folder / "a.h5", "w") as file:
        for name, column in columns.items():
            file.create_dataset(f"events/{name}", data=column, compression="gzip")
    return [array.getvalue(), archive.getvalue(), (folder / "a.h5").read_bytes()]


def check_sentence(text: str) -> None:
    """What users are told is short, and a terminal shows all of it and obeys nothing."""
    assert text.isprintable(), f"a sentence that a terminal obeys: {text!r}"
    assert len(text) < 2000, f"a sentence that nobody reads: {text[:200]!r}"


def take_recording(path: Path) -> bool:
    """Play a recording, look at every event and go back once."""
    try:
        with open_source(FileSpec(str(path))) as source:
            size = source.info.resolution
            for number, batch in enumerate(source.batches()):
                events = batch.events
                assert (np.diff(events["t"]) >= 0).all(), "times that go back"
                for name, most in (("x", size.width), ("y", size.height), ("p", 2)):
                    column = events[name]
                    assert not len(column) or 0 <= column.min() <= column.max() < most, name
                if number > MOST_BATCHES:
                    break
            source.seek(0)
            next(iter(source.batches()), None)
    except SourceError as error:
        check_sentence(str(error))
        return False
    except MemoryError:  # which the child that reads answers, see ``app.sources.hosting.child``
        return False
    return True
