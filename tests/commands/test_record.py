"""``record``: what comes out is what went in."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.commands.errors import BadInput, refuse_the_source
from app.commands.limit import LimitedSource
from app.commands.record import check_target, copy_events
from app.events import EVENT_DTYPE, EventBatch, Resolution, empty_events
from app.sources.bundled import bundled_recordings
from app.sources.contract import CameraSpec, FileSpec, SourceError, SourceInfo
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.formats.aedat4_encoding import event_buffer
from app.sources.hosting.host import HostedSource
from app.sources.opening import open_source
from tests.commands.conftest import RECORDINGS, START_US, Type, left_then_right, port_of, start
from tests.sources import fakes
from tests.sources.aedat4_making import VERSION_LINE, Kind, description, header, packet
from tests.sources.making import in_batches, random_events


def events_at(*times_us: int) -> np.ndarray:
    events = np.zeros(len(times_us), EVENT_DTYPE)
    events["t"] = times_us
    return events


def read_all(path: Path) -> np.ndarray:
    with open_source(FileSpec(str(path))) as source:
        return np.concatenate([batch.events for batch in source.batches()])


class Listed:
    """A source that yields the batches it was given, and then fails if it has a reason to."""

    def __init__(
        self, batches: list[EventBatch], *, is_live: bool = True, failure: str | None = None
    ) -> None:
        duration_us = None if is_live else 1_000_000
        self.info = SourceInfo(
            "listed", Resolution(128, 128), is_live, None if is_live else 0, duration_us
        )
        self._batches = batches
        self._failure = failure
        self.closed = False

    def batches(self) -> Iterator[EventBatch]:
        yield from self._batches
        if self._failure:
            raise SourceError(self._failure)

    def seek(self, t_us: int) -> None: ...

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Listed:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def never() -> bool:
    return False


def test_a_recording_survives_the_copy(type_in: Type, recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.aedat4"
    result = type_in("record", recording, out)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "16,000 events" in result.stderr
    assert np.array_equal(read_all(out), left_then_right())


def test_seconds_cut_by_sensor_time(type_in: Type, recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.aedat4"
    assert type_in("record", recording, out, "--seconds", "0.1").exit_code == 0
    assert np.array_equal(read_all(out), left_then_right()[:4_000])


def test_one_of_several_cameras_is_recorded_with_the_sensor_that_is_said(
    type_in: Type, tmp_path: Path
) -> None:
    left, right = random_events(300), random_events(200, seed=1)
    kinds = [Kind(0, source="left", size=None), Kind(1, source="right", size=None)]
    packets = [packet(0, bytes(event_buffer(left))), packet(1, bytes(event_buffer(right)))]
    tape, out = tmp_path / "two.aedat4", tmp_path / "one.aedat4"
    tape.write_bytes(VERSION_LINE + header(description(kinds)) + b"".join(packets))
    result = type_in("record", tape, out, "--stream", "right", "--sensor", "DAVIS240")
    assert result.exit_code == 0, result.output
    assert np.array_equal(read_all(out), right)
    with open_source(FileSpec(str(out))) as source:
        assert source.info.resolution == Resolution(240, 180)
    result = type_in("record", tape, out, "--force")
    assert "plays stream 0: left, not 1: right" in result.stderr
    assert np.array_equal(read_all(out), left)
    for words in (("--stream", "middle"), ("--sensor", "DVS129")):
        result = type_in("record", tape, out, "--force", *words)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert words[1] in result.stderr


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="no real recordings beside the checkout")
def test_aedat_3_becomes_aedat_4(type_in: Type, tmp_path: Path) -> None:
    out = tmp_path / "arm_roll.aedat4"
    assert type_in("record", RECORDINGS / "ibm_arm_roll.aedat", out).exit_code == 0
    assert np.array_equal(read_all(out), read_all(RECORDINGS / "ibm_arm_roll.aedat"))


def test_nothing_is_overwritten_unasked(type_in: Type, recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "there.aedat4"
    out.write_bytes(b"precious")
    result = type_in("record", recording, out)
    assert (result.exit_code, out.read_bytes()) == (2, b"precious")
    assert "--force" in result.stderr
    assert type_in("record", recording, out, "--force").exit_code == 0
    assert len(read_all(out)) == 16_000


def test_the_source_is_never_the_target(type_in: Type, recording: Path) -> None:
    result = type_in("record", recording, recording, "--force")
    assert result.exit_code == 2
    assert len(read_all(recording)) == 16_000


@pytest.mark.parametrize(
    ("source", "out", "words"),
    [
        ("missing.aedat", "out.aedat4", "there is no recording"),
        ("network:somewhere:1", "out.aedat4", "IP address"),
        ("performer:juggling", "out.aedat4", "arm_roll"),
        (None, "out.aedat", ".aedat4"),
        (None, "no/such/folder/out.aedat4", "no folder"),
    ],
)
def test_bad_words_are_one_sentence(
    type_in: Type, recording: Path, tmp_path: Path, source: str | None, out: str, words: str
) -> None:
    result = type_in("record", source or recording, tmp_path / out)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert not (tmp_path / out).exists()


def test_a_clock_that_begins_anew_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "anew.aedat4"
    batches = [
        EventBatch(events_at(100, 200), 0.0),
        EventBatch(events_at(5, 15), 0.2, gap_us=50, restarted=True),
    ]
    assert copy_events(Listed(batches), out, never) == 4
    assert read_all(out)["t"].tolist() == [100, 200, 250, 260]


def test_what_came_before_a_failure_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "torn.aedat4"
    source = Listed([EventBatch(events_at(1, 2, 3), 0.0)], failure="unplugged")
    with pytest.raises(SourceError, match="unplugged"):
        copy_events(source, out, never)
    assert read_all(out)["t"].tolist() == [1, 2, 3]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files may not grow beyond 100 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_disk")
def test_what_came_before_the_disk_was_full_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "full.aedat4"
    events = random_events(60_000)
    batches = [EventBatch(part, 0.0) for part in in_batches(events, 5000)]
    with pytest.raises(SourceError) as caught:
        copy_events(Listed(batches), out, never)
    assert [path.name for path in tmp_path.iterdir()] == ["full.aedat4"]
    kept = read_all(out)
    assert 10_000 <= len(kept) < 60_000
    assert np.array_equal(kept, events[: len(kept)])
    assert str(caught.value) == (
        f"cannot write {out}: File too large; the {len(kept):,} events before that are in {out}"
    )


@pytest.mark.parametrize("size", [100, 40_000])
def test_a_disk_that_has_no_room_for_the_table(tmp_path: Path, size: int) -> None:
    """Everything is there; a reader looks for the packets itself."""
    out = tmp_path / "full.aedat4"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Aedat4Writer(out, Resolution(128, 128)) as writer:
        events = random_events(size)
        writer.write(events)
        resource.setrlimit(resource.RLIMIT_FSIZE, (writer._position + 7, before[1]))
        try:
            writer.close()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert np.array_equal(read_all(out), events)
    with open_source(FileSpec(str(out))) as source:
        assert source.info.note is None


@pytest.mark.parametrize("stem", ["x" * 229, "x" * 236, "x" * 248, "é" * 124, "\udcff\udcfe"])
def test_names_of_any_length_and_any_bytes(
    type_in: Type, recording: Path, tmp_path: Path, stem: str
) -> None:
    out = tmp_path / f"{stem}.aedat4"
    assert type_in("record", recording, out).exit_code == 0
    again = tmp_path / "again.aedat4"
    assert type_in("record", out, again).exit_code == 0
    assert len(read_all(again)) == 16_000


@pytest.mark.parametrize("stem", ["x" * 250, "x" * 5000])
def test_names_that_are_too_long(type_in: Type, recording: Path, tmp_path: Path, stem: str) -> None:
    for words in (
        (recording, tmp_path / f"{stem}.aedat4"),
        (tmp_path / stem, tmp_path / "a.aedat4"),
    ):
        result = type_in("record", *words)
        assert result.exit_code == 2
        assert re.search("File name too long|there is no recording", result.stderr)
        assert result.stderr.count("\n") == 1


def test_a_failure_before_anything_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unplugged"):
        copy_events(Listed([], failure="unplugged"), tmp_path / "none.aedat4", never)
    assert list(tmp_path.glob("*.aedat4")) == []


def test_the_recording_says_what_came_too_fast(tmp_path: Path) -> None:
    out = tmp_path / "holes.aedat4"
    source = Listed([EventBatch(events_at(1, 2, 3), 0.0)])
    source.info = replace(source.info, lost_events=1_878_000)
    assert copy_events(source, out, never) == 3
    assert read_all(out)["t"].tolist() == [1, 2, 3]
    with open_source(FileSpec(str(out))) as played:
        assert played.info.note == (
            "1,878,000 events came too fast when it was recorded and are missing"
        )


def test_another_sensor_ends_a_recording_and_not_what_came_before(tmp_path: Path) -> None:
    out = tmp_path / "one.aedat4"
    source = Listed([EventBatch(events_at(t), 0.0) for t in range(3)])
    resolutions = iter([Resolution(128, 128)] * 3)

    def stopped() -> bool:
        source.info = replace(source.info, resolution=next(resolutions, Resolution(346, 260)))
        return False

    source._batches *= 2
    with pytest.raises(
        SourceError, match="came back with 346x260 pixels instead of 128x128; the 4"
    ):
        copy_events(source, out, stopped)
    assert len(read_all(out)) == 4


def test_a_flood_is_lost_nowhere_in_silence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is written and what is said to be lost are together all there were."""
    out = tmp_path / "flood.aedat4"
    with HostedSource(CameraSpec(), fakes.load_flood) as source:
        end_s = time.monotonic() + 30
        while source.lost_events < 2_000_000 and time.monotonic() < end_s:
            time.sleep(0.02)
        began_s = time.monotonic()
        written = copy_events(source, out, lambda: time.monotonic() - began_s > 3)
        assert source.info.lost_events >= 2_000_000
        assert written + source.info.lost_events == 3_000_000


