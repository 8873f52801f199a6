from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.marks import SHORTEST_US, Marks


def test_b_alone_repeats_from_the_beginning() -> None:
    assert Marks().with_b(3_000_000).span == (0, 3_000_000)


def test_a_alone_repeats_nothing() -> None:
    assert Marks().with_a(1_000_000).span is None


def test_marks_that_would_cross_give_way() -> None:
    marks = Marks().with_a(1_000_000).with_b(2_000_000)
    assert marks.span == (1_000_000, 2_000_000)
    assert marks.with_a(2_500_000) == Marks(2_500_000, None)
    assert marks.with_b(500_000).span == (0, 500_000)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**9)), max_size=8))
def test_a_span_is_never_empty(steps: list[tuple[bool, int]]) -> None:
    marks = Marks()
    for is_a, t_us in steps:
        marks = marks.with_a(t_us) if is_a else marks.with_b(t_us)
    if marks.span is not None:
        assert marks.span[1] - marks.span[0] >= SHORTEST_US
