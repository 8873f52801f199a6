"""How fast recordings are read and written: ours alone, ours in its child process, and others.

Rates count from the open source on: the start of the child process is not in them.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from app.bench.amounts import Amounts
from app.bench.findings import Finding, Row, Skipped, measured
from app.bench.stream import SENSOR, clips
from app.bench.timing import Timings, family_cpu_s, in_turn, ratios
from app.events import join_events
from app.sources.contract import EventSource, FileSpec
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.hosting.host import HostedSource
from app.sources.hosting.ring import SLOT_EVENTS
from app.sources.opening import open_source
from models.data.dvs_gesture.aedat3_writer import write_aedat3

TOPIC = "decode"
UNIT = "M events/s"
HEADER_2 = b"#!AER-DAT2.0\r\n# This is a raw AE data file - do not edit\r\n# AEChip: DVS128\r\n"
FORMATS = {"AEDAT 2.0": "2.aedat", "AEDAT 3.1": "3.aedat", "AEDAT 4": "4.aedat4"}
Read = Callable[[Path], int]


def measure(amounts: Amounts) -> Iterator[Finding]:
    """Rows of writing, of our readers, and of the others on the same events."""
    events = repeated(amounts.events)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield writing(events, folder / FORMATS["AEDAT 4"], amounts.repeats)
        write_older(events, folder)
        readers, skipped = other_readers(events, folder)
        yield from skipped
        for form, file in FORMATS.items():
            yield from reading(form, folder / file, readers.get(form, {}), amounts)
        dat = readers.get("DAT", {})
        for reader, values in rates(dat, len(events), amounts.repeats).items():
            yield measured(TOPIC, f"DAT read by {reader}", UNIT, values)


def repeated(count: int) -> np.ndarray:
    """So many events (N,) EVENT_DTYPE: those of the bundled recordings again and again."""
    parts: list[np.ndarray] = []
    start_us, total = 1_000_000, 0
    while total < count:
        for clip in clips():
            part = clip.copy()
            part["t"] += start_us
            start_us = int(part["t"][-1]) + 1
            parts.append(part)
            total += len(part)
    return join_events(parts)[:count]


def rates(reads: dict[str, Callable[[], float]], events: int, repeats: int) -> Timings:
    """Millions of events a second of processor time, of what says how long it took."""
    seconds = in_turn(reads, repeats)
    return {name: [events / each / 1e6 for each in values] for name, values in seconds.items()}


def writing(events: np.ndarray, path: Path, repeats: int) -> Row:
    """Into a complete AEDAT 4 file, in batches as a source hands them over."""

    def write() -> float:
        began_s = time.process_time()
        with Aedat4Writer(path, SENSOR) as writer:
            for start in range(0, len(events), SLOT_EVENTS):
                writer.write(events[start : start + SLOT_EVENTS])
        return time.process_time() - began_s

    values = rates({"ours": write}, len(events), repeats)["ours"]
    return measured(TOPIC, "AEDAT 4 written", UNIT, values, at_least=10)


def write_older(events: np.ndarray, folder: Path) -> None:
    """The same events in the older formats; in AEDAT 2.0 as jAER has a DVS128: ON is 0, x from
    the right, y from below."""
    address = (
        (SENSOR.height - 1 - events["y"].astype(np.uint32)) << 8
        | (SENSOR.width - 1 - events["x"].astype(np.uint32)) << 1
        | (1 - events["p"].astype(np.uint32))
    )
    pairs = np.stack([address, events["t"].astype(np.uint32)], axis=1)
    (folder / FORMATS["AEDAT 2.0"]).write_bytes(HEADER_2 + pairs.astype(">u4").tobytes())
    write_aedat3(folder / FORMATS["AEDAT 3.1"], events)


def reading(
    form: str, path: Path, others: dict[str, Callable[[], float]], amounts: Amounts
) -> Iterator[Row]:
    """Ours alone, ours in the child process, and whoever else reads this format, in turn."""
    spec = FileSpec(str(path))
    reads = {
        "our reader": lambda: read_s(lambda: open_source(spec), amounts.events),
        "our reader in its process": lambda: read_s(lambda: HostedSource(spec), amounts.events),
        **others,
    }
    found = rates(reads, amounts.events, amounts.repeats)
    for reader, values in found.items():
        yield measured(TOPIC, f"{form} read by {reader}", UNIT, values)
    alone, hosted = found["our reader"], found["our reader in its process"]
    yield measured(
        TOPIC, f"{form}, its process against the reader alone", "times",
        ratios(alone, hosted), at_most=1.5,
    )  # fmt: skip


def read_s(open_it: Callable[[], EventSource], expected: int) -> float:
    """Processor time, of all processes together, of reading a source from when it is open.

    Raises:
        ValueError: it has another number of events.
    """
    with open_it() as source:
        began_s = family_cpu_s()
        count = sum(len(batch.events) for batch in source.batches())
        spent_s = family_cpu_s() - began_s
    check_count(count, expected)
    return spent_s


def check_count(count: int, expected: int) -> None:
    """Whoever reads less has done less.

    Raises:
        ValueError: the number of events is another.
    """
    if count != expected:
        raise ValueError(f"expected {expected} events read, got {count}")


# Other libraries, in the way their documentation reads a file in pieces.


def read_dv(path: Path) -> int:
    """How many events dv-processing finds."""
    recording = importlib.import_module("dv_processing").io.MonoCameraRecording(str(path))
    count = 0
    while recording.isRunning() and (batch := recording.getNextEventBatch()) is not None:
        count += len(batch.numpy())
    return count


def read_faery(path: Path) -> int:
    """How many events faery finds."""
    stream: Any = importlib.import_module("faery").events_stream_from_file(path)
    return sum(len(events) for events in stream)


def read_aedat(path: Path) -> int:
    """How many events aedat finds."""
    packets: Any = importlib.import_module("aedat").Decoder(str(path))
    return sum(len(packet["events"]) for packet in packets if "events" in packet)


def read_expelliarmus(path: Path) -> int:
    """How many events expelliarmus finds."""
    wizard: Any = importlib.import_module("expelliarmus").Wizard("dat", fpath=path)
    return len(wizard.read())


OTHERS: dict[str, tuple[str, str, Read]] = {
    "dv-processing": ("dv_processing", "AEDAT 4", read_dv),
    "faery": ("faery", "AEDAT 4", read_faery),
    "aedat": ("aedat", "AEDAT 4", read_aedat),
    "expelliarmus": ("expelliarmus", "DAT", read_expelliarmus),
}


def other_readers(
    events: np.ndarray, folder: Path
) -> tuple[dict[str, dict[str, Callable[[], float]]], list[Skipped]]:
    """For each format what else is here to read it, and who is not."""
    readers: dict[str, dict[str, Callable[[], float]]] = {}
    skipped = []
    for name, (module, form, read) in OTHERS.items():
        try:
            importlib.import_module(module)
        except ImportError as error:
            skipped.append(Skipped(TOPIC, name, f"cannot be imported: {error}"))
            continue
        path = folder / FORMATS[form] if form in FORMATS else write_dat(events, folder / "1.dat")
        readers.setdefault(form, {})[name] = partial(_timed, read, path, len(events))
    return readers, skipped


def write_dat(events: np.ndarray, path: Path) -> Path:
    """The same events in a format that expelliarmus, which reads no AEDAT, knows."""
    wizard: Any = importlib.import_module("expelliarmus").Wizard("dat")
    fields = np.empty(len(events), [("t", "<i8"), ("x", "<i2"), ("y", "<i2"), ("p", "u1")])
    for field in fields.dtype.names or ():
        fields[field] = events[field]
    wizard.save(fpath=path, arr=fields)
    return path


def _timed(read: Read, path: Path, expected: int) -> float:
    began_s = time.process_time()
    count = read(path)
    spent_s = time.process_time() - began_s
    check_count(count, expected)
    return spent_s