def test_stopping_leaves_a_whole_file(tmp_path: Path) -> None:
    out = tmp_path / "stopped.aedat4"
    batches = [EventBatch(events_at(t), 0.0) for t in range(10)]
    answers = iter([False, False, True])
    assert copy_events(Listed(batches), out, lambda: next(answers)) == 3
    assert read_all(out)["t"].tolist() == [0, 1, 2]


def test_sigterm_leaves_a_whole_file_too(recording: Path, tmp_path: Path) -> None:
    server = start("serve", recording, "--port", "0", "--loop")
    assert server.stderr is not None
    out = tmp_path / "out.aedat4"
    recorder = start("record", f"network:127.0.0.1:{port_of(server.stderr.readline())}", out)
    assert server.stderr.readline() == "1 listening.\n"
    while not list(tmp_path.glob(".out*")):  # the file in the making
        time.sleep(0.05)
    time.sleep(0.3)
    recorder.terminate()
    assert recorder.wait(20) == 143
    server.terminate()
    assert server.wait(20) == 143
    assert len(read_all(out)) > 0


def test_a_live_source_ends_by_the_wall_clock() -> None:
    batches = [EventBatch(empty_events(), 10.0 + 0.05 * i) for i in range(100)]
    source = Listed(batches)
    with LimitedSource(source, 1.0) as limited:
        assert len(list(limited.batches())) == 20
    assert source.closed


