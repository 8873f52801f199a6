from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.pace import Pacer
from tests.sources.fakes import Clock


def test_the_first_moment_is_now_and_the_rest_follows_in_real_time() -> None:
    clock = Clock()
    pacer = Pacer(clock)
    assert pacer.remaining_s(80_000_000) == 0
    assert pacer.remaining_s(80_500_000) == pytest.approx(0.5)
    clock.sleep(0.2)
    assert pacer.remaining_s(80_500_000) == pytest.approx(0.3)


def test_who_is_late_stays_late() -> None:
    clock = Clock()
    pacer = Pacer(clock)
    pacer.remaining_s(0)
    clock.sleep(3)
    assert pacer.remaining_s(1_000_000) == 0
    assert pacer.remaining_s(1_020_000) == pytest.approx(0.02)


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 2**53)), min_size=1, max_size=8).map(
        sorted
    )
)
def test_nobody_is_ever_told_to_wait_for_less_than_nothing(calls: list[tuple[float, int]]) -> None:
    times = iter([now_s for now_s, _ in calls])
    pacer = Pacer(lambda: next(times))
    for _, t_us in calls:
        assert pacer.remaining_s(t_us) >= 0
