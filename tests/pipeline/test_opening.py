"""One source plays on until the next one is open, and stays if that cannot be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState
from app.sources.contract import EventSource, SourceError, SourceInfo
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, HungSource, LiveSource, Recording, until
from tests.pipeline.test_pipeline import EXPECTED, SETTINGS, STREAM, as_rows, slice_by_slice
from tests.recognition.streams import CountingNetwork


class LateRecording(Recording):
    """Open when ``gate`` is, as a hosted source is open when its info is known."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.gate = threading.Event()
        self._fault = fault
        super().__init__(STREAM[:2_000])

    @property
    def info(self) -> SourceInfo:
        while not self.gate.wait(0.005):
            if self.closed:
                raise SourceError("it has been closed")
        if self._fault is not None:
            raise self._fault
        return self._info

    @info.setter
    def info(self, info: SourceInfo) -> None:
        self._info = info


class Stage:
    """A pipeline that plays slowly, and what it decided."""

    def __init__(self, source: EventSource) -> None:
        self.rows: list[tuple[object, ...]] = []
        self.pipeline = Pipeline(
            lambda: source, lambda: CountingNetwork(SIDE), SETTINGS, speed=0.5,
            on_recognitions=lambda recognitions: self.rows.extend(as_rows(recognitions)),
        )  # fmt: skip
        self.pipeline.start()
        until(self.pipeline.take, lambda s: s.info is not None, "the first source")


@pytest.fixture
def stage() -> Iterator[Callable[[EventSource], Stage]]:
    made: list[Stage] = []
    before = set(threading.enumerate())

    def start(source: EventSource) -> Stage:
        made.append(Stage(source))
        return made[-1]

    yield start
    for each in made:
        assert each.pipeline.stop()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (SourceError("there is no such file"), "there is no such file"),
        (ZeroDivisionError("oops"), "opening the source stopped unexpectedly (ZeroDivisionError"),
    ],
)
def test_what_cannot_be_opened_leaves_what_plays_alone(
    stage: Callable[[EventSource], Stage], fault: Exception, sentence: str
) -> None:
    first, bad = Recording(STREAM), LateRecording(fault)
    playing = stage(first)
    playing.pipeline.replace_source(lambda: bad)
    meanwhile = playing.pipeline.take()
    assert (meanwhile.opening, meanwhile.not_opened) == (True, None)
    assert meanwhile.info == first.info
    bad.gate.set()
    told = until(playing.pipeline.take, lambda s: not s.opening, "the end of the opening")
    assert told.not_opened is not None
    assert told.not_opened.startswith(sentence)
    assert (told.failure, told.info) == (None, first.info)
    playing.pipeline.set_speed(None)
    assert playing.pipeline.wait(ENDS_WITHIN_S)
    assert playing.rows == EXPECTED
    assert first.closed == 0
    assert bad.closed == 1
    assert playing.pipeline.take().not_opened is not None  # until another is asked for


def test_what_is_open_takes_over(stage: Callable[[EventSource], Stage]) -> None:
    first, second = Recording(STREAM), LateRecording()
    playing = stage(first)
    playing.pipeline.replace_source(lambda: second)
    assert playing.pipeline.take().opening
    second.gate.set()
    playing.pipeline.set_speed(None)
    assert playing.pipeline.wait(ENDS_WITHIN_S)
    end = playing.pipeline.take()
    assert (end.state, end.opening, end.not_opened) == (PipelineState.FINISHED, False, None)
    assert end.info == second.info
    after = slice_by_slice(STREAM[:2_000])
    assert playing.rows[-len(after) :] == after
    until(lambda: playing.pipeline.take(), lambda _: first.closed == 1, "the first is closed")