def test_a_recording_ends_inside_a_batch() -> None:
    batches = [
        EventBatch(empty_events(), 0.0),
        EventBatch(events_at(START_US, START_US + 400_000), 0.0),
        EventBatch(events_at(START_US + 499_999, START_US + 500_000), 0.0),
        EventBatch(events_at(START_US + 500_001), 0.0),
    ]
    limited = LimitedSource(Listed(batches, is_live=False), 0.5)
    times = [batch.events["t"].tolist() for batch in limited.batches()]
    assert times == [[], [START_US, START_US + 400_000], [START_US + 499_999]]
    assert limited.info.duration_us == 500_000


def test_no_link_leads_to_writing_over_the_source(tmp_path: Path) -> None:
    source, link, round_about = (tmp_path / name for name in ("a.aedat4", "link", "round"))
    link.symlink_to(source)
    round_about.symlink_to(round_about)
    with pytest.raises(BadInput, match="expected an output file other than the source"):
        refuse_the_source(source, link, "source")
    refuse_the_source(source, round_about, "source")  # leads nowhere, and is no fault of ours


def test_a_target_that_is_a_link_to_itself_gets_a_sentence(tmp_path: Path) -> None:
    out = tmp_path / "round.aedat4"
    out.symlink_to(out)
    with pytest.raises(BadInput, match="would be overwritten"):
        check_target(bundled_recordings()[0], out, False)
