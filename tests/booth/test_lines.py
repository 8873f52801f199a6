from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.booth.lines import Lines


def test_pieces_become_lines() -> None:
    lines = Lines()
    assert lines.feed(b"one\ntw") == [b"one"]
    assert lines.feed(b"") == []
    assert lines.feed(b"o\n\nth") == [b"two", b""]


def test_of_a_line_that_is_too_long_nothing_is_kept() -> None:
    lines = Lines(10)
    assert lines.feed(b"good\n" + b"x" * 8) == [b"good"]
    for _ in range(1000):
        assert lines.feed(b"x" * 8) == []
    assert len(lines._rest) <= 10
    assert lines.feed(b"end\nnext\n") == [b"next"]
    assert lines.feed(b"x" * 11 + b"\nagain\n") == [b"again"]


@given(st.lists(st.binary(max_size=20)), st.integers(0, 12))
def test_how_it_is_cut_makes_no_difference(pieces: list[bytes], longest: int) -> None:
    cut, whole = Lines(longest), Lines(longest)
    found = [line for piece in pieces for line in cut.feed(piece)]
    assert found == whole.feed(b"".join(pieces))
    assert found == [line for line in b"".join(pieces).split(b"\n")[:-1] if len(line) <= longest]
