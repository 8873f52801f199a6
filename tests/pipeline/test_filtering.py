"""Filters while the stream runs: at once, counted, and seen by the screen and the network alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.events import EventBatch, EventSlice, Resolution
from app.filters.chain import FilterCount
from app.pipeline.filtering import Filtering, crop_misfit, seen_through
from app.pipeline.pipeline import Pipeline
from app.pipeline.wishes import Wishes
from app.settings import FilterSettings
from app.sources.contract import FileSpec, SourceInfo
from app.sources.formats.files import open_file
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, LiveSource, Recording, until
from tests.pipeline.test_switching import SETTINGS, STREAM, SeeingNetwork, system
from tests.recognition.streams import make_batch, make_events, make_slice

INFO = SourceInfo("memory", Resolution(SIDE, SIDE), False)
HALF = FilterSettings(crop=(0, 0, SIDE // 2, SIDE))


def filtering(filters: FilterSettings) -> tuple[Filtering, Wishes]:
    wishes = Wishes(filters=filters)
    made = Filtering(wishes)
    made.seen_of(INFO)
    return made, wishes


def slice_of(t_us: int, restarted: bool = False) -> EventSlice:
    return make_slice(t_us, t_us + 5_000, make_events([t_us], x=1, y=2), restarted=restarted)


def test_only_another_geometry_begins_anew() -> None:
    made, wishes = filtering(FilterSettings())
    assert not made.apply(slice_of(0)).restarted
    for filters, restarts in ((FilterSettings(polarity="on"), False), (HALF, True)):
        wishes.filters = filters
        assert made.is_outdated
        made.renew(INFO)
        assert not made.is_outdated
        assert made.apply(slice_of(5_000)).restarted is restarts
        assert not made.apply(slice_of(10_000)).restarted


def test_what_is_wished_for_waits_until_it_is_put_into_force() -> None:
    made, wishes = filtering(FilterSettings())
    wishes.filters = HALF
    assert made.seen_of(INFO) == INFO
    made.renew(INFO)
    assert made.seen_of(INFO).resolution == Resolution(SIDE // 2, SIDE)


def test_a_seek_forgets_what_pixels_did() -> None:
    made, _ = filtering(FilterSettings(refractory=True, refractory_us=10_000))
    left = [made.apply(slice_of(0, restarted)).events.size for restarted in (False, False, True)]
    assert left == [1, 0, 1]
    assert made.report.counts == (FilterCount("refractory", 3, 1),)
    assert (made.report.sensor, made.report.seen) == (INFO.resolution, 3)


def test_noise_is_measured_while_somebody_asks() -> None:
    made, wishes = filtering(FilterSettings())
    random = np.random.default_rng(0)

    def play() -> None:
        for t_us in range(0, 3_000_000, 5_000):
            x, y = random.integers(0, SIDE, (2, 2))
            made.apply(make_slice(t_us, t_us + 5_000, make_events([t_us, t_us + 9], x=x, y=y)))

    play()
    assert made.report.noise is None
    wishes.noise = True
    play()
    assert made.report.noise is not None
    assert 1.0 < made.report.noise.isolated_hz < 2.0  # of 400 / 256 a second
    wishes.noise = False
    made.apply(slice_of(0))
    assert made.report.noise is None


def test_a_crop_that_does_not_fit_is_told_and_left_out() -> None:
    wide = FilterSettings(crop=(0, 0, SIDE + 1, 4), rotate=90)
    seen = seen_through(wide, INFO)
    assert seen.resolution == INFO.resolution
    assert seen.note == (
        "expected a crop (x, y, width, height) inside the 16x16 sensor, got (0, 0, 17, 4), "
        "so it is left out"
    )
    assert seen_through(wide, replace(INFO, note="damaged")).note == "damaged"
    assert crop_misfit(HALF, INFO.resolution) is None


@pytest.fixture
def network() -> SeeingNetwork:
    return SeeingNetwork()


@pytest.fixture
def playing(network: SeeingNetwork) -> Iterator[Pipeline]:
    pipeline = Pipeline(
        lambda: Recording(STREAM), (system("seeing", lambda: network),), SETTINGS, speed=2.0,
        loop=True,
    )  # fmt: skip
    pipeline.start()
    yield pipeline
    assert pipeline.stop()


def test_screen_and_network_see_what_is_left_and_at_once(
    playing: Pipeline, network: SeeingNetwork
) -> None:
    until(playing.take, lambda s: s.recognition is not None)
    playing.set_filters(FilterSettings(polarity="on"))
    until(playing.take, lambda s: s.filters.counts)
    network.seen.clear()
    playing.take()
    shown = until(playing.take, lambda s: s.filters.counts[0].taken > 100)
    assert shown.counts is not None
    assert not shown.counts[0].any()
    assert not any(counts[:, 0].any() for counts in network.seen[1:])
    assert shown.failure is None


def test_another_size_is_shown_and_recognised(playing: Pipeline) -> None:
    until(playing.take, lambda s: s.recognition is not None)
    for filters, size in (
        (HALF, Resolution(SIDE // 2, SIDE)),
        (FilterSettings(crop=(2, 0, 4, 8), rotate=90), Resolution(8, 4)),
        (FilterSettings(downscale=3), Resolution(6, 6)),
        (FilterSettings(), Resolution(SIDE, SIDE)),
    ):
        playing.set_filters(filters)
        shown = until(
            playing.take,
            lambda s, size=size: s.info.resolution == size and s.recognition is not None,
        )
        assert shown.counts is not None
        assert shown.counts.shape == (2, size.height, size.width)
        assert shown.failure is None


def test_other_filters_while_it_is_sought_again_and_again(playing: Pipeline) -> None:
    until(playing.take, lambda s: s.recognition is not None)
    for turn in range(40):
        playing.set_filters(HALF if turn % 2 else FilterSettings(downscale=2))
        playing.seek(1_000 * turn)
        playing.take()
    playing.set_filters(FilterSettings())
    shown = until(playing.take, lambda s: s.info.resolution == INFO.resolution)
    assert until(playing.take, lambda s: s.recognition is not None).failure is None
    assert shown.failure is None


def test_the_settings_are_in_force_from_the_first_event_on(network: SeeingNetwork) -> None:
    settings = SETTINGS.model_copy(update={"filters": FilterSettings(polarity="off", flip="x")})
    pipeline = Pipeline(
        lambda: Recording(STREAM), (system("seeing", lambda: network),), settings, speed=None
    )
    pipeline.start()
    assert pipeline.wait(ENDS_WITHIN_S)
    taken = pipeline.take()
    assert pipeline.stop()
    on = int(STREAM["p"].sum())
    assert taken.filters.counts == (FilterCount("polarity", len(STREAM), on),)
    assert taken.stats.events == len(STREAM) - on


def test_a_live_source_is_taped_without_filters(tmp_path, network: SeeingNetwork) -> None:
    settings = SETTINGS.model_copy(update={"filters": FilterSettings(polarity="off", downscale=2)})
    taping = threading.Event()

    def batches() -> Iterator[EventBatch]:
        yield make_batch([0])
        taping.wait(ENDS_WITHIN_S)
        yield make_batch(list(range(5_000, 50_000, 10)))

    source = LiveSource(batches())
    pipeline = Pipeline(lambda: source, (system("seeing", lambda: network),), settings)
    pipeline.start()
    until(pipeline.take, lambda s: s.info is not None)
    assert pipeline.info is not None
    assert pipeline.info.resolution == Resolution(SIDE // 2, SIDE // 2)
    pipeline.record(tmp_path / "tape.aedat4")
    taping.set()
    until(pipeline.take, lambda s: s.filters.seen > 4_000)
    assert pipeline.stop()
    with open_file(FileSpec(str(tmp_path / "tape.aedat4"))) as taped:
        assert taped.info.resolution == Resolution(SIDE, SIDE)
        assert sum(batch.events.size for batch in taped.batches()) == 4_500