def test_the_last_of_quick_openings_wins_and_none_is_left(
    stage: Callable[[EventSource], Stage],
) -> None:
    playing = stage(Recording(STREAM))
    late = [LateRecording() for _ in range(5)]
    for each in late:
        playing.pipeline.replace_source(lambda each=each: each)
    for each in late:
        each.gate.set()
    until(playing.pipeline.take, lambda s: not s.opening, "the last")
    until(
        playing.pipeline.take, lambda _: all(each.closed for each in late[:-1]), "the others closed"
    )
    assert playing.pipeline.info is late[-1].info
    assert late[-1].closed == 0


def test_a_failure_after_an_opening_that_failed_is_told_too(
    stage: Callable[[EventSource], Stage],
) -> None:
    playing = stage(Recording(STREAM, fail_after=20))
    bad = LateRecording(SourceError("no such file"))
    bad.gate.set()
    playing.pipeline.replace_source(lambda: bad)
    until(playing.pipeline.take, lambda s: s.not_opened == "no such file")
    playing.pipeline.set_speed(None)
    failed = until(playing.pipeline.take, lambda s: s.failure is not None)
    assert failed.failure == "the recording is damaged"
    playing.pipeline.replace_source(lambda: Recording(STREAM[:2_000]))
    shown = playing.pipeline.take()  # nothing good plays, so it is not waited for
    assert (shown.opening, shown.not_opened, shown.failure) == (False, None, None)


def test_a_device_that_can_be_open_once_is_left_first(
    stage: Callable[[EventSource], Stage],
) -> None:
    camera, again = LiveSource(), LiveSource()
    playing = stage(camera)

    def reopen() -> EventSource:
        assert camera.closed.wait(ENDS_WITHIN_S)
        return again

    playing.pipeline.replace_source(reopen, at_once=True)
    assert not playing.pipeline.take().opening
    until(playing.pipeline.take, lambda s: s.info is not None, "the camera again")


def test_stopping_does_not_wait_for_what_is_being_opened(
    stage: Callable[[EventSource], Stage],
) -> None:
    playing = stage(Recording(STREAM))
    never = LateRecording()
    playing.pipeline.replace_source(lambda: never)
    assert not playing.pipeline.wait(0.02)
    began_s = time.monotonic()
    assert playing.pipeline.stop()
    assert time.monotonic() - began_s < 3
    assert never.closed


def test_a_source_that_hangs_is_replaced_by_one_that_opens(
    stage: Callable[[EventSource], Stage],
) -> None:
    hung, following = HungSource(), LateRecording()
    following.gate.set()
    playing = stage(hung)
    playing.pipeline.replace_source(lambda: following)
    until(playing.pipeline.take, lambda s: s.info == following.info, "the next one")
    assert hung.closed.wait(ENDS_WITHIN_S)


def test_what_follows_waits_for_the_end(stage: Callable[[EventSource], Stage]) -> None:
    following = LateRecording()
    following.gate.set()
    playing = stage(Recording(STREAM))
    playing.pipeline.replace_source(lambda: following, follows=True)
    until(playing.pipeline.take, lambda _: following.info and playing.rows, "it is open")
    shown = playing.pipeline.take()
    assert (shown.opening, shown.loading) == (True, None)
    playing.pipeline.set_speed(None)
    until(playing.pipeline.take, lambda s: not s.opening, "the end of the first")
    assert playing.rows[:300] == EXPECTED
    assert playing.pipeline.wait(ENDS_WITHIN_S)
    assert playing.rows[300:] == slice_by_slice(STREAM[:2_000])


def test_nothing_follows_while_the_end_is_looked_at(stage: Callable[[EventSource], Stage]) -> None:
    following = LateRecording()
    following.gate.set()
    playing = stage(Recording(STREAM))
    playing.pipeline.pause()
    playing.pipeline.replace_source(lambda: following, follows=True)
    playing.pipeline.seek(300_000)
    until(playing.pipeline.take, lambda s: s.finished and s.seeking_us is None, "the end")
    assert playing.pipeline.take().opening
    playing.pipeline.resume()  # from the beginning again
    until(playing.pipeline.take, lambda s: s.state is PipelineState.PLAYING, "playing")
    assert playing.pipeline.take().opening
