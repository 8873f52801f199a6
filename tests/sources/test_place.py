from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.events import EventBatch
from app.sources.place import Place
from tests.sources.making import in_batches, random_events


def batches(events: np.ndarray, size: int) -> list[EventBatch]:
    return [EventBatch(part, 0.0) for part in in_batches(events, size)]


@given(
    count=st.integers(1, 400),
    span_us=st.integers(1, 300),
    sizes=st.lists(st.integers(1, 150), min_size=1, max_size=6),
    read=st.lists(st.integers(0, 5), min_size=6, max_size=6),
)
def test_nothing_is_missing_and_nothing_comes_twice(
    count: int, span_us: int, sizes: list[int], read: list[int]
) -> None:
    """Each reader gives so many batches of its own size and is lost; the last one ends."""
    events = random_events(count, span_us=span_us)
    place, told = Place(int(events["t"][0])), []
    for number, (size, some) in enumerate(zip(sizes, read, strict=False)):
        left = batches(events[events["t"] >= place.t_us], size)
        given_ = left if number == len(sizes) - 1 else left[:some]
        told += [place.advance(batch).events for batch in given_]
        place.lose()
    assert np.array_equal(np.concatenate([*told, events[:0]]), events)


def test_a_place_fails_when_two_readers_in_a_row_come_no_further() -> None:
    place = Place(0)
    first, second = batches(random_events(20, span_us=1000), 10)
    place.advance(first)
    assert place.lose()
    place.advance(first)  # the same once more
    assert not place.lose()
    place.seek(0)
    assert place.lose()
    place.advance(second)
    assert place.lose()
