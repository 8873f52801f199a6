"""What every source promises, asked of every source, in this process and hosted in a child."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from app.events import EVENT_DTYPE, EventBatch, empty_events
from app.sources.contract import (
    CameraSpec,
    EventSource,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceError,
    SourceSpec,
)
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.hosting.host import HostedSource
from app.sources.opening import Opener, load_opener
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources import fakes
from tests.sources.fakes import SIZE
from tests.sources.making import aedat1_bytes, aedat2_bytes, random_events
from tests.sources.prophesee_making import (
    dat_bytes,
    evt2_words,
    evt3_words,
    evt21_words,
    in_row_order,
    raw_header,
)
from tests.sources.serving import run_own_server, serving

COUNT = 20_000
START_US = 80_000_000
LIMIT_S = 20.0


@dataclass
class Case:
    """A source under test; ``expected`` are the events it must deliver, if that is known."""

    spec: SourceSpec
    load: Callable[[SourceSpec], Opener]
    expected: np.ndarray | None


def recorded() -> np.ndarray:
    return random_events(COUNT, start_us=START_US)


def make_aedat2(folder: Path, stack: ExitStack) -> Case:
    (folder / "tape.aedat").write_bytes(aedat2_bytes(recorded()))
    return Case(FileSpec(str(folder / "tape.aedat")), load_opener, recorded())


def make_aedat3(folder: Path, stack: ExitStack) -> Case:
    # The wrong extension: only the header counts.
    write_aedat3(folder / "tape.aedat4", recorded())
    return Case(FileSpec(str(folder / "tape.aedat4")), load_opener, recorded())


def make_aedat4(folder: Path, stack: ExitStack) -> Case:
    with Aedat4Writer(folder / "tape.aedat4", SIZE) as writer:
        writer.write(recorded())
    return Case(FileSpec(str(folder / "tape.aedat4")), load_opener, recorded())


def make_aedat1(folder: Path, stack: ExitStack) -> Case:
    (folder / "tape.aedat").write_bytes(aedat1_bytes(recorded()))
    return Case(FileSpec(str(folder / "tape.aedat")), load_opener, recorded())


def make_evt2(folder: Path, stack: ExitStack) -> Case:
    events = in_row_order(recorded())
    (folder / "tape.raw").write_bytes(raw_header("EVT2") + evt2_words(events))
    return Case(FileSpec(str(folder / "tape.raw")), load_opener, events)


def make_evt21(folder: Path, stack: ExitStack) -> Case:
    events = in_row_order(recorded())
    content = raw_header("EVT21;endianness=legacy") + evt21_words(events, legacy=True)
    (folder / "tape.raw").write_bytes(content)
    return Case(FileSpec(str(folder / "tape.raw")), load_opener, events)


def make_evt3(folder: Path, stack: ExitStack) -> Case:
    events = in_row_order(recorded())
    (folder / "tape.raw").write_bytes(raw_header("EVT3") + evt3_words(events))
    events["t"] %= 1 << 24  # a file's first time has no more bits
    return Case(FileSpec(str(folder / "tape.raw")), load_opener, events)


def make_dat(folder: Path, stack: ExitStack) -> Case:
    (folder / "tape.dat").write_bytes(dat_bytes(recorded()))
    return Case(FileSpec(str(folder / "tape.dat")), load_opener, recorded())


def make_npy(folder: Path, stack: ExitStack) -> Case:
    np.save(folder / "tape.npy", recorded())
    return Case(FileSpec(str(folder / "tape.npy"), sensor="DVS128"), load_opener, recorded())


def make_npz(folder: Path, stack: ExitStack) -> Case:
    np.savez_compressed(folder / "tape.npz", **{name: recorded()[name] for name in "txyp"})
    return Case(FileSpec(str(folder / "tape.npz"), sensor="DVS128"), load_opener, recorded())


def make_hdf5(folder: Path, stack: ExitStack) -> Case:
    with h5py.File(folder / "tape.h5", "w") as file:
        for name in "txyp":
            file.create_dataset(f"events/{name}", data=recorded()[name], compression="gzip")
    return Case(FileSpec(str(folder / "tape.h5"), sensor="DVS128"), load_opener, recorded())


def make_camera(folder: Path, stack: ExitStack) -> Case:
    return Case(CameraSpec(), fakes.load_fake_camera, random_events(COUNT))


def make_network(folder: Path, stack: ExitStack) -> Case:
    _, port = stack.enter_context(serving(run_own_server))
    return Case(NetworkSpec("127.0.0.1", port), load_opener, None)


def make_performer(folder: Path, stack: ExitStack) -> Case:
    return Case(PerformerSpec(None, 5), fakes.load_fake_performer, None)


RECORDINGS = [make_aedat2, make_aedat3, make_aedat4, make_evt3, make_hdf5]
# A child treats all formats alike, and takes its time to start.
RECORDINGS_HERE = [
    make_aedat1, make_evt2, make_evt21, make_dat, make_npy, make_npz,
]  # fmt: skip
LIVE = [make_camera, make_network, make_performer]


def named(make: Callable[..., Case]) -> str:
    return make.__name__.removeprefix("make_")


@pytest.fixture
def where(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as entered:
        yield entered


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path, stack: ExitStack) -> Case:
    return request.param(tmp_path, stack)


@pytest.fixture
def source(case: Case, where: str, stack: ExitStack) -> EventSource:
    opened = HostedSource(case.spec, case.load) if where == "hosted" else case.load(case.spec)()
    return stack.enter_context(opened)


def taken(source: EventSource) -> list[EventBatch]:
    """Everything a recording holds, or COUNT events of a live source."""
    batches, count, end_s = [], 0, time.monotonic() + LIMIT_S
    for batch in source.batches():
        batches.append(batch)
        count += len(batch.events)
        if source.info.is_live and count >= COUNT:
            break
        assert time.monotonic() < end_s, "the events did not come"
    return batches


def joined(batches: list[EventBatch]) -> np.ndarray:
    return np.concatenate([empty_events(), *(batch.events for batch in batches)])


def everywhere(makes: list[Callable[..., Case]], here: list[Callable[..., Case]]) -> Any:
    """Each source in this process, and all but those ``here`` in a child, too."""
    pairs = [(make, "raw") for make in makes + here] + [(make, "hosted") for make in makes]
    ids = [f"{named(make)}-{where}" for make, where in pairs]
    return pytest.mark.parametrize(("case", "where"), pairs, ids=ids, indirect=True)


every_source = everywhere(RECORDINGS + LIVE, RECORDINGS_HERE)
every_recording = everywhere(RECORDINGS, RECORDINGS_HERE)
every_live_source = everywhere(LIVE, [])


@every_source
def test_a_source_keeps_its_promises(case: Case, source: EventSource) -> None:
    assert isinstance(source, EventSource)
    info = source.info
    assert info.resolution == SIZE
    assert info.name
    assert info.note is None
    batches = taken(source)
    events = joined(batches)
    assert all(batch.events.dtype == EVENT_DTYPE for batch in batches)
    assert (np.diff(events["t"]) >= 0).all()
    assert ((events["x"] >= 0) & (events["x"] < SIZE.width)).all()
    assert ((events["y"] >= 0) & (events["y"] < SIZE.height)).all()
    assert np.isin(events["p"], (0, 1)).all()
    assert len(events) >= COUNT
    if case.expected is not None:
        assert np.array_equal(events, case.expected)
    assert not any(batch.restarted or batch.gap_us for batch in batches)
    now_s = time.monotonic()
    assert all(now_s - LIMIT_S < batch.arrived_s <= now_s for batch in batches)
    before = events.copy()
    source.close()
    source.close()
    assert list(source.batches()) == []
    assert np.array_equal(events, before)


@every_recording
def test_a_recording_seeks(case: Case, source: EventSource) -> None:
    assert case.expected is not None
    assert not source.info.is_live
    assert source.info.start_us == case.expected["t"][0]
    assert source.info.duration_us == case.expected["t"][-1] + 1 - case.expected["t"][0]
    stream = source.batches()
    assert not next(stream).restarted
    first_us = int(case.expected["t"][0])
    middle_us = first_us + 700_000
    source.seek(middle_us)  # in the midst of playing
    batches = list(stream)
    assert batches[0].restarted
    assert not any(batch.restarted for batch in batches[1:])
    assert np.array_equal(joined(batches), case.expected[case.expected["t"] >= middle_us])
    assert list(source.batches()) == []
    for t_us in (0, first_us + 999_900):  # and after the end
        source.seek(t_us)
        rest = case.expected[case.expected["t"] >= t_us]
        assert np.array_equal(joined(list(source.batches())), rest)
    source.seek(first_us + 10**9)
    assert sum(len(batch.events) for batch in source.batches()) == 0


@every_live_source
def test_a_live_source_never_keeps_one_waiting(case: Case, source: EventSource) -> None:
    assert source.info.is_live
    assert source.info.start_us is None
    assert source.info.duration_us is None
    with pytest.raises(SourceError, match="is live"):
        source.seek(0)
    heard_s, silences = time.monotonic(), []
    for batch, _ in zip(source.batches(), range(40), strict=False):
        silences.append(batch.arrived_s - heard_s)
        heard_s = batch.arrived_s
    assert np.median(silences) < 0.05
