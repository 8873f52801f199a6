from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from app.events import EVENT_DTYPE, empty_events
from app.sources.contract import PerformerSpec, SourceError
from app.sources.devices.performer import Act, PerformerSource
from app.sources.hosting.host import HostedSource
from models.data.events import EVENT_DTYPE as PERFORMED_DTYPE
from tests.sources.fakes import fake_stream, load_fake_performer
from tests.sources.making import events_of


def test_the_models_room_lays_events_out_as_we_do() -> None:
    assert PERFORMED_DTYPE == EVENT_DTYPE


def test_it_acts_in_real_time() -> None:
    source = PerformerSource(PerformerSpec(None, 3), fake_stream)
    began_s = time.monotonic()
    for batch in source.batches():
        if len(batch.events) and batch.events["t"][-1] > 300_000:
            break
    assert time.monotonic() - began_s > 0.27
    assert (source.info.name, source.info.is_live) == ("performer, all gestures", True)


def test_the_events_are_the_streams() -> None:
    source = PerformerSource(PerformerSpec("arm_roll", 3), fake_stream)
    played = [batch.events for batch, _ in zip(source.batches(), range(9), strict=False)]
    expected = [events for (_, events), _ in zip(fake_stream(None, 3), range(9), strict=False)]
    assert np.array_equal(
        np.concatenate([events for events in played if len(events)]),
        np.concatenate([events for events in expected if len(events)])[: sum(map(len, played))],
    )
    assert source.info.name == "performer, arm roll"


def test_a_long_silence_is_said_every_20_ms() -> None:
    def sparse(gesture: str | None, seed: int) -> Iterator[Act]:
        yield "rest", events_of((0, 1, 1, 1))
        yield "rest", empty_events()
        yield "rest", events_of((200_000, 1, 1, 1))

    batches = list(PerformerSource(PerformerSpec(), sparse).batches())
    silent = [batch for batch in batches if not len(batch.events)]
    assert 7 <= len(silent) <= 11
    gaps = np.diff([batch.arrived_s for batch in batches])
    assert gaps.max() < 0.2


def test_slow_rendering_lags_without_losing_or_hurrying() -> None:
    def slow(gesture: str | None, seed: int) -> Iterator[Act]:
        for step in range(4):
            time.sleep(0.1 if step == 1 else 0)
            yield "rest", events_of((step * 50_000, 1, 1, 1))

    batches = [b for b in PerformerSource(PerformerSpec(), slow).batches() if len(b.events)]
    assert [int(b.events["t"][0]) for b in batches] == [0, 50_000, 100_000, 150_000]
    pauses = np.diff([batch.arrived_s for batch in batches])
    assert pauses[1:].min() > 0.045


def test_an_unknown_gesture() -> None:
    with pytest.raises(SourceError, match=r"^the performer cannot act: expected a gesture"):
        PerformerSource(PerformerSpec("dancing"), fake_stream)


def test_it_ends_when_closed_and_cannot_seek() -> None:
    source = PerformerSource(PerformerSpec(), fake_stream)
    with pytest.raises(SourceError, match="is live"):
        source.seek(0)
    source.close()
    assert list(source.batches()) == []


def test_it_says_what_it_performs_when_it_hands_it_over() -> None:
    source = PerformerSource(PerformerSpec(None, 3), fake_stream)
    assert source.info.performing == "rest"
    for batch in source.batches():
        if len(batch.events):
            step = int(batch.events["t"][-1]) // 20_000
            assert source.info.performing == ("rest", "air_drums")[step // 20 % 2]
            if step > 42:
                break
    one = PerformerSource(PerformerSpec("arm_roll", 3), fake_stream)
    next(one.batches())
    assert one.info.performing == "arm_roll"


def test_what_it_performs_comes_through_in_step_with_its_events() -> None:
    """The label is late by no more than the two looks between child and parent."""
    changes_us: list[int] = []
    with HostedSource(PerformerSpec(), load_fake_performer) as source:
        said, last_us = source.info.performing, 0
        for batch in source.batches():
            last_us = int(batch.events["t"][-1]) if len(batch.events) else last_us
            if source.info.performing != said:
                said = source.info.performing
                changes_us.append(last_us)
            if len(changes_us) == 3:
                break
    for number, change_us in enumerate(changes_us, start=1):
        assert 0 <= change_us - number * 400_000 < 400_000
