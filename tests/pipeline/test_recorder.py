"""A live stream into a file, whatever the disk and the camera do."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.pipeline import recorder as module
from app.pipeline.recorder import Recorder, Tape
from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.opening import open_source
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, LiveSource, Recording
from tests.pipeline.test_pipeline import Harness, play
from tests.recognition.streams import make_events, random_events

__all__ = ["play"]
INFO = SourceInfo("fake camera", Resolution(SIDE, SIDE), True)


def batch_of(events: np.ndarray, **fields: object) -> EventBatch:
    return EventBatch(events, 1.0, **fields)


def finished(recorder: Recorder) -> Tape:
    recorder.close()
    assert recorder.join(ENDS_WITHIN_S)
    return recorder.tape


def events_in(path: Path) -> np.ndarray:
    with open_source(FileSpec(str(path))) as source:
        return np.concatenate([batch.events for batch in source.batches()])


def test_what_was_put_can_be_played(tmp_path: Path) -> None:
    path = tmp_path / "out.aedat4"
    recorder = Recorder(path, INFO)
    events = random_events(5_000, 400_000)
    for part in np.array_split(events, 7):
        recorder.put(batch_of(part), INFO)
    tape = finished(recorder)
    assert (tape.events, tape.is_over, tape.failure, tape.lost) == (5_000, True, None, 0)
    assert tape.duration_us == int(events["t"][-1] - events["t"][0])
    assert tape.size_bytes <= path.stat().st_size
    assert np.array_equal(events_in(path)["t"], events["t"])


def test_time_goes_on_when_the_camera_comes_back(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.aedat4", INFO)
    recorder.put(batch_of(make_events([500_000, 600_000])), INFO)
    recorder.put(batch_of(make_events([0, 100]), restarted=True), INFO)
    assert finished(recorder).failure is None
    times = events_in(tmp_path / "out.aedat4")["t"]
    assert np.all(np.diff(times) >= 0)


def test_a_full_disk_leaves_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.aedat4"
    recorder = Recorder(path, INFO)
    recorder.put(batch_of(random_events(1_000, 100_000)), INFO)
    while recorder.tape.events < 1_000:
        pass

    def full(self: Aedat4Writer, events: np.ndarray) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Aedat4Writer, "_write_packet", full)
    recorder.put(batch_of(make_events([200_000])), INFO)
    assert recorder.join(ENDS_WITHIN_S)  # nobody has to close it
    tape = recorder.tape
    assert tape.failure is not None
    assert "No space left" in tape.failure
    assert tape.is_over
    assert len(events_in(path)) == 1_000


def test_a_disk_that_is_too_slow_loses_what_it_cannot_take_and_the_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    recorder = Recorder(tmp_path / "out.aedat4", INFO)
    recorder.put(batch_of(make_events(list(range(11)))), INFO)
    recorder.put(batch_of(make_events([20])), INFO)
    assert finished(recorder).lost == 11
    with open_source(FileSpec(str(tmp_path / "out.aedat4"))) as source:
        assert "11 events came too fast" in (source.info.note or "")


def test_another_sensor_ends_the_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.aedat4", INFO)
    recorder.put(batch_of(make_events([1])), INFO)
    other = SourceInfo("fake camera", Resolution(64, 48), True)
    recorder.put(batch_of(make_events([2])), other)
    assert recorder.join(ENDS_WITHIN_S)
    assert "64x48" in (recorder.tape.failure or "")
    assert recorder.tape.events == 1


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no folder"):
        Recorder(tmp_path / "none" / "out.aedat4", INFO)


def test_the_pipeline_records_a_live_source_and_nothing_else(
    play: Callable[..., Harness], tmp_path: Path
) -> None:
    source = LiveSource(batch_of(make_events([n * 1_000])) for n in range(1_000_000))
    harness = play(source)
    harness.until(lambda s: s.info is not None)
    harness.pipeline.record(tmp_path / "live.aedat4")
    harness.pipeline.pause()  # what is held is recorded all the same
    harness.until(lambda s: harness.pipeline.tape.events > 50, "events on the tape")
    harness.pipeline.stop_recording()
    harness.until(lambda s: harness.pipeline.tape.is_over, "a whole file")
    assert len(events_in(tmp_path / "live.aedat4")) == harness.pipeline.tape.events


def test_a_recording_cannot_be_recorded(play: Callable[..., Harness], tmp_path: Path) -> None:
    harness = play(Recording(random_events(10, 1_000)))
    harness.until(lambda s: s.info is not None)
    with pytest.raises(SourceError, match="live"):
        harness.pipeline.record(tmp_path / "out.aedat4")
    assert harness.pipeline.tape is None
