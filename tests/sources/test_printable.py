"""Names that strangers gave."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.sources.printable import LONGEST, printable


@given(st.text())
def test_what_is_left_can_be_read(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text)) <= LONGEST


def test_a_name_stays_but_for_what_a_terminal_obeys() -> None:
    assert printable("DVXplorer ü 왼손") == "DVXplorer ü 왼손"
    assert printable("ev\x7f\x1b[2Jents\n") == "ev[2Jents"
