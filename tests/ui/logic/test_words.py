"""Words that views share."""

from __future__ import annotations

import pytest

from app.ui.logic.words import sentence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the file is empty", "The file is empty"),
        ("performer, all gestures", "Performer, all gestures"),
        ("a_labels.csv does not begin with class", "a_labels.csv does not begin with class"),
        ("a.aedat4: 3 events are missing", "a.aedat4: 3 events are missing"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_name_as_it_is_written(
    said: str, expected: str
) -> None:
    assert sentence(said) == expected
