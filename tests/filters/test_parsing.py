from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filters.parsing import parse_filters
from app.settings import FilterSettings


def test_all_of_them() -> None:
    texts = [
        "background=2000us", "refractory=1ms", "hot", "polarity=on", "flip=x", "rotate=90",
        "crop=1,2,30,40", "downscale=2",
    ]  # fmt: skip
    assert parse_filters(texts) == FilterSettings(
        background=True, background_us=2_000, refractory=True, refractory_us=1_000, hot=True,
        polarity="on", flip="x", rotate=90, crop=(1, 2, 30, 40), downscale=2,
    )  # fmt: skip


def test_values_may_be_left_out_where_there_is_a_usual_one() -> None:
    given = parse_filters(["background", "refractory", "hot=100Hz"])
    assert given == FilterSettings(background=True, refractory=True, hot=True, hot_hz=100)
    assert parse_filters(["background=5ms,3"]).background_neighbours == 3
    assert parse_filters([]) == FilterSettings()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("noise", "expected a filter out of background"),
        ("", "expected a filter out of background"),
        ("background=2000", "expected background=TIME"),
        ("background=5us", "expected background=TIME"),
        ("background=5ms,", "expected background=TIME"),
        ("background=5ms,9", "expected background=TIME"),
        ("refractory=-1us", "expected refractory=TIME"),
        ("hot=often", "expected hot=RATE"),
        ("hot=", "expected hot=RATE"),
        ("polarity", "expected polarity=on or polarity=off, got 'polarity'"),
        ("flip=z", "expected flip=x, flip=y or flip=both, got 'flip=z'"),
        ("rotate=45", "expected rotate=90"),
        ("crop=1,2,3", "expected crop=X,Y,W,H"),
        ("crop=1,2,0,4", "expected crop=X,Y,W,H"),
        ("crop=", "expected crop=X,Y,W,H"),
        ("downscale=17", "expected downscale=N"),
        ("downscale=², ", "expected downscale=N"),
    ],
)
def test_what_is_none_is_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="expected") as told:
        parse_filters([text])
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)


def test_a_filter_comes_once() -> None:
    with pytest.raises(ValueError, match="expected each filter once, got hot again"):
        parse_filters(["hot", "hot=100Hz"])


@given(st.text(max_size=30))
def test_any_text_is_a_filter_or_a_sentence(text: str) -> None:
    try:
        parse_filters([text])
        sentence = ""
    except ValueError as error:
        sentence = str(error)
    assert not sentence or sentence.startswith("expected")
