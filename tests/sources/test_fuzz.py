"""Randomly damaged recordings: none may hang the program, kill it, or get bad events through."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np
import psutil
import pytest

from app.events import EVENT_DTYPE, Resolution
from app.sources.contract import EventSource, FileSpec, SourceError
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.hosting.host import HostedSource
from app.sources.opening import open_source
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.by_dv import write_by_dv
from tests.sources.making import aedat2_bytes, in_batches, random_events
from tests.sources.prophesee_making import (
    dat_bytes,
    evt2_words,
    evt3_words,
    evt21_words,
    raw_header,
)

SIZE = Resolution(128, 128)
EVENTS = 30_000
FEW = 6_000
# Opening and playing may each fall silent for 2 to 3 s, on a machine that is busy with others.
LIMIT_S = 12.0
POOL = 2


def aedat2(path: Path) -> None:
    path.write_bytes(aedat2_bytes(random_events(EVENTS)))


def aedat3(path: Path) -> None:
    write_aedat3(path, random_events(EVENTS, start_us=2**31 - 500_000))


def aedat4(path: Path) -> None:
    with Aedat4Writer(path, SIZE) as writer:
        for events in in_batches(random_events(EVENTS, start_us=1_718_321_489_911_158), 500):
            writer.write(events)


def aedat4_by_dv(path: Path) -> None:
    write_by_dv(path, random_events(EVENTS, start_us=1_718_321_489_911_158))


def evt2(path: Path) -> None:
    path.write_bytes(raw_header("EVT2") + evt2_words(random_events(FEW)))


def evt21(path: Path) -> None:
    path.write_bytes(raw_header("EVT21") + evt21_words(random_events(FEW), legacy=True))


def evt3(path: Path) -> None:
    path.write_bytes(raw_header("EVT3") + evt3_words(random_events(FEW)))


def dat(path: Path) -> None:
    path.write_bytes(dat_bytes(random_events(EVENTS)))


def npy(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, random_events(EVENTS))


def npz(path: Path) -> None:
    events = random_events(EVENTS)
    with path.open("wb") as file:
        np.savez_compressed(file, **{name: events[name] for name in "txyp"})


def hdf5(path: Path) -> None:
    events = random_events(EVENTS)
    with h5py.File(path, "w") as file:
        for name in "txyp":
            file.create_dataset(f"events/{name}", data=events[name], compression="gzip")


def damaged(content: bytes, seed: int) -> bytes:
    """One random damage: bytes overwritten, bits flipped, a piece cut out, doubled, or the end."""
    rng = np.random.default_rng(seed)
    place = int(rng.integers(9, len(content)))  # the magic itself has tests of its own
    length = int(2 ** rng.uniform(0, 9))
    match int(rng.integers(6)):
        case 0 | 1:
            piece = content[:place] + rng.bytes(length) + content[place + length :]
        case 2:
            flipped = bytearray(content)
            for where in rng.integers(9, len(content), length):
                flipped[where] ^= 1 << int(rng.integers(8))
            piece = bytes(flipped)
        case 3:
            piece = content[:place] + content[place + length :]
        case 4:
            piece = content[: place + length] + content[place:]
        case _:
            piece = content[:place]
    return piece


def ends_well(open_it: Callable[[], EventSource]) -> str | None:
    """Play to the end; says what went wrong, or none. A SourceError is a good end as well."""
    began_s = time.monotonic()
    source = None
    try:
        source = open_it()
        newest_us = -1
        for batch in source.batches():
            events = batch.events
            if not len(events):
                continue
            if events.dtype != EVENT_DTYPE or events["x"].min() < 0 or events["y"].min() < 0:
                return "bad layout or negative pixels"
            size = source.info.resolution
            if events["x"].max() >= size.width or events["y"].max() >= size.height:
                return "events outside the sensor"
            newest_us = -1 if batch.restarted else newest_us
            if events["t"][0] < newest_us or np.any(np.diff(events["t"]) < 0):
                return "events out of order"
            newest_us = int(events["t"][-1])
    except SourceError as error:
        if not str(error) or "\n" in str(error) or len(str(error)) > 400:
            return f"not a sentence: {error}"
    finally:
        if source is not None:
            source.close()
    elapsed_s = time.monotonic() - began_s
    return f"took {elapsed_s:.1f} s" if elapsed_s > LIMIT_S else None


def faults_of(
    folder: Path,
    make: Callable[[Path], None],
    open_file: Callable[[FileSpec], EventSource],
    seeds: range,
    workers: int,
) -> dict[int, str]:
    """Damage a recording once per seed and play it; what went wrong, by seed."""
    make(folder / "good.aedat4")
    content = (folder / "good.aedat4").read_bytes()

    def fault(seed: int) -> str | None:
        path = folder / f"{seed}.aedat4"
        path.write_bytes(damaged(content, seed))
        found = ends_well(lambda: open_file(FileSpec(str(path))))
        path.unlink()
        return found

    with ThreadPoolExecutor(workers) as pool:
        outcomes = zip(seeds, pool.map(fault, seeds), strict=True)
        return {seed: found for seed, found in outcomes if found}


def hosted(spec: FileSpec) -> EventSource:
    return HostedSource(spec).open()


def no_children_left() -> bool:
    children = psutil.Process().children(recursive=True)
    return not any("spawn_main" in " ".join(child.cmdline()) for child in children)


@pytest.mark.parametrize("make", [aedat2, aedat3])
def test_our_own_readers_survive_300_damages(tmp_path: Path, make: Callable[[Path], None]) -> None:
    assert faults_of(tmp_path, make, open_source, range(300), workers=1) == {}


@pytest.mark.parametrize("make", [evt2, evt21, evt3, dat, npy, npz])
def test_readers_of_other_formats_survive_30_damages(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    assert faults_of(tmp_path, make, open_source, range(30), workers=1) == {}


@pytest.mark.parametrize("make", [aedat2, aedat3, aedat4, aedat4_by_dv, hdf5])
def test_hosted_sources_survive_4_damages(tmp_path: Path, make: Callable[[Path], None]) -> None:
    assert faults_of(tmp_path, make, hosted, range(1000, 1004), POOL) == {}
    assert no_children_left()


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("make", [aedat2, aedat3, aedat4, aedat4_by_dv, hdf5])
def test_hosted_sources_survive_300_damages(tmp_path: Path, make: Callable[[Path], None]) -> None:
    assert faults_of(tmp_path, make, hosted, range(300), POOL) == {}
    assert no_children_left()
