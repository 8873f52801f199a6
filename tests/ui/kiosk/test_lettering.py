"""Large type is broken where it grows largest, and evenly."""

from __future__ import annotations

from app.ui.kiosk.lettering import fitted


def test_lines_that_come_out_as_large_are_the_most_even_ones(qapp) -> None:
    text = fitted("Circle your right arm counter-clockwise", 400, 200, 400, True, 3)
    assert text.lines == ("Circle your", "right arm", "counter-clockwise")


def test_a_line_more_must_be_worth_it(qapp) -> None:
    assert fitted("Well done!", 1000, 100, 80, True, 2).lines == ("Well done!",)
    assert fitted("Well done!", 200, 400, 400, True, 2).lines == ("Well", "done!")
    assert fitted("Well done!", 200, 400, 400, True, 1).lines == ("Well done!",)


def test_an_empty_text_takes_no_room(qapp) -> None:
    assert fitted("", 100, 100, 20, False, 2).width < 1
