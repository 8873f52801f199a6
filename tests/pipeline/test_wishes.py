"""Another region and something to watch take effect while the stream runs."""

from __future__ import annotations

import numpy as np
import pytest

from app.events import Resolution
from app.pipeline.pipeline import Pipeline
from app.pipeline.systems import System
from app.pipeline.watched import KEPT_US, WatchedTrail
from app.pipeline.wishes import RegionWish, WatchWish, Wishes
from app.recognition.watching import Patch, Watched
from tests.pipeline.fakes import SIDE, Recording, until
from tests.pipeline.test_switching import SETTINGS, STREAM, SeeingNetwork, system

SENSOR = Resolution(SIDE, SIDE)
PATCH = Patch(0, 0, SIDE, SIDE)


def playing(*systems: System) -> Pipeline:
    pipeline = Pipeline(lambda: Recording(STREAM), systems, SETTINGS, speed=2.0, loop=True)
    pipeline.start()
    return pipeline


def test_a_region_is_obeyed_at_once_and_left_again() -> None:
    network = SeeingNetwork()
    pipeline = playing(system("seeing", lambda: network))
    try:
        shown = until(pipeline.take, lambda s: s.recognition is not None)
        assert shown.region == (0, 0, SIDE, SIDE)
        pipeline.set_region(RegionWish((4, 4, 4, 4), SENSOR))
        until(pipeline.take, lambda s: s.region == (4, 4, 4, 4))
        assert network.count("reset") >= 1
        network.seen.clear()
        until(pipeline.take, lambda s: network.ticks > 100)
        small = sum(counts.sum() for counts in network.seen) / network.ticks
        pipeline.set_region(None)
        until(pipeline.take, lambda s: s.region == (0, 0, SIDE, SIDE))
        network.seen.clear()
        until(pipeline.take, lambda s: network.ticks > 100)
        assert small < 0.3 * sum(counts.sum() for counts in network.seen) / network.ticks
    finally:
        assert pipeline.stop()


def test_a_region_is_for_sensors_of_its_size() -> None:
    wishes = Wishes(RegionWish((0, 0, 8, 8), Resolution(16, 16)))
    assert wishes.region_on(Resolution(16, 16)) == (0, 0, 8, 8)
    assert wishes.region_on(Resolution(32, 16)) is None
    for region in [(0, 0, 0, 4), (-1, 0, 4, 4), (10, 0, 7, 4)]:
        with pytest.raises(ValueError, match="inside the 16"):
            RegionWish(region, Resolution(16, 16))


def test_a_patch_is_told_by_the_leading_system_alone() -> None:
    first, second = (system(name, SeeingNetwork) for name in ("first", "second"))
    pipeline = playing(first, second)
    try:
        until(pipeline.take, lambda s: len(s.readings) == 2 and s.recognition is not None)
        pipeline.watch(WatchWish(PATCH))
        shown = until(pipeline.take, lambda s: s.reading.watched)
        assert shown.reading.watched[0].charge.sum() > 0
        assert not shown.readings[1].watched
        pipeline.watch(WatchWish(PATCH, second))
        until(pipeline.take, lambda s: s.readings[1].watched and not s.reading.watched)
        pipeline.watch(None)
        until(pipeline.take, lambda s: not s.readings[1].watched)
    finally:
        assert pipeline.stop()


def test_what_nobody_takes_is_kept_for_a_while_only() -> None:
    trail = WatchedTrail()
    for t_us in range(0, 2 * KEPT_US, 5_000):
        trail.add(Watched(PATCH, t_us, 1_000, np.ones(5)))
    kept = trail.take()
    assert kept[-1].end_us == 2 * KEPT_US
    assert kept[-1].end_us - kept[0].t_us <= KEPT_US + 10_000
    assert trail.take() == ()
    trail.add(None)
    assert trail.take() == ()
