"""AEDAT 4 as jAER 3 writes it, and as it looks after a disk has had its way with it."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.aedat4_encoding import event_buffer
from app.sources.formats.aedat4_header import read_header
from app.sources.formats.aedat4_packets import index_packets
from app.sources.opening import open_source
from tests.sources.aedat4_making import (
    PACKINGS,
    VERSION_LINE,
    Kind,
    description,
    header,
    jaer_file,
    other_buffer,
    packet,
)
from tests.sources.making import in_batches, random_events

START_US = 1_718_321_489_911_158
NO_END = "its end is missing or damaged, played as far as it goes"


def played(
    path: Path, content: bytes | None = None, **choice: str
) -> tuple[np.ndarray, str | None]:
    if content is not None:
        path.write_bytes(content)
    with open_source(FileSpec(str(path), **choice)) as source:
        events = np.concatenate([batch.events for batch in source.batches()])
        return events, source.info.note


@pytest.fixture
def events() -> np.ndarray:
    return random_events(20_000, start_us=START_US)


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.aedat4"


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("at_heads", [True, False])
def test_a_recording_of_jaer_plays_whole(
    tape: Path, events: np.ndarray, packing: str, at_heads: bool
) -> None:
    content = jaer_file(in_batches(events, 700), packing, at_heads=at_heads)
    found, note = played(tape, content)
    assert np.array_equal(found, events)
    assert note is None


def test_the_table_of_jaer_is_understood_without_a_walk(
    tape: Path, events: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = np.frombuffer(jaer_file(in_batches(events, 700)), np.uint8)
    by_table = index_packets(raw, read_header(raw, "tape"))
    monkeypatch.setattr("app.sources.formats.aedat4_packets.table_rows", lambda _: None)
    by_walk = index_packets(raw, read_header(raw, "tape"))
    assert not by_table.is_cut_off
    for name in ("positions", "sizes", "streams"):
        assert np.array_equal(getattr(by_table, name), getattr(by_walk, name))


@pytest.mark.parametrize("position", [-1, -2])
def test_a_recorder_that_was_killed_before_its_table(
    tape: Path, events: np.ndarray, position: int
) -> None:
    content = jaer_file(in_batches(events, 700), position=position)
    content = content[: content.rindex(b"FTAB") - 8]
    assert played(tape, content)[0].tolist() == events.tolist()
    assert played(tape, content)[1] is None


@pytest.mark.parametrize("position", [0, 20, 5000, 2**40, -77, 2**63 - 1])
def test_a_table_elsewhere_than_the_header_says(
    tape: Path, events: np.ndarray, position: int
) -> None:
    content = jaer_file(in_batches(events, 700), position=position)
    found, note = played(tape, content)
    assert np.array_equal(found, events)
    assert note == NO_END


def test_jaer_counts_y_from_below(tape: Path, events: np.ndarray) -> None:
    content = jaer_file([events], info=description([Kind(0), Kind(1, "FRME")], module="jAER"))
    found, _ = played(tape, content)
    assert (found["y"] == 127 - events["y"]).all()
    assert (found["x"] == events["x"]).all()


def test_preferences_that_break_the_description_after_the_streams(
    tape: Path, events: np.ndarray
) -> None:
    more = '<node name="jAERConfigSnapshot"><attr key="\x02&bad;">' + "x" * 2_000_000 + "</attr>"
    content = jaer_file([events], info=description([Kind(0)], more=more))
    assert np.array_equal(played(tape, content)[0], events)


def test_streams_that_are_not_described_are_found(tape: Path, events: np.ndarray) -> None:
    content = jaer_file([events], info="<dv></dv>")
    found, note = played(tape, content)
    assert len(found) == len(events)
    assert "taken as 128x128 by its events" in str(note)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(
    "harm", ["content", "head", "larger size", "smaller size", "huge size", "negative size", "gone"]
)
def test_a_damaged_packet_costs_only_itself(tape: Path, packing: str, harm: str) -> None:
    """Whatever the harm, everything before and after it is played, and what is missing is told."""
    events = random_events(10_000, span_us=1_000_000, start_us=START_US)
    parts = in_batches(events, 500)
    content = bytearray(jaer_file(parts, packing))
    raw = np.frombuffer(bytes(content), np.uint8)
    index = index_packets(raw, read_header(raw, "tape"))
    row = 21  # the events from 5000 on
    start, size = int(index.positions[row]), int(index.sizes[row])
    sizes = {"larger size": size + 900, "smaller size": size - 300, "huge size": 2**31 - 1,
             "negative size": -5}  # fmt: skip
    if harm in sizes:
        content[start - 4 : start] = struct.pack("<i", sizes[harm])
    elif harm == "content":
        content[start : start + 300] = b"\xa5" * 300
    elif harm == "head":
        content[start - 8 : start + 4] = b"\xa5" * 12
    else:
        del content[start - 3 : start + 200]
    found, note = played(tape, bytes(content))
    others = np.concatenate([events[:5000], events[5500:]])
    if harm in ("larger size", "smaller size", "huge size", "negative size") and len(found) > 9500:
        assert np.array_equal(found, events)  # its true end was found
    else:
        assert np.array_equal(found, others)
        assert "damaged places skipped: 1 (" in str(note)
        missing_us = int(events["t"][5500] - events["t"][4999])
        assert f"{missing_us / 1e6:.3f} s are missing)" in str(note)


def test_damage_is_counted_once_however_often_it_is_played(tape: Path) -> None:
    content = bytearray(jaer_file(in_batches(random_events(10_000), 500)))
    content[len(content) // 2 : len(content) // 2 + 100] = bytes(100)
    tape.write_bytes(content)
    with open_source(FileSpec(str(tape))) as source:
        first = [len(batch.events) for batch in source.batches()], source.info.note
        source.seek(0)
        assert ([len(batch.events) for batch in source.batches()], source.info.note) == first


def test_seeking_in_a_recording_of_many_small_packets(tape: Path) -> None:
    """More packets than there are blocks."""
    events = random_events(20_000, start_us=START_US)
    tape.write_bytes(jaer_file(in_batches(events, 2), "NONE"))
    with open_source(FileSpec(str(tape))) as source:
        for t_us in (START_US + 400_000, START_US, int(events["t"][12_345])):
            source.seek(t_us)
            rest = np.concatenate([batch.events for batch in source.batches()])
            assert np.array_equal(rest, events[events["t"] >= t_us])


class TestSeveralCameras:
    KINDS = (
        Kind(0, name="events", source="DVS128_left"),
        Kind(3, name="events", source="DAVIS346_right", size=(346, 260)),
    )

    def content(self, left: np.ndarray, right: np.ndarray) -> bytes:
        packets = [packet(0, bytes(event_buffer(left))), packet(3, bytes(event_buffer(right)))]
        return VERSION_LINE + header(description(self.KINDS)) + b"".join(packets)

    def test_the_first_that_has_events_is_played(self, tape: Path) -> None:
        right = random_events(500, width=346, height=260)
        found, note = played(tape, self.content(right[:0], right))
        assert np.array_equal(found, right)
        assert note == "plays stream 3: DAVIS346_right, not 0: DVS128_left"

    @pytest.mark.parametrize(
        "wanted", ["3", "DAVIS346_right", "davis346_RIGHT", "3: DAVIS346_right"]
    )
    def test_one_is_chosen(self, tape: Path, wanted: str) -> None:
        left, right = random_events(500), random_events(400, width=346, height=260)
        content = self.content(left, right)
        assert np.array_equal(played(tape, content)[0], left)
        found, note = played(tape, stream=wanted)
        assert np.array_equal(found, right)
        assert note is None

    def test_all_are_told(self, tape: Path) -> None:
        tape.write_bytes(self.content(random_events(500), random_events(400)))
        with open_source(FileSpec(str(tape), stream="3")) as source:
            assert source.info.streams == ("0: DVS128_left", "3: DAVIS346_right")
            assert source.info.stream == "3: DAVIS346_right"
            assert source.info.resolution == Resolution(346, 260)

    def test_one_that_is_not_there(self, tape: Path) -> None:
        tape.write_bytes(self.content(random_events(5), random_events(5)))
        sentence = r"tape\.aedat4 has no stream '7', only 0: DVS128_left, 3: DAVIS346_right$"
        with pytest.raises(SourceError, match=sentence):
            open_source(FileSpec(str(tape), stream="7"))


class TestSize:
    def test_a_stream_without_a_size_is_as_large_as_its_events(self, tape: Path) -> None:
        events = random_events(5000, width=346, height=260)
        content = jaer_file([events], info=description([Kind(0, size=None)]))
        found, note = played(tape, content)
        assert np.array_equal(found, events)
        assert note == (
            "its description gives no sensor size, taken as 346x260 by its events "
            "(--sensor says it)"
        )

    def test_a_few_stray_places_do_not_count(self, tape: Path) -> None:
        events = random_events(5000)
        events["x"][17] = 1000
        content = jaer_file([events], info=description([Kind(0, size=None)]))
        found, note = played(tape, content)
        assert len(found) == 4999
        assert "taken as 128x128" in str(note)

    @pytest.mark.parametrize(
        ("sensor", "size"), [("DAVIS240", (240, 180)), ("200x150", (200, 150))]
    )
    def test_it_can_be_said(self, tape: Path, sensor: str, size: tuple[int, int]) -> None:
        tape.write_bytes(jaer_file([random_events(50)]))
        with open_source(FileSpec(str(tape), sensor=sensor)) as source:
            assert source.info.resolution == Resolution(*size)
            assert source.info.note is None

    @pytest.mark.parametrize("sensor", ["DVS129", "0x0", "99999x1", "346", ""])
    def test_nonsense_is_refused(self, tape: Path, sensor: str) -> None:
        tape.write_bytes(jaer_file([random_events(50)]))
        with pytest.raises(SourceError, match="expected a sensor"):
            open_source(FileSpec(str(tape), sensor=sensor))


def test_a_trigger_at_time_0_is_no_event(tape: Path) -> None:
    events = random_events(5000, start_us=START_US)
    kinds = [Kind(0), Kind(1, "TRIG", "triggers")]
    packets = [packet(1, other_buffer("TRIG")), packet(0, bytes(event_buffer(events)))]
    content = VERSION_LINE + header(description(kinds)) + b"".join(packets)
    tape.write_bytes(content)
    with open_source(FileSpec(str(tape))) as source:
        assert source.info.start_us == events["t"][0]
        assert source.info.duration_us == events["t"][-1] - events["t"][0] + 1


@pytest.mark.parametrize("kind", ["entities", "depth"])
def test_a_description_that_is_made_to_explode(tape: Path, kind: str) -> None:
    if kind == "entities":
        rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 40}">' for n in range(1, 9))
        entities = f'<!DOCTYPE dv [<!ENTITY e0 "{"z" * 100}">{rows}]>'
        info = f'{entities}<dv><node name="outInfo">&e8;</node></dv>'
    else:
        info = "<dv>" + '<node name="x">' * 20_000
    events = random_events(100)
    content = VERSION_LINE + header(info) + packet(0, bytes(event_buffer(events)))
    assert np.array_equal(played(tape, content)[0], events)
