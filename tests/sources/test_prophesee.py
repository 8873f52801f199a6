"""Prophesee's RAW and DAT: what the contract does not ask of every source."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.events import EVENT_DTYPE, Resolution
from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.formats import prophesee_raw
from app.sources.formats.prophesee_header import read_prophesee_header
from app.sources.opening import open_source
from tests.sources.making import events_of, random_events
from tests.sources.prophesee_making import (
    dat_bytes,
    evt2_words,
    evt3_words,
    evt21_words,
    in_row_order,
    raw_header,
)


def dense(span_us: int = 40_000_000) -> np.ndarray:
    """Events of which many share a time and a row, for vectors to hold."""
    events = random_events(3_000, span_us=span_us, start_us=1_000)
    rng = np.random.default_rng(1)
    beside = np.repeat(events, 3)
    beside["x"] = np.minimum(beside["x"] + rng.integers(1, 20, beside.size), 127)
    return in_row_order(np.concatenate([events, beside]))


CODINGS = {
    "EVT 2": lambda events: raw_header("EVT2") + evt2_words(events),
    "EVT 2.1": lambda events: raw_header("EVT21") + evt21_words(events, legacy=False),
    "EVT 2.1 legacy": lambda events: raw_header("EVT21") + evt21_words(events, legacy=True),
    "EVT 3": lambda events: raw_header("EVT3") + evt3_words(events),
}
every_coding = pytest.mark.parametrize("coding", CODINGS)


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.raw"


def played(path: Path, sensor: str | None = None) -> tuple[np.ndarray, SourceInfo]:
    with open_source(FileSpec(str(path), sensor=sensor)) as source:
        parts = [batch.events for batch in source.batches()]
        return np.concatenate([np.empty(0, EVENT_DTYPE), *parts]), source.info


@every_coding
@pytest.mark.parametrize("block_bytes", [64, 1_000, 100_000])
def test_blocks_of_any_size_tell_the_same(
    tape: Path, coding: str, block_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of EVT 3 wraps twice meanwhile; a block knows nothing of the ones before it."""
    monkeypatch.setattr(prophesee_raw, "_BLOCK_BYTES", block_bytes)
    monkeypatch.setattr(prophesee_raw, "_BACK_WORDS", 4)
    tape.write_bytes(CODINGS[coding](dense()))
    events, info = played(tape)
    assert np.array_equal(events, dense())
    assert info.note is None


@every_coding
def test_a_long_recording_is_not_read_whole(
    tape: Path, coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prophesee_raw, "_BLOCK_BYTES", 4_000)
    monkeypatch.setattr(prophesee_raw, "_READ_WHOLE_BYTES", 0)
    monkeypatch.setattr(prophesee_raw, "_BEGINNING_BYTES", 400)
    tape.write_bytes(CODINGS[coding](dense()))
    with open_source(FileSpec(str(tape))) as source:
        source.seek(30_000_000)
        events = np.concatenate([batch.events for batch in source.batches()])
    assert np.array_equal(events, dense()[dense()["t"] >= 30_000_000])


def test_other_rows_and_what_comes_before_the_first_row_is_left_out(tape: Path) -> None:
    words = [
        2 << 12 | 5,  # an event without a row
        8 << 12 | 1, 6 << 12 | 7,
        0 << 12 | 20, 2 << 12 | 0x800 | 30,
        1 << 12 | 21, 2 << 12 | 31,  # a row of something else
        4 << 12 | 3,  # a vector without a base
        0 << 12 | 22, 2 << 12 | 32,
    ]  # fmt: skip
    tape.write_bytes(raw_header("EVT3") + np.array(words, "<u2").tobytes())
    events, _ = played(tape)
    assert np.array_equal(events, events_of((4103, 30, 20, 1), (4103, 32, 22, 0)))


def test_the_low_part_of_a_time_begins_anew_with_the_high_part(tape: Path) -> None:
    words = [8 << 12 | 1, 6 << 12 | 4000, 20, 2 << 12 | 5, 8 << 12 | 1, 2 << 12 | 6,
             8 << 12 | 2, 2 << 12 | 7, 6 << 12 | 3, 2 << 12 | 8]  # fmt: skip
    tape.write_bytes(raw_header("EVT3") + np.array(words, "<u2").tobytes())
    assert played(tape)[0]["t"].tolist() == [8096, 8096, 8192, 8195]


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("% format EVT3;height=720;width=1280\n% end\n", Resolution(1280, 720)),
        ("% geometry 640x480\n% evt 3.0\n", Resolution(640, 480)),
        ("% Height 240\r\n% Width 304\r\n", Resolution(304, 240)),
        ("% plugin_name hal_plugin_gen31_fx3\n% evt 2.0\n", Resolution(640, 480)),
        ("% plugin_name hal_plugin_imx636_evk4\n% evt 3.0\n", Resolution(1280, 720)),
        ("% sensor_generation 4.1\n% generation 4.1\n", Resolution(1280, 720)),
        ("% camera GenX320\n", Resolution(320, 320)),
        ("% geometry 0x0\n", None),
        ("% date 2024-01-01 12:00:00\n", None),
    ],
)
def test_the_size_of_the_sensor(header: str, size: Resolution | None) -> None:
    raw = np.frombuffer(header.encode() + b"\x00\x80\x0a\xff", np.uint8)
    read = read_prophesee_header(raw)
    assert read.size == len(header)
    assert read.resolution == size


def test_without_a_size_the_events_tell_it(tape: Path) -> None:
    tape.write_bytes(raw_header("EVT2", "") + evt2_words(random_events(500, width=600, height=400)))
    _, info = played(tape)
    assert info.resolution == Resolution(640, 480)
    assert info.note == "it names no sensor, taken as 640x480 by its events (--sensor says it)"
    assert played(tape, "1280x720")[1].resolution == Resolution(1280, 720)


def test_a_word_that_was_cut_off(tape: Path) -> None:
    tape.write_bytes(CODINGS["EVT 2"](dense())[:-3])
    events, info = played(tape)
    assert np.array_equal(events, dense()[:-1])
    assert info.note == "the last event is half-written"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (raw_header("EVT4") + bytes(100), "of EVT 2, 2.1 or 3, but tape.raw is of version 4.0"),
        (raw_header("EVT3"), "holds no events"),
        (raw_header("EVT2") + bytes(4000), "holds no times"),
        (b"% Data file containing Trigger events.\n\x0e\x08" + bytes(80), r"has type and size"),
        (b"% Data file containing CD events.\n", r"has type and size \[\]"),
    ],
)
def test_what_cannot_be_played(tape: Path, content: bytes, sentence: str) -> None:
    tape.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        played(tape)


def test_a_stream_that_is_not_there(tape: Path) -> None:
    tape.write_bytes(CODINGS["EVT 2"](dense()))
    with pytest.raises(SourceError, match="has no stream 'left'"):
        open_source(FileSpec(str(tape), stream="left"))


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_of_dat(tape: Path, version: int) -> None:
    """Their 32 bits of time wrap after 71 minutes."""
    events = random_events(40_000, span_us=20_000_000, start_us=(1 << 32) - 10_000_000)
    tape.write_bytes(dat_bytes(events, version))
    played_events, info = played(tape)
    assert np.array_equal(played_events, events)
    assert info.duration_us == events["t"][-1] + 1 - events["t"][0]
