"""A part of a recording again and again, from A to B."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.pipeline.snapshot import PipelineState
from tests.pipeline.fakes import Recording
from tests.pipeline.test_pipeline import EXPECTED, STREAM, Harness, paused_at_the_start, play

__all__ = ["play"]


@pytest.fixture(autouse=True)
def _short_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pipeline.way.LEAD_WHILE_PLAYING_US", 20_000)


def passes(harness: Harness, to_us: int) -> int:
    """How often the tick that ends at a time was decided on."""
    return sum(row[0] == to_us for row in list(harness.rows))


def test_playback_turns_back_at_b(play: Callable[..., Harness]) -> None:
    source = Recording(STREAM)
    harness = play(source, speed=1.0)
    harness.until(lambda s: s.info is not None)
    harness.pipeline.set_span((100_000, 150_000))
    harness.until(lambda s: passes(harness, 150_000) >= 3, "three rounds")
    assert set(source.seeks) == {80_000}
    times_us = [row[0] for row in harness.rows]
    assert max(times_us) == 150_000
    first = times_us.index(150_000)
    assert harness.rows[: first + 1] == EXPECTED[: first + 1]  # nothing of a round is lost
    harness.pipeline.set_span(None)
    harness.until(lambda s: any(row[0] > 160_000 for row in list(harness.rows)), "the rest")


def test_who_steps_sees_the_last_slice_before_the_first_again(
    play: Callable[..., Harness],
) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.set_span((5_000, 10_000))
    for number in (1, 2):
        harness.pipeline.step()
        harness.at(number * 5_000)
    assert not harness.pipeline.wait(0.1)
    assert harness.pipeline.take().place_us == 10_000
    harness.pipeline.step()
    assert harness.until(lambda s: s.place_us != 10_000, "the first again").place_us <= 5_000


def test_what_is_no_longer_repeated_goes_on(play: Callable[..., Harness]) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.set_span((0, 5_000))
    harness.pipeline.step()
    harness.at(5_000)
    harness.pipeline.set_span(None)
    harness.pipeline.resume()
    harness.to_the_end()
    assert harness.rows == EXPECTED


def test_the_end_of_the_recording_is_the_end_of_a_span(play: Callable[..., Harness]) -> None:
    source = Recording(STREAM)
    harness = play(source, speed=None)
    harness.pipeline.set_span((200_000, 10_000_000))
    harness.until(lambda s: len(source.seeks) >= 3, "three rounds")
    assert harness.pipeline.take().state is PipelineState.PLAYING
    assert set(source.seeks) == {180_000}


def test_a_span_without_anything_in_it_ends(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM), speed=None)
    harness.until(lambda s: s.info is not None)
    end_us = int(STREAM["t"][-1])
    harness.pipeline.set_span((end_us + 5_000_000, end_us + 6_000_000))
    harness.until(lambda s: s.state is PipelineState.FINISHED, "the end")
