from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.aedat4 import Aedat4File, Aedat4Writer
from app.sources.formats.aedat4_encoding import io_header
from app.sources.formats.blocks import BlockReader
from app.sources.formats.recording import RecordingSource
from app.sources.opening import open_source
from tests.sources.making import events_of, random_events, shared_recording

SIZE = Resolution(128, 128)
START_US = 1_718_321_489_911_158


@pytest.fixture
def events() -> np.ndarray:
    return random_events(40_000, start_us=START_US)


@pytest.fixture
def tape(tmp_path: Path, events: np.ndarray) -> Path:
    path = tmp_path / "tape.aedat4"
    with Aedat4Writer(path, SIZE) as writer:
        for start in range(0, len(events), 1000):
            writer.write(events[start : start + 1000])
    return path


def opened(path: Path) -> RecordingSource:
    return RecordingSource(path.name, BlockReader(Aedat4File(path)))


def all_events(source: RecordingSource) -> np.ndarray:
    return np.concatenate([batch.events for batch in source.batches()])


def test_what_is_written_is_read_again(tape: Path, events: np.ndarray) -> None:
    source = opened(tape)
    assert source.info.resolution == SIZE
    assert source.info.start_us == events["t"][0]
    assert source.info.duration_us == events["t"][-1] + 1 - events["t"][0]
    assert source.info.note is None
    assert np.array_equal(all_events(source), events)


@pytest.mark.parametrize("name", ["tape.aedat", "tape", "tape.AEDAT4", "größe 手.dat"])
def test_the_name_does_not_matter(tape: Path, events: np.ndarray, name: str) -> None:
    other = tape.rename(tape.with_name(name))
    source = open_source(FileSpec(str(other)))
    assert source.info.name == name
    assert sum(len(batch.events) for batch in source.batches()) == len(events)
    assert [path.name for path in other.parent.iterdir()] == [name]


def test_seeking_goes_to_the_first_event_at_or_after(tape: Path, events: np.ndarray) -> None:
    source = opened(tape)
    for t_us in (START_US + 500_000, 0, int(events["t"][12_345]), int(events["t"][-1])):
        source.seek(t_us)
        batches = list(source.batches())
        assert batches[0].restarted
        rest = np.concatenate([batch.events for batch in batches])
        assert np.array_equal(rest, events[events["t"] >= t_us])
    source.seek(START_US + 10**9)
    assert sum(len(batch.events) for batch in source.batches()) == 0


def test_a_gap_of_days_is_crossed_at_once(tmp_path: Path, events: np.ndarray) -> None:
    late = events.copy()
    late["t"] += 2 * 86_400_000_000
    path = tmp_path / "days.aedat4"
    with Aedat4Writer(path, SIZE) as writer:
        writer.write(events)
        writer.write(late)
    source = opened(path)
    source.seek(START_US + 86_400_000_000)
    batches = list(source.batches())
    assert np.array_equal(np.concatenate([batch.events for batch in batches]), late)
    assert len(batches) < 10


def test_of_several_streams_the_events_are_taken() -> None:
    source = opened(shared_recording("davis346_scene.aedat4"))
    assert source.info.resolution == Resolution(346, 260)
    assert len(all_events(source)) == 117_667


def test_a_recording_without_events(tmp_path: Path) -> None:
    with Aedat4Writer(tmp_path / "empty.aedat4", SIZE):
        pass
    with pytest.raises(SourceError, match=r"^the recording empty\.aedat4 holds no events$"):
        opened(tmp_path / "empty.aedat4")


def test_a_recording_without_an_event_stream(tmp_path: Path) -> None:
    header = io_header(SIZE, "x").replace(b">EVTS<", b">TRIG<")
    (tmp_path / "a.aedat4").write_bytes(b"#!AER-DAT4.0\r\n" + header)
    with pytest.raises(SourceError, match=r"has no event stream, only events$"):
        opened(tmp_path / "a.aedat4")


@pytest.mark.parametrize("kept", [0.999, 0.7, 0.3])
def test_a_truncated_recording_plays_as_far_as_it_goes(
    tape: Path, events: np.ndarray, kept: float
) -> None:
    content = tape.read_bytes()
    tape.write_bytes(content[: int(kept * len(content))])
    source = opened(tape)
    assert source.info.note == "its end is missing or damaged, played as far as it goes"
    played = all_events(source)
    assert np.array_equal(played, events[: len(played)])
    assert len(played) > (kept - 0.1) * len(events)
    assert tape.read_bytes() == content[: int(kept * len(content))]


@pytest.mark.parametrize("length", [14, 16, 40, 200])
def test_a_recording_cut_within_its_header(tape: Path, length: int) -> None:
    tape.write_bytes(tape.read_bytes()[:length])
    with pytest.raises(SourceError) as caught:
        opened(tape)
    assert str(caught.value).startswith("the recording tape.aedat4 cannot be opened: ")
    assert "Stacktrace" not in str(caught.value)
    assert ".hpp" not in str(caught.value)
    assert "\n" not in str(caught.value)


class TestWriter:
    def test_the_file_appears_when_it_is_complete(self, tmp_path: Path) -> None:
        path = tmp_path / "a.aedat4"
        with Aedat4Writer(path, SIZE) as writer:
            writer.write(random_events(100))
            assert not path.exists()
        assert [entry.name for entry in tmp_path.iterdir()] == ["a.aedat4"]

    def test_an_older_file_is_replaced(self, tape: Path) -> None:
        with Aedat4Writer(tape, SIZE) as writer:
            writer.write(events_of((7, 1, 2, 1)))
        assert all_events(opened(tape)).tolist() == [(7, 1, 2, 1)]

    def test_an_exception_leaves_nothing_behind(self, tmp_path: Path) -> None:
        def fail() -> None:
            with Aedat4Writer(tmp_path / "a.aedat4", SIZE) as writer:
                writer.write(random_events(100))
                raise KeyError

        with pytest.raises(KeyError):
            fail()
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["a.aedat", "a", "a.aedat4.txt"])
    def test_another_extension_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(SourceError, match=r"expected a file name that ends in \.aedat4"):
            Aedat4Writer(tmp_path / name, SIZE)

    def test_a_missing_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="there is no folder"):
            Aedat4Writer(tmp_path / "nowhere" / "a.aedat4", SIZE)

    def test_time_going_back_is_refused(self, tmp_path: Path) -> None:
        with Aedat4Writer(tmp_path / "a.aedat4", SIZE) as writer:
            writer.write(events_of((5, 0, 0, 0)))
            with pytest.raises(SourceError, match="but time goes back"):
                writer.write(events_of((4, 0, 0, 0)))
            with pytest.raises(SourceError, match="but time goes back"):
                writer.write(events_of((8, 0, 0, 0), (7, 0, 0, 0)))
            writer.write(events_of((5, 1, 1, 1)))
        assert all_events(opened(tmp_path / "a.aedat4"))["t"].tolist() == [5, 5]

    def test_events_outside_the_sensor_are_refused(self, tmp_path: Path) -> None:
        with Aedat4Writer(tmp_path / "a.aedat4", SIZE) as writer:
            for x, y in ((128, 0), (0, 128), (-1, 0)):
                with pytest.raises(SourceError, match="inside the 128x128 sensor"):
                    writer.write(events_of((5, x, y, 0)))

    def test_closing_twice(self, tmp_path: Path) -> None:
        writer = Aedat4Writer(tmp_path / "a.aedat4", SIZE)
        writer.write(random_events(10))
        writer.close()
        writer.close()
        assert (tmp_path / "a.aedat4").exists()
