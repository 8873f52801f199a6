"""Which sensor an AEDAT 2.0 recording is of, and where its header ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import FileSpec
from app.sources.opening import open_source
from tests.sources.making import aedat2_bytes, random_events

FIRST = b"#!AER-DAT2.0\r\n"
END = b"#End Of ASCII Header\r\n"
DVS128 = b"# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n"
DAVIS346 = b"# AEChip: eu.seebetter.ini.chips.davis.Davis346blue\r\n"


def davis_bytes(events: np.ndarray, header: bytes, size: tuple[int, int]) -> bytes:
    """x from the right, y from below, ON is 1."""
    x, y, p = (events[name].astype(np.uint32) for name in "xyp")
    address = (size[1] - 1 - y) << 22 | (size[0] - 1 - x) << 12 | p << 11
    pairs = np.stack([address, events["t"].astype(np.uint32)], axis=1)
    return header + pairs.astype(">u4").tobytes()


def played(
    path: Path, content: bytes, sensor: str | None = None
) -> tuple[np.ndarray, Resolution, str | None]:
    path.write_bytes(content)
    with open_source(FileSpec(str(path), sensor=sensor)) as source:
        events = np.concatenate([batch.events for batch in source.batches()])
        return events, source.info.resolution, source.info.note


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.aedat"


@pytest.mark.parametrize(
    "line",
    [
        b"# pref /eu/seebetter/Davis208PixelParade.bias = 3\r\n",
        b"# Hostname: dvs128-lab-pc\r\n",
        b"# <entry key=\"DAVIS640.AEChip: DVS128\" value=\"DVXplorer\"/>\r\n",
        b"#  AEViewer.aeChipClass=ch.unizh.ini.jaer.chip.retina.DVS128\r\n",
        b"# user: K\xf6ln, /home/davis240/dvs128.aedat\r\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [0, 1])
def test_only_the_chips_own_line_names_the_sensor(tape: Path, line: bytes, order: int) -> None:
    events = random_events(3000, width=346, height=260)
    header = FIRST + b"".join([line, DAVIS346][:: 1 - 2 * order]) + END
    found, size, note = played(tape, davis_bytes(events, header, (346, 260)))
    assert size == Resolution(346, 260)
    assert np.array_equal(found, events)
    assert note is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "it names no chip"),
        (b"# AEChip: org.example.NewChip3\r\n", "its chip NewChip3 is not known"),
        (b"# Hostname: dvs128-lab-pc\r\n", "it names no chip"),
    ],
)
def test_without_a_known_chip_the_events_tell(tape: Path, line: bytes, why: str) -> None:
    big = random_events(5000, width=346, height=260)
    found, size, note = played(tape, davis_bytes(big, FIRST + line, (346, 260)))
    assert size == Resolution(346, 260)
    assert np.array_equal(found, big)
    assert note == f"{why}, taken as 346x260 by its events (--sensor says it)"
    small = random_events(5000)
    found, size, note = played(tape, aedat2_bytes(small, FIRST + line))
    assert size == Resolution(128, 128)
    assert np.array_equal(found, small)


@pytest.mark.parametrize("sensor", ["DAVIS346", "davis346", "346x260"])
def test_a_sensor_that_is_said_comes_first(tape: Path, sensor: str) -> None:
    events = random_events(3000, width=346, height=260)
    content = davis_bytes(events, FIRST + b"# AEChip: x.NewChip3\r\n", (346, 260))
    found, size, note = played(tape, content, sensor)
    assert size == Resolution(346, 260)
    assert np.array_equal(found, events)
    assert note is None


@pytest.mark.parametrize(
    "middle",
    [
        b"# control \x01\x02\x03\x00\x1b[31m characters\r\n",
        b"# a value\r\nthat goes on\r\n\r\n  and on = 3\r\n# last\r\n",
        b"# long " + b"x" * 3_000_000 + b"\r\n",
        b"# pref = value of a few characters\r\n" * 50_000,
        b"# unix line\n#\n# \xff\xfe\n",
    ],
    ids=["controls", "line breaks", "a long line", "many lines", "unix"],
)
@pytest.mark.parametrize("end", [END, b"# End of ASCII Header\n", b""])
def test_no_header_is_read_as_events(tape: Path, middle: bytes, end: bytes) -> None:
    events = random_events(3000, start_us=7)
    found, size, note = played(tape, aedat2_bytes(events, FIRST + DVS128 + middle + end))
    assert np.array_equal(found, events)
    assert size == Resolution(128, 128)
    assert note is None


def test_the_end_line_counts_whatever_stands_before_it(tape: Path) -> None:
    """Values full of what would be events else."""
    events = random_events(3000)
    noise = b"# blob = " + np.random.default_rng(2).bytes(5000) + b"\r\n"
    found, _, _ = played(tape, aedat2_bytes(events, FIRST + DVS128 + noise + END))
    assert np.array_equal(found, events)
